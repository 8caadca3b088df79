"""The history: every published document, what changed between any two, and putting one back as the draft."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth import get_permission_codename
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from guides import compare, history, parsing, restore
from guides.models import Publishable, Revision
from guides.rows import MODELS

from . import trail
from .staff_site import site


@admin.register(Revision, site=site)
class RevisionAdmin(admin.ModelAdmin):
    list_display = ["key", "number", "kind", "when", "author", "why"]
    list_display_links = ["key", "number"]
    list_filter = ["kind", "created", ("author", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["author"]
    search_fields = ["key", "why"]
    actions = ["compare_selected"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Revision]:
        return super().get_queryset(request).defer("document", "html")

    def get_urls(self) -> list[Any]:
        guarded = self.admin_site.admin_view
        return [
            path("compare/", guarded(compare_two), name="guides_revision_compare"),
            path("<int:pk>/restore/", guarded(restore_as_draft), name="guides_revision_restore"),
            path("<int:pk>/change/", guarded(show), name="guides_revision_change"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        told = {"title": _("What readers saw"), "subtitle": _("Tick two revisions of one thing to compare them")}
        return super().changelist_view(request, {**told, **(extra_context or {})})

    @admin.display(description=gettext_lazy("When"), ordering="created")
    def when(self, revision: Revision) -> str:
        return date_format(localtime(revision.created), "j F Y, H:i")

    @admin.action(description=gettext_lazy("Compare the two selected"), permissions=["view"])
    def compare_selected(self, request: HttpRequest, queryset: QuerySet[Revision]) -> HttpResponse | None:
        chosen = list(queryset.order_by("number").values_list("pk", flat=True)[:3])
        if len(chosen) != 2:
            messages.warning(request, _("Tick exactly two revisions of the same thing to compare them."))
            return None
        return HttpResponseRedirect(_compare_address(*chosen))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Revision | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Revision | None = None) -> bool:
        return False


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One revision: who, when and why, what it changed, and all that it said."""
    _refuse_without_view(request)
    revision = get_object_or_404(Revision.objects.select_related("author"), pk=pk)
    thing, before = history.thing_of(revision), history.before(revision)
    document = history.document(revision)
    return _page(
        request,
        "show",
        str(revision),
        revision=revision,
        thing_page=_page_of(request, thing),
        is_live=thing is not None and thing.live_id == revision.pk,
        before=before,
        changes=history.between(before, revision) if before else (),
        fields=compare.changes(None, document) if document else (),
        stored=None if document else history.as_text(revision),
        compare_address=_compare_address(before.pk if before else "", revision.pk),
        may_restore=document is not None and _may_change(request, revision),
    )


@require_safe
def compare_two(request: HttpRequest) -> HttpResponse:
    """Any two revisions of one thing, named by `one` and `other` in either order."""
    _refuse_without_view(request)
    asked = [request.GET.get(name, "") for name in ("one", "other")]
    one, other = (_found(value) for value in asked)
    problem = _why_not(asked, one, other)
    changes: tuple[compare.Change, ...] | None = None
    if one and other and not problem:
        one, other = sorted((one, other), key=lambda row: row.number)
        changes = history.between(one, other)
    either = one or other
    siblings = Revision.objects.filter(kind=either.kind, key=either.key) if either else Revision.objects.none()
    return _page(
        request,
        "compare",
        _("Compare two revisions of %(key)s") % {"key": either.key} if either else _("Compare two revisions"),
        status=400 if problem else 200,
        problem=problem,
        older=one,
        newer=other,
        compared=changes is not None,
        changes=changes,
        choices=siblings.select_related("author").defer("document", "html").order_by("-number"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def restore_as_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask first, showing what the draft would lose and get back; then restore, or say what stands in the way."""
    revision = get_object_or_404(Revision, pk=pk)
    if not _may_change(request, revision):
        raise PermissionDenied
    thing = history.thing_of(revision)
    problems: list[str] = []
    if request.method == "POST":
        agreed = request.POST.get("edits", "")
        edits = int(agreed) if agreed.isdecimal() and len(agreed) < 10 else None
        try:
            restored = restore.restore(revision, request.user, edits)  # type: ignore[arg-type]
        except restore.DraftChangedError:
            problems = [_("Somebody saved the draft while you were reading. See below what would change now.")]
        except parsing.DocumentError as refusal:
            problems = refusal.problems
        else:
            return _restored(request, restored, revision)
    return _confirm(request, revision, thing, problems)


def _restored(request: HttpRequest, thing: Publishable, revision: Revision) -> HttpResponse:
    trail.record(request, thing, _("Restored revision %(number)s as the draft.") % {"number": revision.number})
    told = _(
        "The draft of %(key)s now says what revision %(number)s said. Readers see no change until it is published."
    )
    messages.success(request, told % {"key": thing.key, "number": revision.number})
    return HttpResponseRedirect(reverse(f"admin:guides_{revision.kind}_change", args=[thing.pk]))


def _confirm(request: HttpRequest, revision: Revision, thing: Publishable | None, problems: list[str]) -> HttpResponse:
    changes: tuple[compare.Change, ...] = ()
    try:
        document = restore.draft_from(revision)
        blocked = list(restore.gone(document))
        changes = compare.changes(history.draft(thing) if thing else None, document)
    except parsing.DocumentError as misfit:
        blocked = misfit.problems
    return _page(
        request,
        "restore",
        _("Restore %(revision)s as the draft") % {"revision": revision},
        status=409 if problems else 200,
        revision=revision,
        thing=thing,
        thing_page=_page_of(request, thing),
        problems=list(dict.fromkeys([*problems, *blocked])),
        changes=changes,
        may_go=bool(changes) and not blocked,
    )


def _page(request: HttpRequest, name: str, title: str, status: int = 200, **context: Any) -> HttpResponse:
    common = {**site.each_context(request), "opts": Revision._meta, "title": title}
    return TemplateResponse(request, f"admin/guides/revision/{name}.html", {**common, **context}, status=status)


def _why_not(asked: list[str], one: Revision | None, other: Revision | None) -> str:
    """Why two revisions that were asked for cannot be compared, or ""."""
    if (asked[0] and not one) or (asked[1] and not other):
        return _("There is no such revision. Choose one from the list.")
    if one and other and (one.kind, one.key) != (other.kind, other.key):
        return _("%(one)s and %(other)s are two different things. Only revisions of one thing can be compared.") % {
            "one": one.key,
            "other": other.key,
        }
    return ""


def _found(value: str) -> Revision | None:
    if not (value.isascii() and value.isdecimal()):
        return None
    return Revision.objects.select_related("author").defer("html").filter(pk=int(value[:19])).first()


def _compare_address(one: int | str, other: int) -> str:
    return f"{reverse('admin:guides_revision_compare')}?one={one}&other={other}"


def _page_of(request: HttpRequest, thing: Publishable | None) -> str | None:
    """The staff page of the thing, for those who may see it."""
    if thing is None or not request.user.has_perm(f"guides.{get_permission_codename('view', thing._meta)}"):
        return None
    return reverse(f"admin:guides_{thing._meta.model_name}_change", args=[thing.pk])


def _may_change(request: HttpRequest, revision: Revision) -> bool:
    options = MODELS[revision.kind]._meta
    return request.user.has_perm(f"guides.{get_permission_codename('change', options)}")


def _refuse_without_view(request: HttpRequest) -> None:
    if not request.user.has_perm("guides.view_revision"):
        raise PermissionDenied
