"""The history: every published document, to read only."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from guides import parsing
from guides.models import Revision

from .staff_site import site


@admin.register(Revision, site=site)
class RevisionAdmin(admin.ModelAdmin):
    list_display = ["key", "number", "kind", "created", "author", "why"]
    list_display_links = ["key", "number"]
    list_filter = ["kind"]
    list_select_related = ["author"]
    search_fields = ["key"]
    fields = ["kind", "key", "number", "created", "author", "why", "text"]
    readonly_fields = ["kind", "key", "number", "created", "author", "why", "text"]

    @admin.display(description=_("Document"))
    def text(self, revision: Revision) -> str:
        return format_html("<pre>{}</pre>", parsing.to_yaml(parsing.validate(revision.kind, revision.document)))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Revision | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Revision | None = None) -> bool:
        return False
