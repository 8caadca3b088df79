"""What the pages of guides, mitigations, notices and questions share: state, publishing, and references that stay."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IS_POPUP_VAR
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from nested_admin.nested import NestedModelAdmin

from guides.models import Publishable, Revision
from guides.models.revision import PublishableQuerySet

from . import publish
from .editing import Editing
from .fields import DraftFields
from .workbench import Workbench


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("live", _("Live")), ("draft", _("Draft, not live"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() is None:
            return queryset
        return queryset.filter(live__isnull=self.value() == "draft")


class PublishableAdmin(Workbench, Editing, DraftFields, NestedModelAdmin):
    actions = ["publish_selected", "withdraw_selected"]
    list_filter: Any = [StateFilter]
    save_on_top = True

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("live").defer("live__html")

    def together(self, things: Iterable[Any]) -> list[Publishable]:
        """What goes live when these things do."""
        return list(things)

    @admin.display(description=_("State"), ordering="live__created")
    def state(self, thing: Publishable) -> str:
        if thing.live is None:
            return str(_("Draft, not live"))
        since = date_format(localtime(thing.live.created), "j F Y")
        return str(_("Live, revision %(number)s, %(since)s") % {"number": thing.live.number, "since": since})

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

    @admin.action(description=_("Publish the selected %(verbose_name_plural)s"), permissions=["change"])
    def publish_selected(self, request: HttpRequest, queryset: QuerySet) -> None:
        publish.publish(request, self.together(queryset))

    @admin.action(description=_("Withdraw the selected %(verbose_name_plural)s from readers"), permissions=["change"])
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
        return super().render_change_form(
            request, {**context, "can_publish": True, "show_save_and_add_another": False}, *args, **kwargs
        )

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        return self._published(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        return self._published(request, obj) or super().response_change(request, obj)

    def _published(self, request: HttpRequest, obj: Publishable) -> HttpResponse | None:
        """Publish what was just saved if the person pressed that button; otherwise say what it lacks."""
        saved = type(obj)._default_manager.get(pk=obj.pk)
        if "_publish" in request.POST and self.has_change_permission(request, obj):
            publish.publish(request, self.together([saved]))
            return HttpResponseRedirect(reverse(f"admin:guides_{obj._meta.model_name}_change", args=[obj.pk]))
        if IS_POPUP_VAR not in request.POST:
            publish.tell_what_is_missing(request, self.together([saved]))
        return None


def _was_published(thing: Publishable) -> bool:
    return thing.pk is not None and Revision.objects.filter(kind=thing.KIND, key=thing.key).exists()
