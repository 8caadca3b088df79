"""What a rule of redaction is, and the pieces that the patterns of several rules share."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from troubleshooter.diagnosis.redact.marking import Marks

Replacement = Callable[[re.Match[str], Marks], str]

QUOTE = r"""(?:\\*["'`]|\\+u00(?:22|27)|&(?:quot|#39|#34|apos);|[“‘«])"""
IS = rf"{QUOTE}?\s{{0,3}}[:=：]\s{{0,3}}{QUOTE}?"
"""What stands between a label and its value, in JSON, escaped JSON, HTML or plain writing."""

BEGINS = r"(?:(?<![\w%-])|(?<=%2F)|(?<=%2f)|(?<=%3D)|(?<=%3d)|(?<=u002f)|(?<=u002F))"
"""Before a word that may follow an encoded slash or sign in an address."""

_CODE = re.compile(r"(?:[A-Z]+[a-z]+){3}|(?:Failed|Error|Exception|Invalid|Missing|NotFound|Denied|Expired)\b|0x|\d{6}")


class Rule(NamedTuple):
    """A pattern to replace, tried only where one of the hints (in lower case) stands in the text."""

    hints: tuple[str, ...]
    pattern: re.Pattern[str]
    replacement: Replacement

    def applied(self, text: str, marks: Marks) -> str:
        return self.pattern.sub(lambda found: self.replacement(found, marks), text)


def rule(hints: str, pattern: str, replacement: str | Replacement, flags: int = 0) -> Rule:
    """`replacement`: a function, or the kind of the mark that stands in place of everything but the first group."""
    if isinstance(replacement, str):
        replacement = _marking(replacement)
    return Rule(tuple(hints.split()) or ("",), re.compile(pattern, flags), replacement)


def looks_like_code(text: str) -> bool:
    """True for what programs call their errors and things, which no person or place is called."""
    return _CODE.search(text) is not None


def _marking(kind: str) -> Replacement:
    def replaced(found: re.Match[str], marks: Marks) -> str:
        label = found[1] if found.re.groups else ""
        return label + marks.of(kind, found[0][len(label) :])

    return replaced
