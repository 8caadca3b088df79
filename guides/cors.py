"""What pages of other sites may read with a script: published content, which holds nothing of whoever asks."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

EXPOSED = "ETag, Last-Modified, Retry-After"


def open_to_all(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let any site's page read the answers of a view, and ask again only for what changed."""

    @wraps(view)
    def answering(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = _before_asking() if request.method == "OPTIONS" else view(request, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = EXPOSED
        return response

    return answering


def _before_asking() -> HttpResponse:
    """What a browser is told that asks whether it may ask with headers of its own."""
    headers = {
        "Allow": "GET, HEAD, OPTIONS",
        "Access-Control-Allow-Methods": "GET, HEAD",
        "Access-Control-Allow-Headers": "If-None-Match, If-Modified-Since",
        "Access-Control-Max-Age": "86400",
    }
    return HttpResponse(status=204, headers=headers)
