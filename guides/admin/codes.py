"""The page of an error code. A code goes live with the guides that name it."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from nested_admin.nested import NestedModelAdmin

from guides.models import CodeAlias, ErrorCode, Guide

from . import publish
from .fields import DraftFields
from .parts import UnsortedPart
from .staff_site import site


class AliasInline(UnsortedPart):
    model = CodeAlias
    fields = ["text"]


@admin.register(ErrorCode, site=site)
class ErrorCodeAdmin(DraftFields, NestedModelAdmin):
    list_display = ["token", "meaning", "group", "used_by"]
    list_filter = ["group", "generic"]
    search_fields = ["token", "meaning", "aliases__text"]
    fields = ["token", "meaning", "group", "generic", "used_by"]
    readonly_fields = ["used_by"]
    inlines = [AliasInline]
    actions = ["publish_guides"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("guides")

    @admin.display(description=_("Used by"))
    def used_by(self, code: ErrorCode) -> str:
        guides = code.guides.all() if code.pk else []
        links = ((reverse("admin:guides_guide_change", args=[guide.pk]), guide.reference) for guide in guides)
        return format_html_join(", ", '<a href="{}">{}</a>', links) or str(_("No guide yet"))

    @admin.action(description=_("Publish the live guides of the selected codes"), permissions=["change"])
    def publish_guides(self, request: HttpRequest, queryset: QuerySet) -> None:
        """All at once: guides that share a code must describe it alike."""
        publish.publish(request, list(Guide.objects.live().filter(codes__in=queryset).distinct()))

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    def has_delete_permission(self, request: HttpRequest, obj: ErrorCode | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not (obj and obj.guides.exists())
