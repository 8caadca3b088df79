"""The staff site: Django's admin under the product's name, its pages grouped by what people come to do."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import admin
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from . import markdown, posted_rows

View = Callable[[HttpRequest], HttpResponse]

_GROUPS = (
    (_("Knowledge"), ("Guide", "Mitigation", "Notice", "Question", "ErrorCode")),
    (_("The help page"), ("ProblemType", "HelpLink")),
    (_("What readers saw and said"), ("Revision", "Flag")),
    (_("Repair tips and other programs"), ("Sender", "ApiKey")),
    (_("People"), ("User", "Group", "LogEntry")),
)


class Site(admin.AdminSite):
    site_header = _("Troubleshooter")
    site_title = _("Troubleshooter")
    index_title = _("What do you want to change?")

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.pages: list[URLPattern] = []

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Behind sign-in, and with an answer to keys of rows and to filters that no page of ours sends."""
        return super().admin_view(_with_possible_keys(view), cacheable)

    def page(self, route: str, name: str) -> Callable[[View], View]:
        """Make a view a page of this site, behind sign-in."""

        def add(view: View) -> View:
            self.pages.append(path(route, self.admin_view(view), name=name))
            return view

        return add

    def get_urls(self) -> list[Any]:
        return [*markdown.urls(self), *self.pages, *super().get_urls()]

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict[str, Any]]:
        apps = self._build_app_dict(request, app_label)
        if trail := apps.get("admin"):
            trail["models"][0]["name"] = _("Audit trail")
        models = {model["object_name"]: (app, model) for app in apps.values() for model in app["models"]}
        groups = []
        for name, members in _GROUPS:
            found = [models.pop(member) for member in members if member in models]
            if found:
                groups.append({**found[0][0], "name": name, "models": [model for _app, model in found]})
        return groups


def _with_possible_keys(view: Any) -> Any:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        chosen = request.POST.getlist("_selected_action") if request.method == "POST" else []
        if any(posted_rows.as_number(key) is None for key in chosen):
            raise BadRequest("What was selected is no row.")
        if any(
            name.endswith("regex") for name in request.GET
        ):  # a broken or slow one would break the database's answer
            raise BadRequest("Lists are not filtered by patterns.")
        try:
            return view(request, *args, **kwargs)
        except OverflowError:
            raise BadRequest("No row has a number as large as this.") from None

    return guarded


site = Site(name="admin")
