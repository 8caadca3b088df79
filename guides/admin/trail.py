"""The audit trail: who did what to which thing, kept by Django's own log of staff actions."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .staff_site import site

_DEEDS = {
    "added": gettext_lazy("Added"),
    "saved": gettext_lazy("Saved or changed"),
    "deleted": gettext_lazy("Deleted"),
    "published": gettext_lazy("Published, retired or withdrawn"),
    "review": gettext_lazy("Review"),
    "restored": gettext_lazy("Restored"),
    "imported": gettext_lazy("Imported"),
}
_BEGINNINGS = {
    "published": ("Published", "Retired", "Withdrew", "Brought"),
    "review": ("Sent it", "Took it back"),
    "restored": ("Restored",),
    "imported": ("Imported",),
}
"""With which words the sentences of `record` begin, by deed."""


def record(request: HttpRequest, thing: Model, what: str) -> None:
    """Write down that the person of this request did something, in a sentence such as “Published revision 4.”"""
    assert request.user.pk is not None, "staff pages are behind sign-in"  # noqa: S101 - tells the type checker
    LogEntry.objects.log_actions(request.user.pk, [thing], CHANGE, change_message=what, single_object=True)


class DeedFilter(admin.SimpleListFilter):
    title = gettext_lazy("what was done")
    parameter_name = "deed"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(_DEEDS.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        flag = {"added": ADDITION, "saved": CHANGE, "deleted": DELETION}.get(self.value() or "")
        if flag:
            return queryset.filter(action_flag=flag)
        beginnings = _BEGINNINGS.get(self.value() or "")
        return queryset.filter(change_message__regex=rf"^({'|'.join(beginnings)})") if beginnings else queryset


class PersonFilter(admin.RelatedOnlyFieldListFilter):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = _("who did it")


class KindFilter(admin.RelatedOnlyFieldListFilter):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = _("kind of thing")


@admin.register(LogEntry, site=site)
class TrailAdmin(admin.ModelAdmin):
    """To read only. Nobody can change what was written down."""

    list_display = ["when", "who", "what", "thing"]
    list_display_links = None
    list_filter = [
        DeedFilter,
        ("user", PersonFilter),
        ("content_type", KindFilter),
    ]
    list_select_related = ["user", "content_type"]
    search_fields = ["object_repr", "change_message", "user__username"]
    ordering = ["-action_time", "-pk"]
    list_per_page = 50

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {"title": _("Audit trail"), **(extra_context or {})})

    @admin.display(description=gettext_lazy("When"), ordering="action_time")
    def when(self, entry: LogEntry) -> str:
        return date_format(localtime(entry.action_time), "j F Y, H:i")

    @admin.display(description=gettext_lazy("Who"), ordering="user__username")
    def who(self, entry: LogEntry) -> str:
        return entry.user.get_username()

    @admin.display(description=gettext_lazy("What"))
    def what(self, entry: LogEntry) -> str:
        return entry.get_change_message() or str(_("Deleted.") if entry.is_deletion() else _("Changed."))

    @admin.display(description=gettext_lazy("On which thing"))
    def thing(self, entry: LogEntry) -> str:
        page = None if entry.is_deletion() else entry.get_admin_url()
        name = f"{entry.object_repr} ({entry.content_type.name})" if entry.content_type else entry.object_repr
        return format_html('<a href="{}">{}</a>', page, name) if page else name

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: LogEntry | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: LogEntry | None = None) -> bool:
        return False
