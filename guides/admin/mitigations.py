"""The page of a mitigation: its steps, and the guides that show them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from guides.models import Mitigation

from .publishable import PublishableAdmin
from .references import next_reference
from .staff_site import site
from .steps import StepInline


@admin.register(Mitigation, site=site)
class MitigationAdmin(PublishableAdmin):
    list_display = ["reference", "title", "state", "used_by", "on_site"]
    list_display_links = ["reference", "title"]
    search_fields = ["reference", "title", "steps__text"]
    readonly_fields = ["used_by"]
    fieldsets = [
        (None, {"fields": [("state", "history"), "used_by", "reference", "title"]}),
        (None, {"fields": [("minutes_from", "minutes_to"), "waiting", "intro"]}),
    ]
    inlines = [StepInline]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("uses__guide__live")

    @admin.display(description=_("Used by"))
    def used_by(self, mitigation: Mitigation) -> str:
        guides = [use.guide for use in mitigation.uses.all()] if mitigation.pk else []
        links = ((reverse("admin:guides_guide_change", args=[guide.pk]), guide.reference) for guide in guides)
        return format_html_join(", ", '<a href="{}">{}</a>', links) or format_html("{}", _("No guide yet"))

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"reference": next_reference(Mitigation), **super().get_changeform_initial_data(request)}
