"""The page of a notice, and the guides that show it."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from guides.models import Notice

from .layout import Section
from .publishable import PublishableAdmin
from .staff_site import site
from .used_by import links


@admin.register(Notice, site=site)
class NoticeAdmin(PublishableAdmin):
    list_display = ["slug", "title", "state", "used_by"]
    list_display_links = ["slug", "title"]
    search_fields = ["slug", "title", "text"]
    readonly_fields = ["used_by"]
    sections = [
        Section("state", _("State"), fields=[("state", "history"), ("last_saved", "used_by")]),
        Section(
            "what",
            _("What it says"),
            fields=["title", "text", "afterwards", "slug"],
            help=_(
                "All guides that use it show it. What you change here changes in all of them, once it is published."
            ),
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("uses__guide")

    @admin.display(description=_("Used by"))
    def used_by(self, notice: Notice) -> str:
        return links(use.guide for use in notice.uses.all()) if notice.pk else links([])
