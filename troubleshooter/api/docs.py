"""The page that shows the OpenAPI document to people: every call with what it takes and answers, and every shape."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import condition, require_safe
from ninja import NinjaAPI
from ninja.openapi.docs import DocsBase

from guides import markdown
from guides.cors import open_to_all
from troubleshooter.absolute import root_of

_SHAPES = "#/components/schemas/"


def same_until_release(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give an answer that only a release changes what lets caches keep it, and let any site's page read it."""
    kept = condition(etag_func=_etag)(view)
    return csrf_exempt(open_to_all(require_safe(cache_control(public=True, max_age=300)(kept))))


def _etag(request: HttpRequest) -> str:
    """Release and limits, which the description tells."""
    return f'W/"{settings.RELEASE}-{settings.API_CALLS_A_MINUTE}-{settings.API_WRITES_A_MINUTE}"'


@dataclass(frozen=True)
class Field:
    """One value that is sent or answered. `shape` is the name of the shape it has or holds, "" for none."""

    name: str
    type: str
    shape: str
    needed: bool
    about: SafeString


@dataclass(frozen=True)
class Shape:
    """An object with its fields, or one of some `values`. `example` is JSON, "" for none."""

    name: str
    about: SafeString
    fields: tuple[Field, ...]
    values: tuple[str, ...]
    example: str


@dataclass(frozen=True)
class Call:
    """One operation. `answers` are (status, what it means, name of the shape or "")."""

    key: str
    method: str
    path: str
    summary: str
    about: SafeString
    needs_key: bool
    parameters: tuple[Field, ...]
    sends: Shape | None
    answers: tuple[tuple[str, SafeString, str], ...]


class Docs(DocsBase):
    """Our own page, which needs no script."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        context = {"url": self.get_openapi_url(api, kwargs), "root": root_of(request), **_content_of(api)}
        return render(request, "api/docs.html", context)


@cache
def _content_of(api: NinjaAPI) -> Mapping[str, Any]:
    """What the page shows; it takes long to render and never changes."""
    document: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(), default=str))
    shapes = {name: _shape(name, schema) for name, schema in document["components"]["schemas"].items()}
    calls = list(_calls(document, shapes))
    groups = [
        (tag["name"], _text(tag["description"]), [call for tags, call in calls if tag["name"] in tags])
        for tag in document["tags"]
    ]
    about = _text(document["info"]["description"])
    return {"about": about, "groups": groups, "shapes": sorted(shapes.values(), key=lambda shape: shape.name)}


def _calls(document: Mapping[str, Any], shapes: Mapping[str, Shape]) -> Iterator[tuple[list[str], Call]]:
    """(its groups, a call), in the order of the document."""
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            body = _content(operation.get("requestBody", {}))
            sends = shapes.get(_referenced(body))
            call = Call(
                key=operation["operationId"],
                method=method.upper(),
                path=path,
                summary=operation["summary"],
                about=_text(operation.get("description", "")),
                needs_key=bool(operation.get("security")),
                parameters=tuple(_parameter(row) for row in operation.get("parameters", [])),
                sends=sends,
                answers=tuple(_answer(status, answer) for status, answer in sorted(operation["responses"].items())),
            )
            yield operation["tags"], call


def _parameter(row: Mapping[str, Any]) -> Field:
    schema = row["schema"]
    about = row.get("description") or schema.get("description", "")
    return Field(row["name"], _type(schema), "", bool(row.get("required")), _text(about))


def _answer(status: str, answer: Mapping[str, Any]) -> tuple[str, SafeString, str]:
    return status, _text(answer["description"]), _referenced(_content(answer))


def _content(holder: Mapping[str, Any]) -> Mapping[str, Any]:
    """The schema of a body; {} where there is none."""
    return next((kind.get("schema", {}) for kind in holder.get("content", {}).values()), {})


def _shape(name: str, schema: Mapping[str, Any]) -> Shape:
    needed = schema.get("required", ())
    fields = (
        Field(key, _type(field), _referenced(field), key in needed, _text(field.get("description", "")))
        for key, field in schema.get("properties", {}).items()
    )
    example = next(iter(schema.get("examples", ())), None)
    shown = json.dumps(example, indent=2, ensure_ascii=False) if example else ""
    return Shape(name, _text(schema.get("description", "")), tuple(fields), tuple(schema.get("enum", ())), shown)


def _type(schema: Mapping[str, Any]) -> str:
    """What a value may be, in words."""
    if choices := schema.get("anyOf") or schema.get("allOf") or schema.get("oneOf"):
        return " or ".join(dict.fromkeys(map(_type, choices)))
    if "$ref" in schema:
        return str(schema["$ref"]).removeprefix(_SHAPES)
    if values := schema.get("enum") or ([schema["const"]] if "const" in schema else []):
        return " or ".join(f"“{value}”" for value in values)
    kind = schema.get("type", "anything")
    if isinstance(kind, list):
        return " or ".join(kind)
    if kind == "array":
        return f"list of {_type(schema.get('items', {}))}"
    if kind == "object" and isinstance(schema.get("additionalProperties"), dict):
        return f"object of {_type(schema['additionalProperties'])}"
    return f"{kind} ({schema['format']})" if "format" in schema else str(kind)


def _referenced(schema: Any) -> str:
    """The name of the first shape that a schema names anywhere; "" for none."""
    if isinstance(schema, dict):
        if isinstance(schema.get("$ref"), str):
            return str(schema["$ref"]).removeprefix(_SHAPES)
        return next(filter(None, map(_referenced, schema.values())), "")
    return next(filter(None, map(_referenced, schema)), "") if isinstance(schema, list) else ""


def _text(text: str) -> SafeString:
    return markdown.trusted(markdown.render(text))
