"""Rows of many documents at once: found or made, changed where they differ, their parts put in place of the old."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import models

from guides import parsing

Owned = Iterable[tuple[models.Model, dict[str, Any]]]
"""The fields of parts, each with the row it belongs to; parts of one owner in their order."""


def rows_of(model: type[Any], documents: Sequence[Any], fields: Callable[[Any, Any], dict[str, Any]]) -> dict[str, Any]:
    """The rows of documents by key, with the fields that each document and its row so far give."""
    rows = model.objects.in_bulk([row.key for row in documents], field_name=model.KEY)
    for document in documents:
        if document.key in rows:
            set_fields(rows[document.key], **fields(document, rows[document.key]))
        else:
            fresh = model(**{model.KEY: document.key})
            for name, value in fields(document, fresh).items():
                setattr(fresh, name, value)
            rows[document.key] = fresh
    model.objects.bulk_create([row for row in rows.values() if row.pk is None])
    return rows


def set_fields(row: models.Model, **fields: Any) -> None:
    """Give a row that is stored other values, and store those that differ."""
    changed = [name for name, value in fields.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, fields[name])
    if changed:
        row.save(update_fields=changed)


def parts_of(
    documents: Iterable[Any], owners: dict[str, Any], parts: Callable[[Any], Iterable[dict[str, Any]]]
) -> Owned:
    """The parts of documents, each with the row of its document."""
    return ((owners[document.key], part) for document in documents for part in parts(document))


def replace(model: type[Any], field: str, owners: Iterable[models.Model], parts: Owned) -> None:
    """Put new parts in the place of all parts that these owners have."""
    model.objects.filter(**{f"{field}__in": list(owners)}).delete()
    has_place = any(f.name == "position" for f in model._meta.fields)
    places: dict[models.Model, int] = {}
    fresh = []
    for owner, part in parts:
        place = places[owner] = places.get(owner, -1) + 1
        fresh.append(model(**{field: owner}, **({"position": place} if has_place else {}), **part))
    model.objects.bulk_create(fresh)


def refuse(problems: Iterable[str]) -> None:
    """Raise DocumentError when there are any."""
    found = list(problems)
    if found:
        raise parsing.DocumentError(found)
