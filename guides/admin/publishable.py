"""What the pages of guides, mitigations, notices and questions share: state, publishing, and references that stay."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IS_POPUP_VAR
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from nested_admin.nested import NestedModelAdmin

from guides import drafts
from guides.drafts import State
from guides.models import Guide, Publishable, Revision
from guides.models.revision import PublishableQuerySet

from . import learned, publish, retire, review
from .editing import Editing
from .fields import DraftFields
from .workbench import Workbench

WORDS: dict[str, Any] = {
    State.DRAFT: _("Draft"),
    State.REVIEW: _("In review"),
    State.LIVE: _("Live"),
    State.CHANGED: _("Live, with changes not published"),
    State.RETIRED: _("Retired"),
    State.WITHDRAWN: _("Withdrawn"),
}


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        is_guide = model_admin.model is Guide
        return [(str(state), words) for state, words in WORDS.items() if is_guide or state is not State.RETIRED]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        wanted = self.value()
        if wanted not in WORDS:
            return queryset
        found = queryset.filter(drafts.in_state(queryset.model, State(wanted)))
        return found.order_by("review_asked") if wanted == State.REVIEW else found


class PublishableAdmin(Workbench, Editing, DraftFields, NestedModelAdmin):
    actions = ["publish_selected", "withdraw_selected"]
    list_filter: Any = [StateFilter]
    save_on_top = True

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        stored = super().get_queryset(request).select_related("live", "review_asked_by").defer("live__html")
        return stored.annotate(was_published=drafts.was_published(self.model))

    def get_urls(self) -> list[URLPattern]:
        pages: list[tuple[str, str, Any]] = [
            ("<int:pk>/publish/", "publish", self._publish_page),
            ("publish/", "publish_several", self._publish_several),
            ("<int:pk>/review/", "review", require_POST(self._review)),
        ]
        if self.model is Guide:
            pages.append(("<int:pk>/retire/", "retire", self._retire))
            pages.append(("<int:pk>/learned/", "learned", require_POST(self._learned)))
        name = f"guides_{self.opts.model_name}"
        own = [path(route, self.admin_site.admin_view(view), name=f"{name}_{page}") for route, page, view in pages]
        return own + super().get_urls()

    def _publish_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        return publish.publish_page(request, [self._editable(request, pk)])

    def _publish_several(self, request: HttpRequest) -> HttpResponse:
        if not self.has_publish_permission(request):
            raise PermissionDenied
        keys = [int(key[:18]) for key in request.GET.getlist("pk") if key.isascii() and key.isdecimal()]
        return publish.publish_page(request, list(self.get_queryset(request).filter(pk__in=keys)))

    def _review(self, request: HttpRequest, pk: int) -> HttpResponse:
        return review.review(request, self._editable(request, pk))

    def _retire(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not self.has_publish_permission(request):
            raise PermissionDenied
        return retire.retire_page(request, self._editable(request, pk))

    def _learned(self, request: HttpRequest, pk: int) -> HttpResponse:
        return learned.prefer(request, self._editable(request, pk))

    def _editable(self, request: HttpRequest, pk: int) -> Any:
        thing = self.get_object(request, str(pk))
        if not self.has_change_permission(request, thing):
            raise PermissionDenied
        if thing is None:
            raise Http404("There is no such draft.")
        return thing

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return self.has_change_permission(request) and request.user.has_perm(publish.MAY_PUBLISH)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        told = {"waiting": review.waiting(request), "title": capfirst(self.opts.verbose_name_plural)}
        return super().changelist_view(request, {**told, **(extra_context or {})})

    @admin.display(description=_("State"), ordering="live__created")
    def state(self, thing: Publishable) -> str:
        """In words: how far it is, since when readers see it, and what reviewers and writers told each other."""
        was_published = getattr(thing, "was_published", False)  # a thing that is being written has none
        words = [str(WORDS[drafts.state(thing, was_published=was_published)])]
        if thing.live:
            since = date_format(localtime(thing.live.created), "j F Y")
            told = _("readers see revision %(number)s of %(since)s")
            words.append(str(told % {"number": thing.live.number, "since": since}))
        if thing.review_asked:
            asked = {"who": thing.review_asked_by or _("somebody"), "note": thing.review_note}
            told = _("%(who)s asked: “%(note)s”") if thing.review_note else _("%(who)s asked")
            words.append(str(told % asked))
        elif thing.review_note:
            words.append(str(_("sent back: “%(note)s”") % {"note": thing.review_note}))
        return "; ".join(words)

    @admin.display(description=_("On the site"))
    def on_site(self, thing: Publishable) -> str:
        page = publish.page_of(thing)
        return format_html('<a href="{}">{}</a>', page, _("View on site")) if page else "—"

    @admin.display(description=_("Revisions"))
    def history(self, thing: Publishable) -> str:
        if thing.pk is None:
            return "—"
        address = reverse("admin:guides_revision_changelist")
        return format_html('<a href="{}?kind={}&key={}">{}</a>', address, thing.KIND, thing.key, _("What readers saw"))

    def view_on_site(self, thing: Publishable) -> str | None:
        return publish.page_of(thing)

    @admin.action(description=_("Publish the selected %(verbose_name_plural)s"), permissions=["publish"])
    def publish_selected(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse:
        return HttpResponseRedirect(publish.address(self.model, queryset.values_list("pk", flat=True)))

    @admin.action(description=_("Withdraw the selected %(verbose_name_plural)s from readers"), permissions=["publish"])
    def withdraw_selected(self, request: HttpRequest, queryset: PublishableQuerySet) -> None:
        publish.withdraw(request, list(queryset.live()))

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Without deleting many at once: what was published stays, and a draft is deleted on its own page."""
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    def get_readonly_fields(self, request: HttpRequest, obj: Publishable | None = None) -> list[str]:
        """The key stands in tickets and other documents, so it stays once it was published."""
        fields = [*super().get_readonly_fields(request, obj), "state", "history"]
        return [*fields, obj.KEY] if obj and _was_published(obj) else fields

    def has_delete_permission(self, request: HttpRequest, obj: Publishable | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not (obj and _was_published(obj))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        pages: dict[str, Any] = {"can_publish": True, "may_publish": self.has_publish_permission(request)}
        if (thing := context.get("original")) and self.has_change_permission(request, thing):
            pages["publish_page"] = reverse(f"admin:guides_{self.opts.model_name}_publish", args=[thing.pk])
            if self.model is Guide and pages["may_publish"]:
                pages["retire_page"] = reverse("admin:guides_guide_retire", args=[thing.pk])
        return super().render_change_form(
            request, {**context, **pages, "show_save_and_add_another": False}, *args, **kwargs
        )

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        return self._published(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        return self._published(request, obj) or super().response_change(request, obj)

    def _published(self, request: HttpRequest, obj: Publishable) -> HttpResponse | None:
        """Lead to the page that shows what would go live if the person pressed that button; else say what it lacks."""
        saved = type(obj)._default_manager.get(pk=obj.pk)
        if "_publish" in request.POST and self.has_change_permission(request, obj):
            return HttpResponseRedirect(reverse(f"admin:guides_{obj._meta.model_name}_publish", args=[obj.pk]))
        if IS_POPUP_VAR not in request.POST:
            publish.tell_what_is_missing(request, saved)
        return None


def _was_published(thing: Publishable) -> bool:
    return thing.pk is not None and Revision.objects.filter(kind=thing.KIND, key=thing.key).exists()
