"""Find curators' phrases in ordinary sentences: words that mean the same, near each other, equally denied."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from troubleshooter.diagnosis.model import Fact, Kind, Model
from troubleshooter.diagnosis.text.hits import Hit
from troubleshooter.diagnosis.text.meanings import wider
from troubleshooter.diagnosis.text.normalise import has_no_spaces, plain
from troubleshooter.diagnosis.text.senses import SAID, Token, tokens_of

LOOSE = 0.65
"""Share of a phrase's weight that must be there where pieces of words are compared, in scripts without spaces."""
LEAST_WORDS = 2
"""Words of a phrase that must be there: one word alone says too little."""
MOST_PLACES = 30
"""Places of one word that are looked at; more only occur in texts made to be slow."""
LONG = 4
WIDE = 50
"""Words within which a phrase of so many words, two of them telling, may stand: what was done, and what came of it."""
REACH = 12
"""Words around a phrase within which its topics may stand."""


@dataclass(frozen=True, eq=False)
class _Phrase:
    reference: str
    words: tuple[tuple[str, str], ...]
    weights: tuple[float, ...]
    topics: frozenset[int]
    """Which of its words most guides speak of: these may stand further away."""

    @cached_property
    def loose(self) -> bool:
        return any(len(word) == 2 and has_no_spaces(word) for word, _ in self.words)

    @cached_property
    def total(self) -> float:
        return sum(self.weights)

    @cached_property
    def widths(self) -> tuple[int, ...]:
        """Words within which the phrase must stand, narrowest first."""
        narrow, telling = 2 * len(self.words) + 8, len(self.words) - len(self.topics)
        return (narrow, WIDE) if len(self.words) >= LONG and telling > 1 else (narrow,)

    @property
    def least(self) -> float:
        """The weight that must be there: all of it, but for pieces of words."""
        return (LOOSE if self.loose else 1.0) * self.total - 1e-9

    @cached_property
    def needed(self) -> frozenset[str]:
        """Some words of which at least one is in every text that the phrase is in: those that say most."""
        kept, without = [], self.total
        for index in sorted(range(len(self.words)), key=self.weights.__getitem__, reverse=True):
            if without < self.least:
                break
            kept.append(self.words[index][0])
            without -= self.weights[index]
        return frozenset(kept)


ELSEWHERE = frozenset(("data policy", "allowance", "solved"))
"""Meanings that say why something fails, or that it does not any more: what no phrase speaks of is another problem."""


class PhraseIndex:
    """The phrases of a model, by the meanings of their words. A text is only compared with phrases whose rarest
    words it has, so time does not grow with the phrases about other things."""

    def __init__(self, model: Model) -> None:
        spoken = dict.fromkeys(
            (guide.reference, tuple(dict.fromkeys(_narrowest(tokens_of(plain(text))))))
            for guide in model.guides
            for text in guide.phrases
        )
        guides_with = Counter(word for word, _ in {(word, ref) for ref, words in spoken for word, _ in words})
        total = len({reference for reference, _ in spoken})
        self._with: dict[str, list[_Phrase]] = {}
        for reference, words in spoken:
            phrase = _Phrase(
                reference,
                words,
                tuple(math.log(1 + total / guides_with[word]) for word, _ in words),
                frozenset(index for index, (word, _) in enumerate(words) if 2 * guides_with[word] >= total),
            )
            for word in phrase.needed:
                self._with.setdefault(word, []).append(phrase)
        self._words = frozenset(guides_with)

    def is_elsewhere(self, tokens: Iterable[Token]) -> bool:
        """True for a text that gives a reason of which no guide speaks: its everyday words are a hint at most."""
        unspoken = ELSEWHERE - self._words
        return any(token.meaning in unspoken and token.mode == SAID for token in tokens)

    def find(self, tokens: Iterable[Token]) -> list[Hit]:
        """The guides whose phrases a text says, the one that it says most of first."""
        places: dict[str, list[Token]] = {}
        for token in tokens:
            if token.meaning in self._words:
                places.setdefault(token.meaning, []).append(token)
        likely = dict.fromkeys(phrase for word in places for phrase in self._with.get(word, ()))
        found: dict[str, list[tuple[_Phrase, _Stretch]]] = {}
        for phrase in likely:
            if stretch := _found(phrase, places):
                found.setdefault(phrase.reference, []).append((phrase, stretch))
        hits = [_hit(reference, phrases) for reference, phrases in found.items()]
        return sorted(hits, key=lambda hit: -round(hit.size, 9))


def _found(phrase: _Phrase, places: Mapping[str, list[Token]]) -> _Stretch | None:
    """Where the text says the phrase, or None."""
    for width in phrase.widths:
        stretch = _best_stretch(phrase, places, width)
        words = _with_topics(phrase, stretch, places) if stretch.words else set()
        if len(words) >= LEAST_WORDS and sum(phrase.weights[index] for index in words) >= phrase.least:
            return stretch
    return None


def _hit(reference: str, found: Sequence[tuple[_Phrase, _Stretch]]) -> Hit:
    """A guide, sized by all the telling words of its phrases together, at the place of the phrase that says most."""
    telling = {
        phrase.words[index]: weight
        for phrase, _ in found
        for index, weight in enumerate(phrase.weights)
        if index not in phrase.topics
    }
    _, best = max(found, key=lambda pair: round(pair[0].total, 9))
    return Hit(Fact(Kind.MESSAGE, reference), best.start, best.end, size=sum(telling.values()))


def _narrowest(tokens: Iterable[Token]) -> Iterator[tuple[str, str]]:
    """Meanings and modes of a phrase, without what is only a wider form of another of its words."""
    words = {(token.meaning, token.mode): None for token in tokens}
    wide = {other for meaning, _ in words for other in wider(meaning)[1:]}
    yield from ((meaning, mode) for meaning, mode in words if meaning not in wide)


class _Stretch(NamedTuple):
    """A piece of the text: which of a phrase's words stand in it, their share, where (and by which word)."""

    share: float
    words: set[int]
    start: int
    end: int
    first: int
    last: int


def _best_stretch(phrase: _Phrase, places: Mapping[str, list[Token]], width: int) -> _Stretch:
    """The stretch of so many words with most of its weight; a word that is denied differently spoils it."""
    tokens = sorted(
        (token.place, index, token.mode == mode, token.start, token.end)
        for index, (word, mode) in enumerate(phrase.words)
        for token in places.get(word, ())[:MOST_PLACES]
    )
    total = phrase.total
    agreeing, opposing = Counter[int](), Counter[int]()
    best, left = _Stretch(0.0, set(), 0, 0, 0, 0), 0
    for place, index, agrees, _, end in tokens:
        (agreeing if agrees else opposing)[index] += 1
        while place - tokens[left][0] > width:
            (agreeing if tokens[left][2] else opposing)[tokens[left][1]] -= 1
            left += 1
        if any(count and not agreeing[other] for other, count in opposing.items()):
            continue
        found = {other for other, count in agreeing.items() if count}
        share = sum(phrase.weights[other] for other in found) / total
        if share > best.share + 1e-9:
            best = _Stretch(share, found, tokens[left][3], end, tokens[left][0], place)
    return best


def _with_topics(phrase: _Phrase, stretch: _Stretch, places: Mapping[str, list[Token]]) -> set[int]:
    """The words of the phrase in the stretch, and those that most guides speak of from further around, too."""
    near = range(stretch.first - REACH, stretch.last + REACH + 1)
    return stretch.words | {
        index
        for index in phrase.topics - stretch.words
        for token in places.get(phrase.words[index][0], ())[:MOST_PLACES]
        if token.mode == phrase.words[index][1] and token.place in near
    }
