"""The page that shows the OpenAPI document to people, with a form to try a call."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import NinjaAPI
from ninja.openapi.docs import DocsBase


class Docs(DocsBase):
    """Swagger UI from our own static files, set up by a file instead of a script in the page."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        url = self.get_openapi_url(api, kwargs)
        settings = {"url": url, "layout": "BaseLayout", "deepLinking": True}
        return render(request, "api/docs.html", {"title": f"{api.title} API", "url": url, "settings": settings})
