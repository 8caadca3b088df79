"""What a rule of redaction is, and the pieces that the patterns of several rules share.

Labels are looked for in the lower-case text, since Python's patterns are several times slower where case is ignored.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from troubleshooter.diagnosis.redact.marking import Marks

Replacement = Callable[[re.Match[str], Marks], str]
Edit = tuple[int, int, str]
"""Start, end, and what stands there from now on."""

QUOTE = r"""(?:\\*["'`]|\\+u00(?:22|27)|&(?:quot|#39|#34|apos);|%2[27]|[“‘«])"""
IS = rf"{QUOTE}?\s{{0,3}}(?:[:=：]|%3[adAD])\s{{0,3}}{QUOTE}?"
"""What stands between a label and its value, in JSON, escaped JSON, HTML, an address or plain writing."""

_CODE = re.compile(r"(?:[A-Z]+[a-z]+){3}|(?:Failed|Error|Exception|Invalid|Missing|NotFound|Denied|Expired)\b|0x|\d{6}")
_INSIDE = re.compile(r"(?<=[^\W_])(?<!%[0-9a-f]{2})(?<!\\[nrt])\w")
"""Within a word; an encoded sign or an escaped line end is none."""
_HUMP = re.compile(r"(?<=[a-z])[A-Z]")
_LONGEST_BEFORE = 140
"""Characters before a sign in which what it belongs to stands."""


class Rule(NamedTuple):
    """Finds what to replace in a text, given also in lower case; tried only where one of the hints stands in that."""

    hints: tuple[str, ...]
    find: Callable[[str, str, Marks], Iterable[Edit]]

    def applied(self, text: str, lowered: str, marks: Marks) -> str:
        parts: list[str] = []
        copied = 0
        for start, end, new in self.find(text, lowered, marks):
            if start >= copied:
                parts += (text[copied:start], new)
                copied = end
        return "".join([*parts, text[copied:]]) if parts else text


def anywhere(hints: str, pattern: str, replacement: str | Replacement, flags: int = 0) -> Rule:
    """`replacement`: a function, or the kind of the mark that stands in place of everything but the first group."""
    compiled, replaced = re.compile(pattern, flags), _replacement(replacement)

    def find(text: str, lowered: str, marks: Marks) -> Iterator[Edit]:
        return ((*found.span(), replaced(found, marks)) for found in compiled.finditer(text))

    return Rule(tuple(hints.split()) or ("",), find)


def after(hints: str, label: str, *values: tuple[str, str | Replacement]) -> Rule:
    """What follows a label, which is written in lower case and begins a word, or a part of one such as DB_PASSWORD or
    dbPassword; the first value that fits is taken."""
    labels = re.compile(label)
    tried = [(re.compile(pattern, re.MULTILINE), _replacement(replacement)) for pattern, replacement in values]

    def find(text: str, lowered: str, marks: Marks) -> Iterator[Edit]:
        done = 0
        for name in labels.finditer(lowered):
            at = name.start()
            if at < done or (_INSIDE.match(lowered, at) and not _HUMP.match(text, at)):
                continue
            for pattern, replaced in tried:
                found = pattern.match(text, name.end())
                if found and (new := replaced(found, marks)) != found[0]:
                    yield (*found.span(), new)
                    done = found.end()
                    break

    return Rule(tuple(hints.split()), find)


def before(hints: str, sign: str, pattern: str, replacement: str | Replacement) -> Rule:
    """What stands directly before a sign, which is written in lower case."""
    signs, compiled, replaced = re.compile(sign), re.compile(rf"(?:{pattern})\Z"), _replacement(replacement)

    def find(text: str, lowered: str, marks: Marks) -> Iterator[Edit]:
        for at in signs.finditer(lowered):
            first = max(0, at.start() - _LONGEST_BEFORE)
            if found := compiled.search(text[first : at.start()]):
                yield first + found.start(), at.start(), replaced(found, marks)

    return Rule(tuple(hints.split()), find)


def around(hints: str, sign: str, pattern: str, kind: str) -> Rule:
    """As `before`, with the sign itself replaced too."""
    signs, compiled = re.compile(sign), re.compile(rf"(?:{pattern})\Z")

    def find(text: str, lowered: str, marks: Marks) -> Iterator[Edit]:
        for at in signs.finditer(lowered):
            first = max(0, at.start() - _LONGEST_BEFORE)
            if found := compiled.search(text[first : at.start()]):
                yield first + found.start(), at.end(), marks.of(kind, found[0] + at[0])

    return Rule(tuple(hints.split()), find)


def looks_like_code(text: str) -> bool:
    """True for what programs call their errors and things, which no person or place is called."""
    return _CODE.search(text) is not None


def _replacement(replacement: str | Replacement) -> Replacement:
    if not isinstance(replacement, str):
        return replacement
    kind = replacement

    def replaced(found: re.Match[str], marks: Marks) -> str:
        label = found[1] if found.re.groups else ""
        return label + marks.of(kind, found[0][len(label) :])

    return replaced
