"""The page of a notice."""

from __future__ import annotations

from django.contrib import admin

from guides.models import Notice

from .publishable import PublishableAdmin
from .staff_site import site


@admin.register(Notice, site=site)
class NoticeAdmin(PublishableAdmin):
    list_display = ["slug", "title", "state"]
    list_display_links = ["slug", "title"]
    search_fields = ["slug", "title", "text"]
    fieldsets = [(None, {"fields": [("state", "history"), "slug", "title", "text"]})]
