"""Find curators' phrases in ordinary sentences: the same words in any form, near each other, equally denied."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from .context import Hit
from .model import Fact, Kind, Model
from .normalise import Plain, has_no_spaces, plain
from .vocabulary import is_negation, meaning

FULL = 0.95
"""Share of a phrase's weight from which it counts as really there."""
LONG_FULL = 0.8
"""The same for a phrase of LONG_WORDS words or more, or one in a script without spaces."""
LONG_WORDS = 6
PARTIAL = 0.6
"""Share from which the guide is a hint."""
LOOSE_FULL, LOOSE_PARTIAL = 0.72, 0.5
"""The two shares for scripts without spaces, where pieces of words are compared."""
LEAST_WORDS = 2
"""Words of a phrase that must be there: one word alone says too little."""
MOST_PLACES = 30
"""Places of one word that are looked at; more only occur in texts made to be slow."""
MOST_WORDS = 3_000
SCOPE = 3
"""Words after a negation that it denies."""

_SENTENCE = re.compile(r"[.!?;:。！？](?=[ \n]|$)|[。！？]|\n(?=[ \n*#-])")
_SYLLABLES = re.compile("[\u3040-\u309f]+")


class _Token(NamedTuple):
    """A word by its meaning: `place` counts words, with a jump at the end of a sentence."""

    meaning: str
    denied: bool
    place: int
    start: int
    end: int


@dataclass(frozen=True)
class _Phrase:
    reference: str
    words: tuple[tuple[str, bool], ...]
    weights: tuple[float, ...]
    width: int
    loose: bool

    def share(self, words: Collection[str]) -> float:
        """How much of the phrase these words are, wherever they stand."""
        there = sum(weight for (word, _), weight in zip(self.words, self.weights, strict=True) if word in words)
        return there / sum(self.weights)

    @property
    def full(self) -> float:
        return LOOSE_FULL if self.loose else LONG_FULL if len(self.words) >= LONG_WORDS else FULL

    @property
    def partial(self) -> float:
        return LOOSE_PARTIAL if self.loose else PARTIAL


class PhraseIndex:
    """The phrases of a model, by the meanings of their words."""

    def __init__(self, model: Model) -> None:
        spoken = [
            (guide.reference, text, tuple({(token.meaning, token.denied): None for token in _tokens(plain(text))}))
            for guide in model.guides
            for text in guide.phrases
        ]
        guides_with = Counter(word for word, _ in {(meaning, ref) for ref, _, words in spoken for meaning, _ in words})
        total = len({reference for reference, _, _ in spoken})
        self._phrases = [
            _Phrase(
                reference,
                words,
                tuple(_weight(meaning, guides_with[meaning], total) for meaning, _ in words),
                2 * len(words) + 4,
                has_no_spaces(text),
            )
            for reference, text, words in spoken
            if words
        ]
        self._with: dict[str, list[int]] = {}
        for number, phrase in enumerate(self._phrases):
            for word in dict.fromkeys(word for word, _ in phrase.words):
                self._with.setdefault(word, []).append(number)

    def find(self, plain: Plain) -> tuple[list[Hit], list[Hit]]:
        """The guides whose phrases are really there, and those that plain words point to; best first."""
        places: dict[str, list[_Token]] = {}
        for token in _tokens(plain):
            if token.meaning in self._with:
                places.setdefault(token.meaning, []).append(token)
        here: Counter[int] = Counter()
        for word in places:
            here.update(self._with[word])
        full: dict[str, Hit] = {}
        partial: dict[str, Hit] = {}
        for number in sorted(here):
            phrase = self._phrases[number]
            if here[number] < LEAST_WORDS or phrase.share(places) < phrase.partial:
                continue
            share, first, last = _best_window(phrase, places)
            if share < phrase.partial:
                continue
            kind, hits = (Kind.MESSAGE, full) if share >= phrase.full else (Kind.ABOUT, partial)
            weight = share * sum(phrase.weights)
            if phrase.reference not in hits or hits[phrase.reference].weight < weight:
                hits[phrase.reference] = Hit(Fact(kind, phrase.reference), first, last, plain.depth(first), weight)
        return _ranked(full), _ranked(partial)


def _ranked(hits: dict[str, Hit]) -> list[Hit]:
    return sorted(hits.values(), key=lambda hit: -round(hit.weight, 9))


def _weight(meaning: str, guides_with: int, guides: int) -> float:
    rare = math.log(1 + guides / guides_with)
    return rare / 3 if _SYLLABLES.fullmatch(meaning) else rare


def _best_window(phrase: _Phrase, places: dict[str, list[_Token]]) -> tuple[float, int, int]:
    """The largest share of the phrase in any stretch of its width, and where; a word denied otherwise spoils it."""
    tokens = sorted(
        (token.place, index, token.denied == denied, token.start, token.end)
        for index, (word, denied) in enumerate(phrase.words)
        for token in places.get(word, ())[:MOST_PLACES]
    )
    total = sum(phrase.weights)
    agreeing, opposing = Counter[int](), Counter[int]()
    best, left = (0.0, 0, 0), 0
    for place, index, agrees, _, end in tokens:
        (agreeing if agrees else opposing)[index] += 1
        while place - tokens[left][0] > phrase.width:
            (agreeing if tokens[left][2] else opposing)[tokens[left][1]] -= 1
            left += 1
        if any(count and not agreeing[other] for other, count in opposing.items()):
            continue
        share = sum(phrase.weights[other] for other, count in agreeing.items() if count) / total
        if share > best[0] + 1e-9:
            best = (share, tokens[left][3], end)
    return best


def _tokens(text: Plain) -> Iterator[_Token]:
    """The words that carry meaning; in scripts without spaces, each two neighbouring characters."""
    breaks = iter([*(found.start() for found in _SENTENCE.finditer(text.lower)), len(text.lower) + 1])
    next_break, place, denied_until = next(breaks), 0, -1
    words = text.words[:MOST_WORDS]
    spaced = text.text.isascii()
    for index, word in enumerate(words):
        while word.start > next_break:
            next_break, place, denied_until = next(breaks), place + 4, -1
        place += 1
        following = words[index + 1] if index + 1 < len(words) else None
        if not spaced and has_no_spaces(word.text):
            if following and following.start == word.end and has_no_spaces(following.text):
                yield _Token(word.text + following.text, False, place, word.start, following.end)
            continue
        if is_negation(word.text, words[index - 1].text if index else ""):
            denied_until = place + SCOPE
            continue
        sense = meaning(word.text, following.text if following else "")
        if sense:
            yield _Token(sense, place <= denied_until, place, word.start, word.end)
