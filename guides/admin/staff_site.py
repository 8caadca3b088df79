"""The staff site: Django's admin under the product's name, its pages grouped by what people come to do."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from . import markdown

_GROUPS = (
    (_("Knowledge"), ("Guide", "Mitigation", "Notice", "Question", "ErrorCode")),
    (_("What readers saw and said"), ("Revision", "Flag")),
    (_("People"), ("User", "Group")),
)


class Site(admin.AdminSite):
    site_header = _("Troubleshooter")
    site_title = _("Troubleshooter")
    index_title = _("What do you want to change?")

    def get_urls(self) -> list[Any]:
        return [*markdown.urls(self), *super().get_urls()]

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict[str, Any]]:
        apps = self._build_app_dict(request, app_label)
        models = {model["object_name"]: (app, model) for app in apps.values() for model in app["models"]}
        groups = []
        for name, members in _GROUPS:
            found = [models.pop(member) for member in members if member in models]
            if found:
                groups.append({**found[0][0], "name": name, "models": [model for _app, model in found]})
        return groups


site = Site(name="admin")
