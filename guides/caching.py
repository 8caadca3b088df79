"""How public pages are cached: one decorator that gives a view the knowledge it answers from, and its headers.

    @public_page
    def guide(request: HttpRequest, known: Knowledge, slug: str) -> HttpResponse: ...

The view is called with the request, the knowledge of this moment (its only query so far) and the arguments of
the address. The answer may be kept by anybody and is revalidated against release and content version (or the
moment of that version, where a caller names no ETag), so a second visit costs the version query and 304. An
address with `held=` may show what this visitor pasted: its answer is private and never answers 304. Only GET and
HEAD come through; a view that also takes POST handles that itself and hands the rest to a function decorated
with this.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from guides import knowledge
from guides.knowledge import Knowledge
from troubleshooter.diagnosis.address import HELD

PUBLIC = "public, max-age=0, s-maxage=60, stale-while-revalidate=600, stale-if-error=86400"
PRIVATE = "private, no-cache"
SHOW = "show"
"""The key of a diagnosis address that asks for one screen whatever the turn: `fixes`, or a question to change."""

Arguments = ParamSpec("Arguments")


def public_page(
    view: Callable[Concatenate[HttpRequest, Knowledge, Arguments], HttpResponse],
) -> Callable[Concatenate[HttpRequest, Arguments], HttpResponse]:
    """Make a view of (request, knowledge, ...) a public page that caches may keep."""

    @require_safe
    @wraps(view)
    def page(request: HttpRequest, *args: Arguments.args, **kwargs: Arguments.kwargs) -> HttpResponse:
        known = knowledge.current()
        if HELD in request.GET:
            response = view(request, known, *args, **kwargs)
            response["Cache-Control"] = PRIVATE
            return response
        return kept(request, known, lambda: view(request, known, *args, **kwargs))

    return page


def kept(request: HttpRequest, known: Knowledge, answer: Callable[[], HttpResponse]) -> HttpResponse:
    """The answer from this knowledge, with what lets caches keep it; 304 where the caller has it already."""
    etag = f'W/"{settings.RELEASE}-{known.stamp}"'
    changed = int(known.changed.timestamp()) if known.changed else None
    unchanged = get_conditional_response(request, etag=etag, last_modified=changed)
    response = answer() if unchanged is None else unchanged
    response["Cache-Control"] = PUBLIC
    if response.status_code in (200, 304):
        response["ETag"] = etag
        if changed is not None:
            response["Last-Modified"] = http_date(changed)
    return response
