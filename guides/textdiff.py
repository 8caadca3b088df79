"""Two texts word by word: what stayed, what came and what went.

Lines, and then words, that are there once in both texts are found first and in order, then what lies between them.
That is quick however long and repetitive the texts are; difflib, which is not, only sees short remainders.
"""

from __future__ import annotations

import difflib
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

_LINE = re.compile(r"\n|[^\n]+")
_WORD = re.compile(r"\w+|\s+|[^\w\s]")
_DEEPEST = 8
_SHORT = 2_500
"""Words times words: up to here difflib takes a moment."""
_LEAST_KEPT = 0.25
"""The part of the longer text that must have stayed; with less, scattered words only make it harder to read."""
_CONTEXT = 60
"""Characters of an unchanged text that are shown beside a change."""
_LOOKED_AT = 2_000
"""Characters of each text by which likeness is judged."""


@dataclass(frozen=True)
class Piece:
    """A run of text that is in both texts, only in the new or only in the old."""

    text: str
    kind: Literal["same", "added", "removed"]

    @property
    def shown(self) -> str:
        """The text, with signs for what would be invisible when nothing else was added or removed."""
        if self.kind == "same" or self.text.strip():
            return self.text
        return self.text.replace(" ", "·").replace("\t", "→").replace("\r", "␍").replace("\n", "¶\n")


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """What became of a text. The same and removed pieces make up `before`, the same and added ones `after`."""
    if not before or not after:
        return tuple(_pieces(removed=before, added=after))
    if before == after:
        return (Piece(before, "same"),)
    found = _joined(_runs(before, after))
    kept = sum(len(piece.text.strip()) for piece in found if piece.kind == "same")
    if kept < _LEAST_KEPT * max(len(before), len(after)):
        return (Piece(before, "removed"), Piece(after, "added"))
    return found


def shortened(found: Sequence[Piece]) -> tuple[Piece, ...]:
    """The same pieces with the middle of long unchanged runs left out, told by “…”."""
    last = len(found) - 1
    return tuple(
        Piece(_cut(piece.text, index > 0, index < last), "same") if piece.kind == "same" else piece
        for index, piece in enumerate(found)
    )


def likeness(before: str, after: str) -> float:
    """How much two texts share, from 0 (no word) to 1 (all words), judged by their beginnings."""
    old, new = (Counter(re.findall(r"\w+", text[:_LOOKED_AT].lower())) for text in (before, after))
    total = old.total() + new.total()
    return 2 * (old & new).total() / total if total else 0.0


def longest_rise(numbers: Sequence[int]) -> list[int]:
    """The indexes of a longest strictly rising subsequence."""
    ends: list[int] = []  # by length: the index at which the best run of that length ends
    before: list[int] = []
    for index, number in enumerate(numbers):
        length = bisect_left(ends, number, key=numbers.__getitem__)
        before.append(ends[length - 1] if length else -1)
        ends[length : length + 1] = [index]
    run: list[int] = []
    index = ends[-1] if ends else -1
    while index >= 0:
        run.append(index)
        index = before[index]
    return run[::-1]


_Run = tuple[str, str, str]
"""What went, what came, and what stayed behind both."""


def _runs(before: str, after: str) -> Iterator[_Run]:
    """Line by line, and word by word where lines differ."""
    for gone, fresh, line in _aligned(_LINE.findall(before), _LINE.findall(after)):
        yield from _aligned(_WORD.findall(gone), _WORD.findall(fresh))
        yield "", "", line


def _aligned(old: Sequence[str], new: Sequence[str]) -> Iterator[_Run]:
    last_old = last_new = 0
    for i, j in [*_kept(old, new), (len(old), len(new))]:
        yield "".join(old[last_old:i]), "".join(new[last_new:j]), old[i] if i < len(old) else ""
        last_old, last_new = i + 1, j + 1


def _joined(runs: Iterable[_Run]) -> tuple[Piece, ...]:
    """Runs as pieces. White space alone does not part two changes."""
    found: list[Piece] = []
    removed = added = same = ""
    for gone, fresh, stayed in runs:
        if gone or fresh:
            if same and (not same.isspace() or not (removed or added)):
                found += _pieces(removed=removed, added=added, same=same)
                removed = added = same = ""
            removed, added, same = removed + same + gone, added + same + fresh, ""
        same += stayed
    return (*found, *_pieces(removed=removed, added=added, same=same))


def _pieces(**texts: str) -> list[Piece]:
    return [Piece(text, kind) for kind, text in texts.items() if text]  # type: ignore[arg-type]


def _kept(old: Sequence[str], new: Sequence[str], depth: int = 0) -> Iterator[tuple[int, int]]:
    """The places, old and new, of the words that stayed, in rising order."""
    start, end = _alike_at_the_ends(old, new)
    yield from ((place, place) for place in range(start))
    inner_old, inner_new = old[start : len(old) - end], new[start : len(new) - end]
    for i, j in _kept_between(inner_old, inner_new, depth):
        yield start + i, start + j
    yield from zip(range(len(old) - end, len(old)), range(len(new) - end, len(new)), strict=True)


def _alike_at_the_ends(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    shorter = min(len(old), len(new))
    start = next((place for place in range(shorter) if old[place] != new[place]), shorter)
    rest = shorter - start
    return start, next((place for place in range(rest) if old[-1 - place] != new[-1 - place]), rest)


def _kept_between(old: Sequence[str], new: Sequence[str], depth: int) -> Iterator[tuple[int, int]]:
    anchors = _there_once(old, new) if depth < _DEEPEST else []
    if not anchors:
        if len(old) * len(new) <= _SHORT:
            for block in difflib.SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
                yield from ((block.a + place, block.b + place) for place in range(block.size))
        return
    last_old = last_new = 0
    for i, j in [*anchors, (len(old), len(new))]:
        for before, after in _kept(old[last_old:i], new[last_new:j], depth + 1):
            yield last_old + before, last_new + after
        if i < len(old):
            yield i, j
        last_old, last_new = i + 1, j + 1


def _there_once(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """The places of words that both texts hold exactly once, as many as stand in the same order."""
    counts, new_counts = Counter(old), Counter(new)
    place_of = {word: place for place, word in enumerate(new)}
    once = {word for word, count in counts.items() if count == new_counts[word] == 1 and not word.isspace()}
    pairs = [(place, place_of[word]) for place, word in enumerate(old) if word in once]
    return [pairs[index] for index in longest_rise([j for _i, j in pairs])]


def _cut(text: str, after_change: bool, before_change: bool) -> str:
    """A text without its middle, or without the end that no change stands beside."""
    if len(text) <= 3 * _CONTEXT:
        return text
    head = text[:_CONTEXT].rsplit(" ", 1)[0] if after_change else ""
    tail = text[-_CONTEXT:].split(" ", 1)[-1] if before_change else ""
    return f"{head} … {tail}"
