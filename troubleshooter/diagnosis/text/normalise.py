"""Bring a pasted text into one plain form, and remember where each character came from."""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from typing import NamedTuple

from troubleshooter.diagnosis.model import Span
from troubleshooter.diagnosis.redact.marking import MARK
from troubleshooter.diagnosis.text.letters import lowered

ROUNDS = 6
"""How often an escaped or HTML-encoded text may have been packed into another one."""
MOST_PARTS = 3
"""Plain characters that one character may stand for, so that a text cannot grow without bound."""

LONGEST_WORD = 100
"""Characters of a word that are compared: no word is longer, and what is remembered of words stays small."""

FEWEST_SOFT_BREAKS = 2
"""One line that ends with an equals sign may be part of a formula."""

SHORTEST_TWICE = 20
"""Characters of a text that nobody writes twice."""

_PACKED = re.compile(
    r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});"
    r"""|\\+(?:[uU][0-9a-fA-F]{4}|[nrtbf"'/`]|\r?\n)?"""
)
_TAG = re.compile(r"</?[a-zA-Z!?][^<>]{0,300}>")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]+")
"""They can stand in the middle of an escape."""
_UNUSUAL = re.compile(r"[^\n -~]+")
_SPACE = re.compile(r" +\n[ \n]*|\n[ \n]+|  +")
_QUOTED_LINE = re.compile(r"(?:^|\n)[>|][>| ]*")
_LOGGED_LINE = re.compile(
    r"(?:^|\n)\[?(?:\d{4}-\d\d-\d\d|\d\d/\d\d/\d{4})[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,7})?Z?\]? "
    r"(?:[\[(][\w /:.-]{1,30}[\])] )?(?:[a-z]+[.-]\w{1,20}: )?"
)
"""What a logger writes in front of each line."""
_CONTRACTED = re.compile(
    r"[Nn][Tt]\b(?:(?<=\b(?:do|is|ca|wo)nt)|(?<=\b(?:are|was|has|had|did)nt)|(?<=\b(?:does|were|have)nt)"
    r"|(?<=\b(?:could|would)nt)|(?<=\bshouldnt))",
    re.IGNORECASE,
)
"""What is left of "doesn't" without its apostrophe."""
_SOFT_BREAK = re.compile(r"=\n(?=\S)")
"""How mail programs mark that the line only ends because it was full."""
_BRACE = re.compile(r"[{}]")
_SIGNS_OF_INNER = ("inner", "caused by", "--->", "underlying")
_INNER = re.compile(r"\binner ?-?(?:error|exception|message)|\bcaused by\b|--->|\bunderlying (?:error|exception)")
_WORD = re.compile(r"[^\W_]+")
_SINGLE = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u30ff\u3400-\u9fff\uf900-\ufaff"
"""Scripts that put no space between words: there each character counts as a word."""
_WORD_OR_CHARACTER = re.compile(rf"[{_SINGLE}]|[^\W_{_SINGLE}]+")
_WITHOUT_SPACES = re.compile(f"[{_SINGLE}]")
_SAME = {
    **dict.fromkeys("‘’‚‛′´ʼ＇｀`‹›", "'"),
    **dict.fromkeys("“”„‟″«»＂「」『』", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("\t\r\x0b\x0c\x85\u2028\u2029", " "),
    "…": " ... ",
}


class Word(NamedTuple):
    """One word in lower case, cut to LONGEST_WORD characters, at `start` to `end` of the plain text."""

    text: str
    start: int
    end: int


_word = partial(tuple.__new__, Word)
"""Makes a word of a tuple, much faster than a call of the class; a text may have ten thousand of them."""


class _Edits:
    """The places where one step changed the text: positions after it and before it, start and end by turns."""

    def __init__(self) -> None:
        self.after: list[int] = []
        self.before: list[int] = []

    def origin(self, position: int, *, is_end: bool) -> int:
        index = (bisect_left if is_end else bisect_right)(self.after, position) - 1
        if index < 0:
            return position
        if index % 2:
            return self.before[index] + position - self.after[index]
        return self.before[index + 1] if is_end else self.before[index]


_DROPPED = dict.fromkeys(map(ord, " \n>'\"`"))


@dataclass(frozen=True)
class Plain:
    """A text in plain form: unpacked, without tags, accents and invisible characters, white space collapsed."""

    text: str
    steps: tuple[_Edits, ...]

    def span(self, start: int, end: int) -> Span:
        """Where characters start..end of the plain text stand in the text as it was given."""
        for step in reversed(self.steps):
            start, end = step.origin(start, is_end=False), step.origin(end, is_end=True)
        return Span(start, max(start, end))

    @cached_property
    def lower(self) -> str:
        """The plain text in lower case, character for character."""
        return lowered(self.text)

    @cached_property
    def squeezed(self) -> str:
        return squeezed(self.lower)

    @cached_property
    def words(self) -> tuple[Word, ...]:
        pattern = _WORD if self.text.isascii() else _WORD_OR_CHARACTER
        lower, spans = self.lower, [found.span() for found in pattern.finditer(self.lower)]
        return tuple([_word((lower[start:end][:LONGEST_WORD], start, end)) for start, end in spans])

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The words without their places."""
        return tuple([word[0] for word in self.words])

    @cached_property
    def distinct(self) -> frozenset[str]:
        """The different words: what is looked up once, however often it stands there."""
        return frozenset(self.texts)

    def edited(self, changes: Iterable[tuple[int, int, str]]) -> Plain:
        """The same text with other characters at some places: (start, end, characters), in the order of the text."""
        edits, copied, length = _Edits(), 0, 0
        parts: list[str] = []
        add_part, add_after, add_before = parts.append, edits.after.append, edits.before.append
        for start, end, new in changes:
            add_part(self.text[copied:start])
            add_part(new)
            length += start - copied
            add_after(length)
            length += len(new)
            add_after(length)
            add_before(start)
            add_before(end)
            copied = end
        return Plain("".join((*parts, self.text[copied:])), (*self.steps, edits))

    @cached_property
    def _levels(self) -> tuple[list[int], list[int]]:
        """Where the depth changes, and to what."""
        changes = [(found.start(), 1 if found[0] == "{" else -1) for found in _BRACE.finditer(self.text)]
        if any(sign in self.lower for sign in _SIGNS_OF_INNER):
            changes += [(found.start(), 1) for found in _INNER.finditer(self.lower)]
        positions, depths, depth = [-1], [0], 0
        for position, change in sorted(changes):
            depth += change
            positions.append(position)
            depths.append(depth)
        return positions, depths

    def depth(self, position: int) -> int:
        """How deep in nested errors a place is; only comparable within one text, braces may be missing."""
        positions, depths = self._levels
        return depths[bisect_right(positions, position) - 1]


def plain(given: str) -> Plain:
    """The plain form of a text of any content; takes time linear in its length."""
    text = Plain(given, ())
    if not given.isascii():
        text = _step(text, _INVISIBLE, lambda run: "")
    for _ in range(ROUNDS):
        if "\\" not in text.text and "&" not in text.text:
            break
        before, text = text, _step(text, _PACKED, _unpacked)
        if text is before:
            break
    if "<" in text.text:
        text = _step(text, _TAG, lambda tag: " ")
    text = _step(text, _UNUSUAL, _folded_run)
    if "[" in text.text:
        text = _step(text, MARK, lambda marker: " ")
    text = _step(text, _SPACE, lambda spaces: "\n" if "\n" in spaces else " ")
    text = _step(text, _QUOTED_LINE, _line_break)
    text = _step(text, _LOGGED_LINE, _line_break)
    if text.text.count("=\n") >= FEWEST_SOFT_BREAKS:
        text = _step(text, _SOFT_BREAK, lambda end: "")
    return _step(text, _CONTRACTED, lambda end: f"{end[0]}'{end[1]}")


def once(text: Plain) -> Plain:
    """A text that was pasted twice in a row, read as one."""
    length = len(text.text)
    for between in range(2 + length % 2, -1, -2) if length % 2 == 0 else (1, 3):
        half = (length - between) // 2
        if half >= SHORTEST_TWICE and text.text[:half] == text.text[-half:]:
            return text.edited([(half, length, "")])
    return text


def folded(text: str) -> str:
    """A text without accents and in plain characters, as in the plain form."""
    return _UNUSUAL.sub(lambda run: _folded_run(run[0]), text)


def squeezed(text: str) -> str:
    """A text without white space and without what mail programs and people put round words."""
    return text.translate(_DROPPED)


def words_of(text: str) -> tuple[str, ...]:
    """The words of a curator's text, in the form in which they are looked for in a pasted one."""
    return tuple(word.text for word in plain(text).words)


def has_no_spaces(text: str) -> bool:
    """True for a text in a script that puts no space between words."""
    return _WITHOUT_SPACES.search(text) is not None


def _step(text: Plain, pattern: re.Pattern[str], replacement: Callable[[str], str]) -> Plain:
    """A text with what a pattern finds replaced; the very same one where nothing changes."""
    told: dict[str, str] = {}
    changes = []
    for match in pattern.finditer(text.text):
        old = match[0]
        if old not in told:
            told[old] = replacement(old)
        if told[old] != old:
            changes.append((match.start(), match.end(), told[old]))
    return text.edited(changes) if changes else text


def _line_break(start: str) -> str:
    return start[0] if start[0] == "\n" else ""


def _unpacked(packed: str) -> str:
    if packed[0] == "&":
        return html.unescape(packed)
    bare = packed.lstrip("\\")
    if not bare:
        return " "
    if bare[0] in "uU":
        return chr(int(bare[1:], 16))
    return "\n" if bare in "nr" or "\n" in bare else " " if bare in "tbf" else bare


def _folded_run(run: str) -> str:
    return "".join(map(_folded_character, run))


@lru_cache(maxsize=4096)
def _folded_character(character: str) -> str:
    """A plain form of one character: "" for what is invisible or only decorates another one."""
    if character in _SAME:
        return _SAME[character]
    parts = unicodedata.normalize("NFKD", character)
    kept = [
        "" if unicodedata.category(part) in ("Mn", "Me", "Cf", "Cc", "Cs", "Co", "Cn") else _SAME.get(part, part)
        for part in (parts if len(parts) <= MOST_PARTS else character)
    ]
    return "".join(kept)
