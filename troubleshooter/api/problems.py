"""Every call that is not answered gets a problem document (RFC 9457) in plain words, and the reasons are all here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from json import JSONDecodeError
from typing import Any

from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError, ValidationErrorContext
from ninja.openapi.schema import OpenAPISchema
from pydantic import BaseModel, ConfigDict, Field
from pydantic.json_schema import models_json_schema

from troubleshooter.diagnosis.address import MOST_PAIRS
from troubleshooter.public_writes import MAX_TEXT

from . import examples

Answering = Callable[..., HttpResponse]

CONTENT_TYPE = "application/problem+json"

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
    412: "Precondition Failed",
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
    "model_type": "Send a JSON object, such as {{}}.",
    "missing": "This is missing. A call needs it.",
    "enum": "Write {expected}.",
    "literal_error": "Write {expected}.",
    "too_long": f"There are too many entries here: {MOST_PAIRS} are allowed.",
    "extra_forbidden": "There is no such field. A call may hold {fields}.",
}
"""What to say for each way in which a body can differ from its shape."""

_OF_TEXTS = {"too_long": "string_too_long", "too_short": "string_too_short"}
"""Ways that a text and a list have in common, where the shape checks the text otherwise before."""

EMPTY = "The body is empty. Send a JSON object, such as {}."


MEANINGS = {
    400: "The body is not JSON, or it is empty.",
    401: "The key is missing, unknown, replaced or revoked.",
    403: "The key may not do this.",
    404: "There is nothing at this address.",
    405: "This method is not taken here.",
    406: "The answer is JSON, which Accept does not take.",
    409: "Somebody else changed the same thing at the same time.",
    412: "What If-Match or If-Unmodified-Since asks for does not hold.",
    413: "A text or the whole body is too long.",
    415: "The content type is not application/json.",
    422: "Something in the call is wrong or unknown; `field` names it.",
    429: "Too many calls. Retry-After says how many seconds to wait.",
    503: "The database is busy. Retry-After says how many seconds to wait.",
}
"""When each problem comes, for the OpenAPI document."""


class FieldError(BaseModel):
    field: str = Field(description="The field, with dots between levels.", examples=["tried.FIX-2"])
    detail: str = Field(description="One plain sentence.")


class Problem(BaseModel):
    """Why a call was not answered: a problem document as in RFC 9457."""

    model_config = ConfigDict(json_schema_extra={"examples": [examples.PROBLEM]})

    type: str = Field(
        default="about:blank", description="Always about:blank: the status says what kind of problem it is."
    )
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


def responses(*statuses: int) -> dict[int, Any]:
    """How the OpenAPI document describes the problems that an operation can answer with."""
    content = {CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {status: {"description": MEANINGS[status], "content": content} for status in statuses}


class Refused(Exception):  # noqa: N818 - it is no mistake of ours
    """Stops a call anywhere; the arguments are those of `problem`."""

    def __init__(self, status: int, detail: str, **more: Any) -> None:
        super().__init__(detail)
        self.response = problem(status, detail, **more)


class ProblemAPI(NinjaAPI):
    """An API all of whose refusals are problem documents."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        for error, handler in HANDLERS.items():
            self.add_exception_handler(error, handler)

    @property
    def urls(self) -> Any:
        patterns, *names = super().urls
        for pattern in patterns:
            pattern.callback = _saying_what_is_allowed(pattern.callback)  # type: ignore[arg-type]
        return (patterns, *names)

    def get_openapi_schema(self, **settings: Any) -> OpenAPISchema:
        """As the framework has it, with the shape of a problem, which no operation returns.

        HEAD is left out: it goes without saying, and would be a second operation of the same name.
        """
        schema = super().get_openapi_schema(**settings)
        for methods in schema["paths"].values():
            methods.pop("head", None)
        _names, shapes = models_json_schema([(Problem, "serialization")], ref_template="#/components/schemas/{model}")
        schema["components"]["schemas"].update(shapes["$defs"])
        return schema

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


def _saying_what_is_allowed(view: Answering) -> Answering:
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
    kind = found["type"]
    sentence = SENTENCES.get(_OF_TEXTS.get(kind, kind) if told.get("field_type") == "Value" else kind)
    return sentence.format(**told) if sentence else str(told.get("error", found["msg"]))


def _told(found: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
    return found.get("ctx", {}).items()


def _repeated(field: str) -> str:
    """A field's name as it can be given back, whatever it is."""
    return field[:LONGEST_FIELD].encode(errors="replace").decode()


def _refused(request: HttpRequest, error: Refused) -> HttpResponse:
    return error.response


def _busy(request: HttpRequest, error: OperationalError) -> HttpResponse:
    if "locked" not in str(error):
        raise error
    return problem(503, "The database is busy. Try again in a minute.", headers={"Retry-After": "60"})


HANDLERS: Mapping[type[Exception], Answering] = {
    Refused: _refused,
    Http404: _not_found,
    UnreadablePostError: _cut_off,
    HttpError: _unreadable,
    ValidationError: _misshapen,
    OperationalError: _busy,
}
"""What answers each of the errors that stop a call."""
