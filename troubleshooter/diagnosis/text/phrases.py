"""Find curators' phrases in ordinary sentences: the same words in any form, near each other, equally denied."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from troubleshooter.diagnosis.model import Fact, Kind, Model
from troubleshooter.diagnosis.text.context import Hit
from troubleshooter.diagnosis.text.normalise import Plain, has_no_spaces, plain
from troubleshooter.diagnosis.text.vocabulary import denied_meaning, is_negation, meaning

FULL = 0.95
"""Share of a phrase's weight from which it counts as really there."""
FULL_OF_MANY = {3: 0.8, 4: 0.72}
"""The same where so many words of the phrase (or more) stand together."""
PARTIAL = 0.6
"""Share from which the guide is a hint."""
LOOSE_FULL, LOOSE_PARTIAL = 0.65, 0.5
"""The two shares for scripts without spaces, where pieces of words are compared."""
LEAST_WORDS = 2
"""Words of a phrase that must be there: one word alone says too little."""
MOST_PLACES = 30
"""Places of one word that are looked at; more only occur in texts made to be slow."""
MOST_WORDS = 3_000
SCOPE = 3
"""Words after a negation or a wish that are not said to be so."""
REACH = 20
"""Words around a phrase within which its topic may stand."""
BREAK = 8
"""Words that the end of a sentence counts for."""

_SENTENCE = re.compile(r"[.!?;:。！？](?=[ \n]|$)|[。！？]|\n(?=[ \n*#-])")
_WISH = re.compile(
    r"\b(?:(?:i|we) (?:just |only |also )?(?:want(?:ed)?(?: \w+){0,2}|plan(?:ned)?) to|(?:i|we)(?: would|'d)? like to|"
    r"how (?:to|do (?:i|we|you))|(?:can|could|should|may) (?:i|we)|(?:way|possible|able|trying|try) to|"
    r"should(?:n't| not| all)? be|supposed to be|(?:see|list|know|find|finds|shows?) which (?:\w+ )?(?:is|are)|"
    r"expect(?:ed)?(?: \w+){1,3} to be|wie (?:\w+ )?(?:ich|wir|man)|kann (?:ich|man)|comment \w+[eio]r|"
    r"como (?:puedo|posso)|come posso|hoe (?:\w+ )?(?:ik|je))\b"
)
"""What people want, expect or ask: "how do I turn off ..." does not say that anything is off."""
_SYLLABLES = re.compile("[\u3040-\u309f]+")


SAID, DENIED, WISHED = "said", "denied", "wished"
"""The modes of a word: the text says it is so, is not so, or only asks for it."""


class _Token(NamedTuple):
    """A word by its meaning: `place` counts words, with a jump at the end of a sentence."""

    meaning: str
    mode: str
    place: int
    start: int
    end: int


@dataclass(frozen=True)
class _Phrase:
    reference: str
    words: tuple[tuple[str, str], ...]
    weights: tuple[float, ...]
    topics: frozenset[int]
    """Which of its words most guides speak of: these may stand further away."""
    width: int
    loose: bool

    @cached_property
    def total(self) -> float:
        return sum(self.weights)

    def is_there(self, share: float, words: int) -> bool:
        """True where so much of the phrase, in so many of its words, makes it really there."""
        return round(share, 9) >= (LOOSE_FULL if self.loose else FULL_OF_MANY.get(min(words, 4), FULL))

    def names_its_topic(self, words: Collection[str]) -> bool:
        """True where one of the things is named that the phrase is about: many things are slow or turned off."""
        return not self.topics or any(self.words[index][0] in words for index in self.topics)

    @property
    def partial(self) -> float:
        return LOOSE_PARTIAL if self.loose else PARTIAL


class PhraseIndex:
    """The phrases of a model, by the meanings of their words."""

    def __init__(self, model: Model) -> None:
        spoken = {
            (guide.reference, tuple({(token.meaning, token.mode): None for token in _tokens(plain(text))})): text
            for guide in model.guides
            for text in guide.phrases
        }
        guides_with = Counter(word for word, _ in {(word, ref) for ref, words in spoken for word, _ in words})
        total = len({reference for reference, _ in spoken})
        self._phrases = [
            _Phrase(
                reference,
                words,
                tuple(_weight(meaning, guides_with[meaning], total) for meaning, _ in words),
                frozenset(index for index, (word, _) in enumerate(words) if 2 * guides_with[word] >= total),
                2 * len(words) + 6,
                has_no_spaces(text),
            )
            for (reference, words), text in spoken.items()
            if words
        ]
        self._least = [phrase.partial * phrase.total - 1e-9 for phrase in self._phrases]
        self._with: dict[str, list[tuple[int, float]]] = {}
        for number, phrase in enumerate(self._phrases):
            for (word, _), weight in zip(phrase.words, phrase.weights, strict=True):
                self._with.setdefault(word, []).append((number, weight))

    def find(self, plain: Plain) -> tuple[list[Hit], list[Hit]]:
        """The guides whose phrases are really there, and those that plain words point to; best first."""
        places: dict[str, list[_Token]] = {}
        for token in _tokens(plain):
            if token.meaning in self._with:
                places.setdefault(token.meaning, []).append(token)
        there = [0.0] * len(self._phrases)
        for word in places:
            for number, weight in self._with[word]:
                there[number] += weight
        full: dict[str, Hit] = {}
        partial: dict[str, Hit] = {}
        for phrase in (self._phrases[number] for number, weight in enumerate(there) if weight >= self._least[number]):
            stretch = _best_stretch(phrase, places)
            share = _with_topics(phrase, stretch, places)
            if len(stretch.words) < LEAST_WORDS or share < phrase.partial:
                continue
            is_there = phrase.is_there(share, len(stretch.words)) and phrase.names_its_topic(places)
            kind, hits = (Kind.MESSAGE, full) if is_there else (Kind.ABOUT, partial)
            fact, size = Fact(kind, phrase.reference), share * phrase.total
            hit = Hit(fact, stretch.start, stretch.end, weight=share, size=size)
            hits[phrase.reference] = min(hit, hits.get(phrase.reference, hit), key=_rank)
        return _ranked(full), _ranked(partial)


def _ranked(hits: dict[str, Hit]) -> list[Hit]:
    return sorted(hits.values(), key=_rank)


def _rank(hit: Hit) -> tuple[bool, float]:
    """Whole phrases before parts of one, then the one that says more."""
    return hit.weight < FULL, -round(hit.size, 9)


def _weight(meaning: str, guides_with: int, guides: int) -> float:
    rare = math.log(1 + guides / guides_with)
    return rare / 3 if _SYLLABLES.fullmatch(meaning) else rare


class _Stretch(NamedTuple):
    """A piece of the text: which of a phrase's words stand in it, their share, where (and by which word)."""

    share: float
    words: set[int]
    start: int
    end: int
    first: int
    last: int


def _best_stretch(phrase: _Phrase, places: Mapping[str, list[_Token]]) -> _Stretch:
    """The stretch of the phrase's width with most of its weight; a word that is denied differently spoils it."""
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
        while place - tokens[left][0] > phrase.width:
            (agreeing if tokens[left][2] else opposing)[tokens[left][1]] -= 1
            left += 1
        if any(count and not agreeing[other] for other, count in opposing.items()):
            continue
        found = {other for other, count in agreeing.items() if count}
        share = sum(phrase.weights[other] for other in found) / total
        if share > best.share + 1e-9:
            best = _Stretch(share, found, tokens[left][3], end, tokens[left][0], place)
    return best


def _with_topics(phrase: _Phrase, stretch: _Stretch, places: Mapping[str, list[_Token]]) -> float:
    """The share of the phrase, counting words that most guides speak of from further around, too."""
    share, total = stretch.share, phrase.total
    for index in sorted(phrase.topics - stretch.words):
        word, mode = phrase.words[index]
        near = range(stretch.first - REACH, stretch.last + REACH + 1)
        if any(token.mode == mode and token.place in near for token in places.get(word, ())[:MOST_PLACES]):
            share += phrase.weights[index] / total
    return share


def _tokens(text: Plain) -> Iterator[_Token]:
    """The words that carry meaning; in scripts without spaces, each two neighbouring characters."""
    breaks = _positions(_SENTENCE, text)
    wishes = _positions(_WISH, text)
    next_break, next_wish, place = next(breaks), next(wishes), 0
    mode, until = SAID, -1
    words = text.words[:MOST_WORDS]
    spaced = text.text.isascii()
    for index, word in enumerate(words):
        while word.start >= next_break:
            next_break, place, until = next(breaks), place + BREAK, -1
        place += 1
        while word.start >= next_wish:
            next_wish, mode, until = next(wishes), WISHED, place + SCOPE
        following = words[index + 1] if index + 1 < len(words) else None
        if not spaced and has_no_spaces(word.text):
            if following and following.start == word.end and has_no_spaces(following.text):
                yield _Token(word.text + following.text, SAID, place, word.start, following.end)
            continue
        if is_negation(word.text, words[index - 1].text if index else ""):
            mode, until = DENIED, place + SCOPE
            continue
        sense = meaning(word.text, words[index - 1].text if index else "", following.text if following else "")
        if not sense:
            continue
        now = mode if place <= until else SAID
        if now == DENIED and (opposite := denied_meaning(sense)):
            sense, now = opposite, SAID
        yield _Token(sense, now, place, word.start, word.end)


def _positions(pattern: re.Pattern[str], text: Plain) -> Iterator[int]:
    """Where the matches end, and then a place behind the text."""
    yield from (found.end() for found in pattern.finditer(text.lower))
    yield len(text.lower) + 1
