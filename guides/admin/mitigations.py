"""The page of a mitigation: its steps, and the guides that show them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from guides.models import Mitigation

from .fields import TimesInOrder
from .layout import Section
from .publishable import PublishableAdmin
from .references import next_reference
from .staff_site import site
from .steps import StepInline
from .used_by import links


class MitigationForm(TimesInOrder, forms.ModelForm):
    pass


@admin.register(Mitigation, site=site)
class MitigationAdmin(PublishableAdmin):
    form = MitigationForm
    list_display = ["reference", "title", "state", "used_by", "on_site"]
    list_display_links = ["reference", "title"]
    search_fields = ["reference", "title", "steps__text"]
    readonly_fields = ["used_by"]
    sections = [
        Section("state", _("State"), fields=[("state", "history"), ("last_saved", "used_by")]),
        Section(
            "what",
            _("What it is"),
            fields=["title", "reference", ("minutes_from", "minutes_to"), "waiting", "intro"],
            help=_(
                "All guides that use it show it. What you change here changes in all of them, once it is published."
            ),
        ),
        Section("do", _("What people do"), parts=["steps"]),
    ]
    inlines = [StepInline]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("uses__guide__live")

    @admin.display(description=_("Used by"))
    def used_by(self, mitigation: Mitigation) -> str:
        return links(use.guide for use in mitigation.uses.all()) if mitigation.pk else links([])

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"reference": next_reference(Mitigation), **super().get_changeform_initial_data(request)}
