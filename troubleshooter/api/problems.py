"""Every call that is not answered gets a problem document (RFC 9457) in plain words, and the reasons are all here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from json import JSONDecodeError
from typing import Any

from django.conf import settings
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError, ValidationErrorContext
from pydantic import BaseModel, ConfigDict, Field

from troubleshooter.diagnosis.address import MOST_PAIRS
from troubleshooter.public_writes import MAX_TEXT, too_often

from . import examples

CONTENT_TYPE = "application/problem+json"

MAX_BODY = 12 * MAX_TEXT + 100_000
"""Bytes of a call: a character takes at most twelve in JSON, and the other fields are short."""

LONGEST_FIELD = 100
"""Characters of a field's name that a problem repeats."""

MOST_ERRORS = 20
"""Fields that one problem names."""

TITLES = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    406: "Not Acceptable",
    409: "Conflict",
    410: "Gone",
    413: "Content Too Large",
    415: "Unsupported Media Type",
    422: "Unprocessable Content",
    429: "Too Many Requests",
    503: "Service Unavailable",
}

SENTENCES = {
    "string_type": "Write a text here.",
    "string_unicode": "This holds half a character (a lone surrogate). Remove it or replace it.",
    "string_too_short": "Write something here.",
    "string_too_long": "The text is too long: {max_length:,} characters are allowed.",
    "dict_type": 'Write an object here, such as {{"name": "value"}}.',
    "list_type": "Write a list here, such as [].",
    "bool_type": "Write true or false.",
    "int_type": "Write a whole number.",
    "int_parsing": "Write a whole number.",
    "int_parsing_size": "This number is too large.",
    "greater_than_equal": "Write {ge} or more.",
    "less_than_equal": "Write {le} or less.",
    "model_type": 'Send a JSON object, such as {{"text": "…"}}.',
    "missing": "This is missing. A call needs it.",
    "enum": "Write {expected}.",
    "literal_error": "Write {expected}.",
    "too_long": f"There are too many entries here: {MOST_PAIRS} are allowed.",
    "extra_forbidden": "There is no such field. A call may hold {fields}.",
}
"""What to say for each way in which a body can differ from its shape."""

EMPTY = "The body is empty. Send a JSON object, such as {}."


class FieldError(BaseModel):
    field: str = Field(description="The field, with dots between levels.", examples=["tried.FIX-2"])
    detail: str = Field(description="One plain sentence.")


class Problem(BaseModel):
    """Why a call was not answered: a problem document as in RFC 9457."""

    model_config = ConfigDict(json_schema_extra={"examples": [examples.PROBLEM]})

    type: str = Field("about:blank", description="Always about:blank: the status says what kind of problem it is.")
    title: str = Field(description="The name of the status.")
    status: int = Field(description="The HTTP status.")
    detail: str = Field(description="What is wrong, in plain sentences.")
    field: str | None = Field(None, description="The field it is about; absent where it is about the whole call.")
    errors: list[FieldError] | None = Field(
        None, description="All fields that are wrong, the first one among them; absent where there is only one."
    )


def problem(
    status: int,
    detail: str,
    *,
    field: str | None = None,
    errors: Iterable[tuple[str, str]] | None = None,
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """The answer to a call that is refused. `errors` are (field, sentence) where several fields are wrong."""
    several = [FieldError(field=_repeated(name), detail=sentence) for name, sentence in errors or ()][:MOST_ERRORS]
    content = Problem(
        title=TITLES[status],
        status=status,
        detail=detail,
        field=_repeated(field) if field else None,
        errors=several if len(several) > 1 else None,
    ).model_dump(exclude_none=True)
    return JsonResponse(
        content, status=status, content_type=CONTENT_TYPE, headers={"Cache-Control": "no-store", **(headers or {})}
    )


def of_fields(errors: Iterable[tuple[str, str]]) -> HttpResponse:
    """The answer to a call in which these fields are wrong: (field, sentence), at least one."""
    errors = list(errors)
    field, sentence = errors[0]
    return problem(422, sentence, field=field or None, errors=errors)


class ProblemAPI(NinjaAPI):
    """An API all of whose refusals are problem documents."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        for error, handler in HANDLERS.items():
            self.add_exception_handler(error, handler)

    @property
    def urls(self) -> tuple[list[Any], str, str]:
        patterns, *names = super().urls
        for pattern in patterns:
            pattern.callback = _saying_what_is_allowed(pattern.callback)
        return (patterns, *names)

    def validation_error_from_error_contexts(self, error_contexts: list[ValidationErrorContext]) -> ValidationError:
        """As the framework has it; where a field is unknown, with the names of those there are."""
        error = super().validation_error_from_error_contexts(error_contexts)
        shapes = {context.model.__ninja_param_source__: context.model for context in error_contexts}
        for found in error.errors:
            if found["type"] == "extra_forbidden":
                found["ctx"] = {"fields": ", ".join(_fields(shapes[found["loc"][0]], found["loc"][1:-1]))}
        return error


def _fields(shape: Any, place: Iterable[Any]) -> Iterable[str]:
    """The names of the fields of the object at a place of a shape."""
    for name in place:
        shape = shape.model_fields[name].annotation
    return shape.model_fields


def limited(operation: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Refuse the calls of an address that has made too many of them in this minute."""

    @wraps(operation)
    def guard(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if too_often(request, "api", settings.API_CALLS_A_MINUTE):
            return problem(429, "Too many calls from this address. Wait a minute.", headers={"Retry-After": "60"})
        return operation(request, *args, **kwargs)

    return guard


def guarded(operation: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Refuse what can be refused before the body is read; forbid keeping the answer."""

    @wraps(operation)
    def guard(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = _refused_unread(request) or operation(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        return response

    return limited(guard)


def _refused_unread(request: HttpRequest) -> HttpResponse | None:
    if request.content_type != "application/json":
        return problem(415, "Send the call as JSON, with the header Content-Type: application/json.")
    length = _stated_length(request)
    if length <= 0:
        return problem(400, "The body is empty, or its Content-Length is missing. Send a JSON object, such as {}.")
    if length > MAX_BODY:
        return problem(413, f"The body is too large: {MAX_BODY:,} bytes are allowed.")
    return None


def _stated_length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def _saying_what_is_allowed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def answering(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if response.status_code != 405 or response["Content-Type"] == CONTENT_TYPE:
            return response
        allowed = ", ".join(sorted(response["Allow"].replace(" ", "").split(",")))
        return problem(405, f"Use {allowed} here.", headers={"Allow": allowed})

    return answering


@csrf_exempt
def nothing_here(request: HttpRequest, rest: str = "") -> HttpResponse:
    return problem(404, "There is nothing at this address. The calls that there are stand at /api/v1/docs.")


def _not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem(404, str(error) or "There is nothing at this address.")


def _cut_off(request: HttpRequest, error: UnreadablePostError) -> HttpResponse:
    return problem(400, "The body did not arrive whole. Send it again.")


def _unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    """The body is no JSON: the parser's own error, which is the cause, says where it stopped."""
    cause = error.__cause__
    if isinstance(cause, RecursionError):
        return problem(400, "The body is nested too deeply.")
    place = f" (line {cause.lineno}, column {cause.colno})" if isinstance(cause, JSONDecodeError) else ""
    return problem(400, f"The body is not valid JSON{place}.")


def _misshapen(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """The call has not the shape that it should have: all differences are told, the first one first."""
    found = error.errors
    first = found[0]
    if first["type"] == "missing" and first["loc"][0] == "body" and len(first["loc"]) == 2:
        return problem(400, EMPTY)
    errors = [(_field(one), _sentence(one)) for one in found]
    field, sentence = errors[0]
    is_long_text = first["type"] == "string_too_long" and first["ctx"]["max_length"] >= MAX_TEXT
    return problem(413 if is_long_text else 422, sentence, field=field or None, errors=errors)


def _field(found: Mapping[str, Any]) -> str:
    """The name of a field as the caller knows it: the argument that holds a whole body has none."""
    source, *place = found["loc"]
    return ".".join(str(part) for part in (place[1:] if source == "body" else place) if part != "[key]")


def _sentence(found: Mapping[str, Any]) -> str:
    told = {name: str(value).replace("'", "") if name == "expected" else value for name, value in _told(found)}
    sentence = SENTENCES.get(found["type"])
    return sentence.format(**told) if sentence else str(told.get("error", found["msg"]))


def _told(found: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
    return found.get("ctx", {}).items()


def _repeated(field: str) -> str:
    """A field's name as it can be given back, whatever it is."""
    return field[:LONGEST_FIELD].encode(errors="replace").decode()


def _busy(request: HttpRequest, error: OperationalError) -> HttpResponse:
    if "locked" not in str(error):
        raise error
    return problem(503, "The database is busy. Try again in a minute.", headers={"Retry-After": "60"})


HANDLERS: Mapping[type[Exception], Callable[..., HttpResponse]] = {
    Http404: _not_found,
    UnreadablePostError: _cut_off,
    HttpError: _unreadable,
    ValidationError: _misshapen,
    OperationalError: _busy,
}
"""What answers each of the errors that stop a call."""
