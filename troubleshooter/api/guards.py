"""What every operation of the API refuses before anything else: too many calls, and bodies that are not to be read."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from troubleshooter.public_writes import MAX_TEXT, too_often

from .problems import Answering, problem

MAX_BODY = 12 * MAX_TEXT + 100_000
"""Bytes of a call: a character takes at most twelve in JSON, and the other fields are short."""


def limited(operation: Answering) -> Answering:
    """Refuse the calls of an address that has made too many of them in this minute."""

    @wraps(operation)
    def guard(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if too_often(request, "api", settings.API_CALLS_A_MINUTE):
            return problem(429, "Too many calls from this address. Wait a minute.", headers={"Retry-After": "60"})
        return operation(request, *args, **kwargs)

    return guard


def taking(*names: str) -> Callable[[Answering], Answering]:
    """Refuse keys in the address that an operation does not have, so that a misspelt one is not passed over."""

    def guarding(operation: Answering) -> Answering:
        @wraps(operation)
        def guard(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            unknown = next((key for key in request.GET if key not in names), None)
            if unknown is not None:
                may = f"It takes {', '.join(names)}." if names else "It takes none."
                return problem(422, f"This address has no such parameter. {may}", field=unknown)
            return operation(request, *args, **kwargs)

        return guard

    return guarding


def taking_json(at_most: int) -> Callable[[Answering], Answering]:
    """Refuse what can be refused before a body is read, such as one of more bytes; forbid keeping the answer."""

    def guarding(operation: Answering) -> Answering:
        @wraps(operation)
        def guard(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            response = _refused_unread(request, at_most) or operation(request, *args, **kwargs)
            response["Cache-Control"] = "no-store"
            return response

        return limited(guard)

    return guarding


taking_text = taking_json(MAX_BODY)
"""For an operation that takes a pasted text: @decorate_view(taking_text)."""


def _refused_unread(request: HttpRequest, at_most: int) -> HttpResponse | None:
    if request.content_type != "application/json":
        return problem(415, "Send the call as JSON, with the header Content-Type: application/json.")
    length = _stated_length(request)
    if length <= 0:
        return problem(400, "The body is empty, or its Content-Length is missing. Send a JSON object, such as {}.")
    if length > at_most:
        return problem(413, f"The body is too large: {at_most:,} bytes are allowed.")
    return None


def _stated_length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0
