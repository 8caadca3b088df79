"""Drafts as documents, complete or not: what can be shown of them already, and what they still lack in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Self

from pydantic import ValidationError, model_validator

from . import document as shapes
from . import parsing, rows
from .models import Guide, Publishable

_STAND_INS: dict[str, dict[str, Any]] = {
    "guide": {"title": "No title yet", "meaning": "No meaning yet."},
    "mitigation": {"title": "No title yet", "minutes": [5, 10]},
    "question": {"text": "No text yet", "order": 0},
    "notice": {"title": "No title yet", "text": "No text yet."},
}
"""What a sketch says where the draft says nothing, or nothing that can be shown, and a document must."""


@dataclass(frozen=True)
class Sketch:
    """A draft as far as it is complete. Without `problems` it is the document that would go live."""

    document: shapes.Document
    problems: tuple[str, ...]


class _Guide(shapes.GuideDocument):
    reference: str
    slug: str

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        return self


class _Mitigation(shapes.MitigationDocument):
    reference: str
    steps: list[shapes.Step] = []

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        return self


class _Question(shapes.QuestionDocument):
    slug: str
    choices: list[shapes.Choice] = []

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        return self


class _Notice(shapes.NoticeDocument):
    slug: str


_LOOSE: dict[str, type[shapes.Document]] = {
    "guide": _Guide,
    "mitigation": _Mitigation,
    "question": _Question,
    "notice": _Notice,
}
"""The shapes without what must be true of a document as a whole, or of its key."""


def sketch(thing: Publishable) -> Sketch:
    """What a draft says now, its new steps numbered as publishing would number them."""
    data = _numbered(rows.plain(thing))
    try:
        return Sketch(parsing.validate(thing.KIND, data), ())
    except parsing.DocumentError as error:
        document = _as_far_as_complete(thing, data)
        return Sketch(document, (*error.problems, *_also_missing(document, error.problems)))


def _also_missing(document: shapes.Document, problems: list[str]) -> Iterator[str]:
    """What a guide lacks as a whole, which is looked at only when its fields are right, and told one by one."""
    if not isinstance(document, shapes.GuideDocument) or document.kind == "fork" or document.retired:
        return
    for field, what in (("mitigations", "add at least one"), ("verification", "say how people know that it worked")):
        if not getattr(document, field) and not any(problem.startswith(f"{field}:") for problem in problems):
            yield f"{field}: {what}"


def _numbered(data: dict[str, Any]) -> dict[str, Any]:
    steps = data.get("steps", [])
    last = max([data.get("last_step", 0), *(step.get("number", 0) for step in steps)])
    for step in steps:
        if "number" not in step:
            last += 1
            step["number"] = last
    if "last_step" in data:
        data["last_step"] = last
    return data


def _as_far_as_complete(thing: Publishable, data: dict[str, Any]) -> shapes.Document:
    """The document without the rows and fields that are wrong; every round takes at least one of them away."""
    data = {**data, thing.KEY: thing.key}
    if isinstance(thing, Guide):
        data["slug"] = thing.slug or thing.key.lower()
    while True:
        try:
            return _LOOSE[thing.KIND].model_validate(data)
        except ValidationError as error:
            wrong = {problem["loc"][:2] for problem in error.errors()}
        for field, *row in sorted(wrong, key=str, reverse=True):  # the last row first: the others keep their places
            _take_away(data, _STAND_INS[thing.KIND], str(field), row)


def _take_away(data: dict[str, Any], stand_ins: dict[str, Any], field: str, row: list[Any]) -> None:
    """Remove a row of a list, or a whole field; put a word in its stead where it is needed."""
    if field in stand_ins:
        data[field] = stand_ins[field]
    elif row and isinstance(data[field], list):
        del data[field][row[0]]
    else:
        del data[field]
