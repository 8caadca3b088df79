"""Plain words in, the documents that hold them out: an inverted index in which rare words count more."""

from __future__ import annotations

import heapq
import math
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

COMMON = 500
"""Documents from which a word is so common that it only tells apart what rarer words have found."""
DIGITS = 6
"""Digits to which scores are compared, so that ties are ties everywhere."""


class WordIndex:
    """Which documents hold which words, and how much each word weighs in them.

    Documents are numbered from 0 in the order given, which breaks ties. Memory and building time grow with the words
    of all documents together; a query takes time in the number of documents that hold its rarer words.
    """

    def __init__(self, documents: Iterable[Mapping[str, float]]) -> None:
        self._places: dict[str, array[int]] = {}
        self._weights: dict[str, array[float]] = {}
        self.size = 0
        for number, words in enumerate(documents):
            self.size = number + 1
            for word, weight in words.items():
                if word not in self._places:
                    self._places[word], self._weights[word] = array("i"), array("f")
                self._places[word].append(number)
                self._weights[word].append(weight)

    def __contains__(self, word: str) -> bool:
        return word in self._places

    @cached_property
    def vocabulary(self) -> list[str]:
        """Every word, sorted."""
        return sorted(self._places)

    def rarity(self, word: str) -> float:
        """How much it says that a document holds this word, in nats; 0 for a word that none holds."""
        places = self._places.get(word)
        return math.log(1 + self.size / len(places)) if places else 0.0

    def share(self, word: str) -> float:
        """The share of documents that hold a word."""
        return len(self._places.get(word, ())) / self.size if self.size else 0.0

    def holds(self, number: int, word: str) -> bool:
        """Whether a document holds a word."""
        places = self._places.get(word, ())
        place = bisect_left(places, number)
        return place < len(places) and places[place] == number

    def beginning_with(self, beginning: str) -> Iterator[str]:
        """The words that begin so, sorted."""
        vocabulary = self.vocabulary
        for place in range(bisect_left(vocabulary, beginning), len(vocabulary)):
            if not vocabulary[place].startswith(beginning):
                return
            yield vocabulary[place]

    def scores(self, wanted: Iterable[Mapping[str, float]]) -> dict[int, float]:
        """What each document is worth. Of the words that one thing may be said with, given with their shares, the
        best counts; what is common to many documents never adds one that rarer words have not found."""
        known = [
            {word: share * self.rarity(word) for word, share in words.items() if word in self._places}
            for words in wanted
        ]
        found: dict[int, float] = {}
        for words in sorted(filter(None, known), key=self._holding):
            scores = self._best(words, found if found and self._holding(words) > COMMON else None)
            for number, score in scores.items():
                found[number] = found.get(number, 0.0) + score
        return found

    def best(self, scores: Mapping[int, float], most: int, share: float) -> list[int]:
        """The documents with the highest scores, best first: at most so many, none below a share of the best."""
        least = max(scores.values(), default=0.0) * share
        ranked = ((-round(score, DIGITS), number) for number, score in scores.items() if score >= least)
        return [number for _, number in heapq.nsmallest(most, ranked)]

    def _holding(self, words: Iterable[str]) -> int:
        return sum(len(self._places[word]) for word in words)

    def _best(self, words: Mapping[str, float], among: Mapping[int, float] | None) -> dict[int, float]:
        best: dict[int, float] = {}
        for word, value in words.items():
            for number, weight in zip(self._places[word], self._weights[word], strict=True):
                if (among is None or number in among) and value * weight > best.get(number, 0.0):
                    best[number] = value * weight
        return best
