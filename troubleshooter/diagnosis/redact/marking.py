"""The marks that stand in a redacted text: [email], or [id 1] and [id 2] where it matters which is which."""

from __future__ import annotations

import re

from troubleshooter.diagnosis.model import Span

NUMBERED = ("id", "tenant", "environment")
"""Of these a text may name several, and its reader has to tell them apart."""

PLAIN = ("email", "name", "user", "phone", "address", "token", "secret")

MARK = re.compile(rf"\[(?:{'|'.join(PLAIN)}|(?:{'|'.join(NUMBERED)}) \d{{1,6}})\]")
_NUMBERED_MARK = re.compile(rf"\[({'|'.join(NUMBERED)}) (\d{{1,6}})\]")
_IN_IDS = re.compile(r"[-.]")


def marks(text: str) -> tuple[Span, ...]:
    """The places in a redacted text where something was replaced."""
    return tuple(Span(*found.span()) for found in MARK.finditer(text)) if "[" in text else ()


def next_mark(kind: str, text: str) -> str:
    """A mark of one of the NUMBERED kinds that a redacted text does not hold yet."""
    return f"[{kind} {_highest(text)[kind] + 1}]"


class Marks:
    """Hands out the marks for one text; those that it held before stay as they are."""

    kept: frozenset[str] = frozenset()
    """Ids that are not to be replaced, in lower case."""

    def __init__(self, text: str) -> None:
        self._before = _highest(text)
        self._numbers: dict[tuple[str, str], int] = {}

    def of(self, kind: str, value: str) -> str:
        """The mark for a value: the same one for the same value, whatever its capital letters."""
        if kind in PLAIN:
            return f"[{kind}]"
        same = _IN_IDS.sub("", value.casefold()) if kind == "id" else value.casefold()
        number = self._numbers.setdefault((kind, same), self._before[kind] + len(self._numbers) + 1)
        return f"[{kind} {number}]"

    def in_order(self, text: str) -> str:
        """The text with the new marks of each kind numbered as they follow each other in it."""
        if not self._numbers:
            return text
        order: dict[str, dict[str, int]] = {kind: {} for kind in NUMBERED}

        def renumbered(found: re.Match[str]) -> str:
            kind, before = found[1], self._before[found[1]]
            if int(found[2]) <= before:
                return found[0]
            return f"[{kind} {order[kind].setdefault(found[2], before + len(order[kind]) + 1)}]"

        return _NUMBERED_MARK.sub(renumbered, text)


def _highest(text: str) -> dict[str, int]:
    """The highest number of each kind of mark in a text, 0 where it has none."""
    highest = dict.fromkeys(NUMBERED, 0)
    if "[" in text:
        for found in _NUMBERED_MARK.finditer(text):
            highest[found[1]] = max(highest[found[1]], int(found[2]))
    return highest
