"""What is different between two documents of one kind, told in the words of the people who write them.

List items are matched by what names them, so that an item that only moved is told once. Texts are compared word by
word. The time grows with the length of the texts, not with its square, whatever they hold.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from pydantic import BaseModel

from . import document as shapes
from . import textdiff
from .field_names import LABELS, WORDS
from .textdiff import Piece

__all__ = ["Change", "Piece", "changes", "of_text"]


@dataclass(frozen=True)
class Change:
    """One difference: where it is, in words, and what was and is there, long unchanged runs cut short."""

    place: str
    kind: Literal["added", "removed", "changed", "moved"]
    pieces: tuple[Piece, ...]

    @property
    def word(self) -> str:
        """The kind as people read it."""
        words = {"added": _("Added"), "removed": _("Removed"), "changed": _("Changed"), "moved": _("Moved")}
        return words[self.kind]


_KEYS: dict[type[BaseModel], str] = {
    shapes.Code: "token",
    shapes.Message: "key",
    shapes.Cause: "key",
    shapes.Source: "key",
    shapes.GuideMitigation: "fix",
    shapes.Step: "number",
    shapes.Choice: "slug",
    shapes.Sample: "text",
}
"""The field that names an item of a list."""

_MOST_PAIRS = 400
"""How many pairs of an old and a new text are looked at to find edited ones; beyond, they count as replaced."""

_Pair = tuple[int | None, int | None]
"""The places of one item before and after, from 0; None where it is not."""


def changes(before: shapes.Document | None, after: shapes.Document | None) -> tuple[Change, ...]:
    """All differences between two documents of one kind, none when they are equal; None is a thing that is not there.

    Raises ValueError when they are of different kinds.
    """
    thing = after or before
    if thing is None:
        return ()
    if before and after and before.KIND != after.KIND:
        raise ValueError(f"a {before.KIND} cannot be compared with a {after.KIND}")
    return tuple(_of_fields("", thing.key, before, after))


def _of_fields(place: str, owner: str, old: BaseModel | None, new: BaseModel | None) -> Iterator[Change]:
    """`owner` is the key of the whole document. Of one that came or went, only what was stated is told."""
    shape: Any = next(kind for kind in type(new or old).__mro__ if kind in WORDS)  # sketches have shapes of their own
    for field, word in WORDS[shape].items():
        here = f"{place}: {word}" if place else str(word)
        silent = shape.model_fields[field]
        default = None if silent.is_required() or (old and new) else silent.default
        before, after = (getattr(part, field, default) if part else default for part in (old, new))
        yield from _of_field(here, owner, shape, field, before, after)


def _of_field(place: str, owner: str, shape: Any, field: str, old: Any, new: Any) -> Iterator[Change]:
    sample = new or old or None
    if old == new:
        return
    if isinstance(sample, dict):
        yield from _of_expectations(place, old or {}, new or {})
    elif isinstance(sample, list) and isinstance(sample[0], BaseModel):
        yield from _of_parts(place, owner, old or [], new or [])
    elif isinstance(sample, list) and isinstance(sample[0], str):
        yield from _of_texts(place, old or [], new or [], may_be_edited=field == "phrases")
    else:
        labels = LABELS.get((shape, field), {})
        yield from of_text(place, _told(old, labels), _told(new, labels))


def of_text(place: str, old: str, new: str) -> Iterator[Change]:
    """The change of one text, if it is one; "" is a text that is not there."""
    if old == new:
        return
    kind: Any = "changed" if old and new else "added" if new else "removed"
    yield Change(place, kind, textdiff.shortened(textdiff.pieces(old, new)))


def _of_expectations(place: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    for question in dict.fromkeys([*new, *old]):
        here = f"{place} “{question}”"
        words, new_words = old.get(question, {}), new.get(question, {})
        if not words and not new_words and (question in old) != (question in new):
            nothing = _("nothing is said yet")
            yield from of_text(here, nothing if question in old else "", nothing if question in new else "")
        for choice in dict.fromkeys([*new_words, *words]):
            yield from of_text(f"{here}: {choice}", _told(words.get(choice)), _told(new_words.get(choice)))


def _of_texts(place: str, old: Sequence[str], new: Sequence[str], *, may_be_edited: bool) -> Iterator[Change]:
    """Changes in a list of texts that name themselves."""
    pairs = _pairs(old, new, str, may_be_edited)
    moved = _moved(pairs)
    for pair in pairs:
        before = old[pair[0]] if pair[0] is not None else ""
        after = new[pair[1]] if pair[1] is not None else ""
        if pair in moved:
            yield _move(f"{place} “{after}”", pair)
        yield from of_text(place, before, after)


def _of_parts(place: str, owner: str, old: Sequence[BaseModel], new: Sequence[BaseModel]) -> Iterator[Change]:
    """Changes in a list of parts: each is told field by field if it stayed, and as a whole if it came or went."""
    shape = type((new or old)[0])
    pairs = _pairs(old, new, lambda part: getattr(part, _KEYS[shape], ""), shape is shapes.Sample)
    moved = _moved(pairs)
    for pair in pairs:
        before = old[pair[0]] if pair[0] is not None else None
        after = new[pair[1]] if pair[1] is not None else None
        name = _name(place, owner, after or before, pair)
        if pair in moved:
            yield _move(name, pair)
        if before and after:
            yield from _of_fields(name, owner, before, after)
        elif after:
            yield Change(name, "added", _whole(after, "added"))
        elif before:
            yield Change(name, "removed", _whole(before, "removed"))


def _name(place: str, owner: str, part: Any, pair: _Pair) -> str:
    if isinstance(part, shapes.Step):
        return f"{place} {owner}.{getattr(part, 'number', _('new'))}"
    if isinstance(part, shapes.Sample):
        return f"{place} {1 + (pair[0] if pair[1] is None else pair[1])}"  # type: ignore[operator]
    key = getattr(part, _KEYS[type(part)], "")
    return f"{place} “{key}”" if isinstance(part, shapes.Choice) else f"{place} {key}".strip()


def _whole(part: BaseModel, kind: Literal["added", "removed"]) -> tuple[Piece, ...]:
    """All that a part says, a line for each field; its name is left out unless it is its text."""
    lines = []
    for field, word in WORDS[type(part)].items():
        value = _told(getattr(part, field, None), LABELS.get((type(part), field), {}))
        if field == "text":
            lines.append(value)
        elif value and field != _KEYS[type(part)] and getattr(part, field) is not False:
            lines.append(f"{word}: {value}")
    text = "\n".join(lines)
    return (Piece(text, kind),) if text else ()


def _told(value: Any, labels: Mapping[str, Any] = {}) -> str:
    """A value as staff would say it; "" for nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime.date):
        return date_format(value, "j F Y")
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    if isinstance(value, shapes.Condition):
        return _("“%(choice)s” to “%(question)s”") % {"choice": value.choice, "question": value.question}
    if isinstance(value, shapes.Retirement):
        return _("successor %(name)s") % {"name": value.successor} if value.successor else _("without a successor")
    if isinstance(value, list):
        numbers = bool(value) and isinstance(value[0], int)
        return _(" to ").join(map(str, value)) if numbers else ", ".join(value)
    return str(labels.get(value, value))


def _pairs(old: Sequence[Any], new: Sequence[Any], name: Callable[[Any], Hashable], may_be_edited: bool) -> list[_Pair]:
    """The items of two lists, each with itself; in the new order, then those that are gone."""
    before = {key: place for place, key in enumerate(_numbered(map(name, old)))}
    found: dict[int, int] = {}
    for place, key in enumerate(_numbered(map(name, new))):
        if key in before:
            found[place] = before.pop(key)
    left = sorted(before.values())
    fresh = [place for place in range(len(new)) if place not in found]
    if may_be_edited and len(left) * len(fresh) <= _MOST_PAIRS:
        found |= _edited({p: str(name(old[p])) for p in left}, {p: str(name(new[p])) for p in fresh})
    gone = set(left) - set(found.values())
    return [*((found.get(place), place) for place in range(len(new))), *((place, None) for place in sorted(gone))]


def _numbered(keys: Iterator[Hashable]) -> Iterator[tuple[Hashable, int]]:
    """Keys with a count, so that one that is there twice is told apart."""
    seen: dict[Hashable, int] = {}
    for key in keys:
        seen[key] = seen.get(key, 0) + 1
        yield key, seen[key]


def _edited(old: Mapping[int, str], new: Mapping[int, str]) -> dict[int, int]:
    """Which new text was made from which old one, the most alike first: new place to old place."""
    alike = [
        (textdiff.likeness(before, after), place, former)
        for former, before in old.items()
        for place, after in new.items()
    ]
    found: dict[int, int] = {}
    for likeness, place, former in sorted(alike, key=lambda row: (-row[0], row[1:])):
        if likeness >= 0.5 and place not in found and former not in found.values():
            found[place] = former
    return found


def _moved(pairs: Sequence[_Pair]) -> set[_Pair]:
    """The fewest items whose moving explains the new order."""
    stayed = [pair for pair in pairs if None not in pair]
    kept = textdiff.longest_rise([old for old, _new in stayed if old is not None])
    return set(stayed) - {stayed[index] for index in kept}


def _move(place: str, pair: _Pair) -> Change:
    old, new = (_("place %(number)s") % {"number": number + 1} for number in pair if number is not None)
    return Change(place, "moved", (Piece(old, "removed"), Piece(new, "added")))
