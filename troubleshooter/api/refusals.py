"""Every call that is not answered gets one plain sentence as JSON, and the reasons for it are all here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from json import JSONDecodeError
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.views.decorators.csrf import csrf_exempt
from ninja.errors import HttpError, ValidationError

from troubleshooter.diagnosis.address import MOST_PAIRS
from troubleshooter.public_writes import MAX_TEXT, too_often

from .schemas import Case, Refusal

MAX_BODY = 12 * MAX_TEXT + 100_000
"""Bytes of a call: a character takes at most twelve in JSON, and the other fields are short."""

LONGEST_FIELD = 100
"""Characters of a field's name that a refusal repeats."""

SENTENCES = {
    "string_type": "Write a text here.",
    "string_unicode": "This holds half a character (a lone surrogate). Remove it or replace it.",
    "string_too_short": "Write something here.",
    "string_too_long": f"The text is too long: {MAX_TEXT:,} characters are allowed.",
    "dict_type": 'Write an object here, such as {"name": "value"}.',
    "model_type": 'Send a JSON object, such as {"text": "…"}.',
    "missing": "The body is empty. Send a JSON object, such as {}.",
    "enum": "Write same, new or could-not.",
    "too_long": f"There are too many entries here: {MOST_PAIRS} are allowed.",
    "extra_forbidden": f"There is no such field. A call may hold {', '.join(Case.model_fields)}.",
}
"""What to say for each way in which a case can differ from its shape."""

STATUS_OF = {"missing": 400, "string_too_long": 413}


def refusal(
    status: int, error: str, field: str | None = None, headers: Mapping[str, str] | None = None
) -> JsonResponse:
    content = Refusal(error=error, field=field).model_dump(exclude_none=True)
    return JsonResponse(content, status=status, headers={"Cache-Control": "no-store", **(headers or {})})


def guarded(operation: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Refuse what can be refused before the body is read; forbid keeping the answer."""

    @wraps(operation)
    def guard(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = _refused_unread(request) or operation(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        return response

    return guard


def _refused_unread(request: HttpRequest) -> HttpResponse | None:
    if too_often(request, "api", settings.API_CALLS_A_MINUTE):
        return refusal(429, "Too many calls from this address. Wait a minute.", headers={"Retry-After": "60"})
    if request.content_type != "application/json":
        return refusal(415, "Send the call as JSON, with the header Content-Type: application/json.")
    length = _stated_length(request)
    if length <= 0:
        return refusal(400, "The body is empty, or its Content-Length is missing. Send a JSON object, such as {}.")
    if length > MAX_BODY:
        return refusal(413, f"The body is too large: {MAX_BODY:,} bytes are allowed.")
    return None


def _stated_length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def method_not_allowed(request: HttpRequest) -> HttpResponse:
    return refusal(405, "Use POST here, with a JSON object as the body.", headers={"Allow": "POST"})


@csrf_exempt
def nothing_here(request: HttpRequest, rest: str = "") -> HttpResponse:
    return refusal(404, "There is nothing at this address. Send a POST to /api/v1/diagnose.")


def _cut_off(request: HttpRequest, error: UnreadablePostError) -> HttpResponse:
    return refusal(400, "The body did not arrive whole. Send it again.")


def _unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    """The body is no JSON: the parser's own error, which is the cause, says where it stopped."""
    cause = error.__cause__
    if isinstance(cause, RecursionError):
        return refusal(400, "The body is nested too deeply. A case needs two levels.")
    place = f" (line {cause.lineno}, column {cause.colno})" if isinstance(cause, JSONDecodeError) else ""
    return refusal(400, f"The body is not valid JSON{place}.")


def _misshapen(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """The body is JSON but no case: the first difference is told."""
    problem = error.errors[0]
    kind = problem["type"]
    place = ".".join(str(part) for part in problem["loc"][2:] if part != "[key]")
    field = place[:LONGEST_FIELD].encode(errors="replace").decode() or None
    sentence = SENTENCES.get(kind) or str(problem.get("ctx", {}).get("error", problem["msg"]))
    return refusal(STATUS_OF.get(kind, 422), sentence, field)


HANDLERS: Mapping[type[Exception], Callable[..., HttpResponse]] = {
    UnreadablePostError: _cut_off,
    HttpError: _unreadable,
    ValidationError: _misshapen,
}
"""What answers each of the errors that stop a call while its body is read."""
