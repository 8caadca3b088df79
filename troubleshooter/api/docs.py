"""The page that shows the OpenAPI document to people, with a form to try a call."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import condition, require_safe
from ninja import NinjaAPI
from ninja.openapi.docs import DocsBase

from guides.cors import open_to_all


def same_until_release(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give an answer that only a release changes what lets caches keep it, and let any site's page read it."""
    kept = condition(etag_func=_etag)(view)
    return csrf_exempt(open_to_all(require_safe(cache_control(public=True, max_age=300)(kept))))


def _etag(request: HttpRequest) -> str:
    """Release and limits, which the description tells."""
    return f'W/"{settings.RELEASE}-{settings.API_CALLS_A_MINUTE}-{settings.API_WRITES_A_MINUTE}"'


class Docs(DocsBase):
    """Swagger UI from our own static files, set up by a file instead of a script in the page."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        url = self.get_openapi_url(api, kwargs)
        swagger = {"url": url, "layout": "BaseLayout", "deepLinking": True, "defaultModelsExpandDepth": 0}
        return render(request, "api/docs.html", {"title": f"{api.title} API", "url": url, "settings": swagger})
