"""Looking back: what a revision said, what changed between two, and what the draft says now beside them."""

from __future__ import annotations

import datetime
from typing import Any

import yaml
from django.utils.translation import gettext as _
from pydantic import BaseModel

from . import compare, parsing, rows
from . import document as shapes
from .models import Publishable, Revision
from .sketches import sketch


def document(revision: Revision) -> shapes.Document | None:
    """What a revision said, or None when its document no longer fits the shape that documents have today."""
    try:
        return parsing.validate(revision.kind, revision.document)
    except parsing.DocumentError:
        return None


def as_text(revision: Revision) -> str:
    """The document of a revision as it is stored, whatever it holds."""
    return yaml.safe_dump(revision.document, allow_unicode=True, sort_keys=False, width=110)


def between(before: Revision | None, after: Revision | None) -> tuple[compare.Change, ...]:
    """What changed from one revision to another of the same thing; their stored texts where one no longer fits."""
    old, new = (document(revision) if revision else None for revision in (before, after))
    if (before and not old) or (after and not new):
        texts = (as_text(revision) if revision else "" for revision in (before, after))
        return tuple(compare.of_text(_("The text as it is stored"), *texts))
    return compare.changes(old, new)


def before(revision: Revision) -> Revision | None:
    """The revision that readers saw until this one."""
    earlier = Revision.objects.filter(kind=revision.kind, key=revision.key, number__lt=revision.number)
    return earlier.order_by("-number").first()


def thing_of(revision: Revision) -> Publishable | None:
    """The thing that a revision is of, as it is now; None when it was deleted."""
    model = rows.MODELS[revision.kind]
    return model._default_manager.filter(**{model.KEY: revision.key}).first()


def draft(thing: Publishable) -> shapes.Document:
    """All that a draft says now, also what is wrong in it: for showing what would be lost, not for publishing."""
    stored = rows.as_stored([thing])[0]
    found = sketch(stored)
    return _unchecked(shapes.SHAPES[thing.KIND], rows.plain(stored)) if found.problems else found.document


_PARTS: dict[str, type[BaseModel]] = {
    **shapes.LISTED,
    "when": shapes.Condition,
    "only_if": shapes.Condition,
    "retired": shapes.Retirement,
}
"""The shapes of parts by the name of their field."""


def _unchecked(shape: type[Any], data: dict[str, Any]) -> Any:
    return shape.model_construct(**{name: _unchecked_value(name, value) for name, value in data.items()})


def _unchecked_value(name: str, value: Any) -> Any:
    if name in _PARTS:
        shape = _PARTS[name]
        return [_unchecked(shape, part) for part in value] if isinstance(value, list) else _unchecked(shape, value)
    if name in ("dated", "checked"):
        return datetime.date.fromisoformat(value)
    return sorted(value) if name == "aliases" else value
