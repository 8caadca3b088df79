"""Accounts and groups of staff. Nobody gives a right that they lack, or changes an account that may do more."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, Permission, User
from django.db.models import ManyToManyField, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from .staff_site import site

site.register(Group, GroupAdmin)

_GROUPS_HELP = _(
    "Who is in a group may sign in here, and may do what the group may. Agents look things up, Curators write drafts, "
    "Publishers publish and retire, Administrators keep accounts too. Each may do all that the one before may. "
    "Without a group nobody can sign in here."
)


@admin.register(User, site=site)
class PersonAdmin(UserAdmin):
    list_display = ["username", "email", "first_name", "last_name", "in_groups", "is_active"]
    list_filter = ["is_active", "is_superuser", "groups"]
    readonly_fields = ["last_login", "date_joined"]
    filter_horizontal = ()

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {"title": _("Accounts"), **(extra_context or {})})

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        if obj is None:
            return super().get_fieldsets(request, obj)
        rights = ["is_active", "groups"]
        if request.user.is_superuser:
            rights.append("is_superuser")
        return [
            (None, {"fields": ["username", *(["password"] if self.has_change_permission(request, obj) else [])]}),
            (_("Person"), {"fields": ["first_name", "last_name", "email"]}),
            (_("What they may do"), {"fields": rights}),
            (_("Dates"), {"fields": ["last_login", "date_joined"]}),
        ]

    def formfield_for_manytomany(self, db_field: ManyToManyField, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "groups":
            kwargs["queryset"] = Group.objects.filter(pk__in=[group.pk for group in _may_give(request.user)])
            kwargs["help_text"] = _GROUPS_HELP
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        if db_field.name == "groups" and field:
            field.help_text = _GROUPS_HELP
        return field

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if person := context.get("original"):
            context |= {"title": _("Account of %(name)s") % {"name": person}, "subtitle": None}
        return super().render_change_form(request, context, *args, **kwargs)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Whoever is in a group may sign in here; nobody else but superusers may."""
        super().save_related(request, form, formsets, change)
        person: User = form.instance
        person.is_staff = person.is_superuser or person.groups.exists()
        person.save(update_fields=["is_staff"])

    def response_add(self, request: HttpRequest, obj: User, post_url_continue: str | None = None) -> HttpResponse:
        response = super().response_add(request, obj, post_url_continue)
        messages.info(request, _("Now choose a group. Without one, nobody can sign in with this account."))
        return response

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or _may_keep(request.user, obj))

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """An account that is no longer needed is made inactive: with it, its deeds would leave the audit trail."""
        return False

    @admin.display(description=_("Groups"))
    def in_groups(self, person: User) -> str:
        if person.is_superuser:
            return str(_("May do everything"))
        return ", ".join(group.name for group in person.groups.all()) or "—"


def _may_keep(keeper: Any, person: User) -> bool:
    """Whether somebody may change an account: only if it may not do more than they may, active or not."""
    if keeper.is_superuser:
        return True
    return not person.is_superuser and _rights(Q(user=person) | Q(group__user=person)) <= keeper.get_all_permissions()


def _may_give(keeper: Any) -> list[Group]:
    """The groups into which somebody may put others."""
    groups = Group.objects.prefetch_related("permissions__content_type")
    if keeper.is_superuser:
        return list(groups)
    own = keeper.get_all_permissions()
    return [group for group in groups if {_name(right) for right in group.permissions.all()} <= own]


def _rights(condition: Q) -> set[str]:
    return {_name(right) for right in Permission.objects.filter(condition).select_related("content_type")}


def _name(right: Permission) -> str:
    return f"{right.content_type.app_label}.{right.codename}"
