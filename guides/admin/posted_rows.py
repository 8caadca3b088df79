"""The buttons of rows for browsers without script: what was posted, with a row added, moved, removed or taken back."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import QueryDict


def press(data: QueryDict, button: str, nested: Mapping[str, str]) -> str:
    """Do what a button such as `up:uses-0-steps-1` says to a mutable form; the name of the row it is about.

    `nested` tells which kind of row begins with an empty row of which other kind. What makes no sense changes nothing.
    """
    action, _, place = button.partition(":")
    if action == "add":
        return _add(data, place, nested)
    kind, _, number = place.rpartition("-")
    row = as_number(number)
    if row is None or row not in _in_order(data, kind):
        return ""
    if action in ("up", "down"):
        _move(data, kind, row, -1 if action == "up" else 1)
    elif action in ("remove", "keep"):
        data[f"{place}-DELETE"] = "on" if action == "remove" else ""
    return place


def _add(data: QueryDict, kind: str, nested: Mapping[str, str]) -> str:
    number = as_number(data.get(f"{kind}-TOTAL_FORMS", ""))
    if number is None:
        return ""
    data[f"{kind}-TOTAL_FORMS"] = str(number + 1)
    data[f"{kind}-{number}-position"] = str(number)
    if inner := nested.get(kind):
        data[f"{kind}-{number}-{inner}-TOTAL_FORMS"] = data[f"{kind}-{number}-{inner}-INITIAL_FORMS"] = "0"
        _add(data, f"{kind}-{number}-{inner}", nested)
    return f"{kind}-{number}"


def _in_order(data: QueryDict, kind: str) -> list[int]:
    """The numbers of the rows of a kind, in the order in which they stand on the page."""
    rows = range(min(as_number(data.get(f"{kind}-TOTAL_FORMS", "")) or 0, 1_000))

    def position(row: int) -> tuple[int, int]:
        return as_position(data.get(f"{kind}-{row}-position", "")), row

    return sorted(rows, key=position)


def _move(data: QueryDict, kind: str, row: int, by: int) -> None:
    """Move a row past its neighbour that stays; places are numbered anew from 0."""
    order = _in_order(data, kind)
    staying = [other for other in order if other == row or not data.get(f"{kind}-{other}-DELETE")]
    place = staying.index(row) + by
    if not 0 <= place < len(staying):
        return
    here, there = order.index(row), order.index(staying[place])
    order.insert(there, order.pop(here))
    for position, other in enumerate(order):
        data[f"{kind}-{other}-position"] = str(position)


def as_position(text: str) -> int:
    """The posted position of a row; what is no number comes last."""
    written = as_number(text)
    return 10**9 if written is None else written


def as_number(text: str) -> int | None:
    """A number as pages write it; None for anything else."""
    return int(text) if text.isdecimal() and len(text) < 10 else None
