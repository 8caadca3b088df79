"""Guides that plain words point to: those whose own texts speak most of what somebody describes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from troubleshooter.diagnosis.model import MOST_ABOUT, Fact, Guide, Kind, Model
from troubleshooter.diagnosis.text.hits import Hit
from troubleshooter.diagnosis.text.normalise import plain
from troubleshooter.diagnosis.text.senses import Token, tokens_of
from troubleshooter.diagnosis.text.words import WordIndex

LEAST_WORDS = 2
"""Telling things that a text and a guide must both speak of: one alone says too little."""
TOPICAL = 0.5
"""Share of the guides from which what they speak of tells none of them apart."""
LEAST_SHARE = 0.6
"""Share of the best guide's score from which another one is a hint, too."""


class HintIndex:
    """The guides of a model by what their own texts speak of."""

    def __init__(self, model: Model) -> None:
        self._guides = model.guides

    @cached_property
    def _index(self) -> WordIndex:
        """Built when a text is first read that says nothing surer."""
        return WordIndex(map(_meanings, self._guides))

    def find(self, tokens: Iterable[Token]) -> list[Hit]:
        """At most MOST_ABOUT guides, the one that the text speaks most of first."""
        index = self._index
        meanings = dict.fromkeys(token.meaning for token in tokens)
        telling = [meaning for meaning in meanings if index.share(meaning) < TOPICAL]
        scores = index.scores({meaning: 1.0} for meaning in telling)
        best = [
            number
            for number in index.best(scores, MOST_ABOUT, LEAST_SHARE)
            if sum(index.holds(number, meaning) for meaning in telling) >= LEAST_WORDS
        ]
        return [Hit(Fact(Kind.ABOUT, self._guides[number].reference), 0, 0, weight=scores[number]) for number in best]


def _meanings(guide: Guide) -> dict[str, float]:
    """What a guide speaks of, each with the weight of the text that says it best."""
    weighed: Sequence[tuple[Iterable[str], float]] = (
        (guide.causes, 1.0),
        ((guide.meaning,), 2.0),
        ((guide.title, *guide.phrases), 3.0),
    )
    return {token.meaning: weight for texts, weight in weighed for text in texts for token in tokens_of(plain(text))}
