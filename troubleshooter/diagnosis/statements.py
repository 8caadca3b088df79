"""What each statement of a guide does, and which one more would help most, in words for its curator."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from troubleshooter.diagnosis.model import Choice, Guide, Model, Question, Word
from troubleshooter.diagnosis.overlap import ALIKE, Overlaps, Own, alike, in_group, needs_telling_apart, says
from troubleshooter.diagnosis.tables import SHARE_OF_WORD, Asking, Distribution, Tables, answers_of, compiled

CLEARLY = 0.05
"""A statement separates two guides when it takes at least this part of what their answers have in common.

For a question with two answers "half and half" against "nine of ten" takes twice this, "always" against "usually" less.
"""

HARDLY = 0.01
"""A statement that takes less than this does nothing."""

FEWEST_STATEMENTS = 3
"""A guide that answers fewer questions says too little for people without an error text."""

MOST_TITLES = 2

SUGGESTED_WORDS = (Word.USUALLY, Word.RARELY)
"""In the order in which they are preferred. The stronger words would always separate more, but only the curator
knows whether they are true; "sometimes" always separates less than one of these."""

LARGEST_SUM = 1.2
"""A word is not suggested where the stated shares of its question would add up to more: they could not all be true."""

SMALLEST_SUM = 0.8
"""Nor where every answer would have a word and they added up to less."""


@dataclass(frozen=True)
class Effect:
    """What a guide's statement about one question does."""

    question: str
    """The slug."""
    sentence: str
    separates: tuple[str, ...]
    """References of the guides it tells this one apart from, those first whose overlap with it falls most."""


@dataclass(frozen=True)
class Suggestion:
    """One word that a guide does not say yet."""

    question: str
    choice: str
    word: Word
    apart_from: tuple[str, ...]
    """References of the guides it would tell this one apart from, in curator order."""
    sentence: str


def effects(model: Model, reference: str) -> Mapping[str, Effect]:
    """By question, for every question of the model; empty for a fork and for a guide that is not in the model."""
    tables = compiled(model)
    hypothesis = tables.index.get(reference)
    if hypothesis is None:
        return {}
    overlaps, own = Overlaps(tables), says(tables, hypothesis)
    row = overlaps.row(own)
    return {slug: _effect(tables, hypothesis, asking, overlaps, own, row) for slug, asking in tables.asking.items()}


def most_helpful(model: Model, reference: str) -> Suggestion | None:
    """The word that takes most of the overlap with the guides that this one is not told apart from yet.

    A guide that says too little is compared with all others. None for a fork, for a guide that is not in the model,
    for one that says enough to be told apart from all others, and where nothing helps.
    """
    tables = compiled(model)
    hypothesis = tables.index.get(reference)
    if hypothesis is None:
        return None
    overlaps, own = Overlaps(tables), says(tables, hypothesis)
    row = overlaps.row(own)
    twins = _alike(model, hypothesis, row, above=ALIKE)
    if not twins and len(own) < FEWEST_STATEMENTS:
        twins = _alike(model, hypothesis, row, above=0.0)
    best: _Try | None = None
    for asking in tables.asking.values() if twins else ():
        tried = _best_about(asking, overlaps.group(asking), own, model.guide[reference], twins)
        if tried and (best is None or tried.fall > best.fall):
            best = tried
    return _suggestion(model, twins, best) if best else None


class _Kept:
    """What part of its overlap with each hypothesis a guide keeps when it says something else in one group."""

    def __init__(self, now: tuple[float, Mapping[int, float]], then: tuple[float, Mapping[int, float]]) -> None:
        self._silent = then[0] / now[0]
        self._speaking = {hypothesis: overlap / now[1][hypothesis] for hypothesis, overlap in then[1].items()}

    def of(self, hypothesis: int) -> float:
        return self._speaking.get(hypothesis, self._silent)

    def clearly(self, hypotheses: Iterable[int]) -> Iterator[int]:
        """Those of the hypotheses from which the guide is then separated."""
        return (index for index in hypotheses if round(1 - self.of(index), 9) >= CLEARLY)

    def fall(self, overlaps: Mapping[int, float]) -> float:
        """How much less these overlaps add up to."""
        speaking = [index for index in self._speaking if index in overlaps]
        before = math.fsum(overlaps[index] for index in speaking)
        after = math.fsum(overlaps[index] * self._speaking[index] for index in speaking)
        return before - after + (math.fsum(overlaps.values()) - before) * (1 - self._silent)


@dataclass(frozen=True)
class _Try:
    """One word that could be added, and what it would do."""

    question: Question
    choice: Choice
    word: Word
    kept: _Kept
    fall: float


def _effect(
    tables: Tables, hypothesis: int, asking: Asking, overlaps: Overlaps, own: Own, row: Sequence[float]
) -> Effect:
    slug, guides = asking.question.slug, tables.model.hypotheses
    if slug not in own:
        return Effect(slug, "Says nothing. People with this problem answer as anybody would.", ())
    group = overlaps.group(asking)
    without = {question: shares for question, shares in own.items() if question != slug}
    change = _Kept(in_group(group, without), in_group(group, own))
    others = [index for index in range(len(guides)) if index != hypothesis]
    falls = {index: round(row[index] / change.of(index) - row[index], 9) for index in change.clearly(others)}
    separated = sorted(falls, key=lambda index: (-falls[index], index))
    if separated:
        sentence = f"Separates this guide from {titles([guides[index] for index in separated])}."
    else:
        sentence = _separating_nothing(asking, hypothesis, [change.of(index) for index in others])
    return Effect(slug, sentence, tuple(guides[index].reference for index in separated))


def _separating_nothing(asking: Asking, hypothesis: int, kept: Sequence[float]) -> str:
    """What to say of a statement that separates the guide from no other; `kept` is what it leaves of each overlap."""
    if not kept:
        return "Changes nothing: there is no other guide."
    mine = asking.spoken[hypothesis]
    same = sum(_is_same(mine, shares) for index, shares in asking.spoken.items() if index != hypothesis)
    agreeing = "1 guide says the same" if same == 1 else f"{same} guides say the same"
    if any(round(abs(1 - part), 9) >= HARDLY for part in kept):
        return f"Separates this guide from no other: {agreeing}." if same else "Separates this guide from no other."
    if not _is_same(mine, asking.normal):
        return "Changes nothing: another question of the same group tells more."
    return f"Changes nothing: {agreeing}." if same else "Changes nothing: anybody would answer so."


def _is_same(one: Distribution, other: Distribution) -> bool:
    return round(1 - alike(one, other), 9) < HARDLY


def _alike(model: Model, hypothesis: int, row: Sequence[float], *, above: float) -> dict[int, float]:
    """The hypotheses to tell this one apart from that overlap more than so much with it, and how much they do."""
    guides = model.hypotheses
    return {
        index: overlap
        for index, overlap in enumerate(row)
        if index != hypothesis and overlap > above and needs_telling_apart(guides[hypothesis], guides[index])
    }


def _best_about(
    asking: Asking, group: Sequence[Asking], own: Own, guide: Guide, twins: Mapping[int, float]
) -> _Try | None:
    """The best word to add about one question; a word that is preferred less only where the others separate nothing."""
    question, now = asking.question, in_group(group, own)
    for word in SUGGESTED_WORDS:
        tries: list[_Try] = []
        for choice, together in _possible(question, guide, word):
            then = in_group(group, {**own, question.slug: answers_of(question, together)})
            kept = _Kept(now, then)
            tries.append(_Try(question, choice, word, kept, round(kept.fall(twins), 9)))
        for tried in sorted(tries, key=lambda tried: -tried.fall):
            if tried.fall > 0 and any(True for _twin in tried.kept.clearly(twins)):
                return tried
    return None


def _possible(question: Question, guide: Guide, word: Word) -> Iterator[tuple[Choice, Mapping[str, Word]]]:
    """The choices to which the guide could add this word, each with all that it would then say about the question."""
    stated = {choice.slug: guide.expects.get(question.slug, {}).get(choice.slug) for choice in question.choices}
    words = {slug: known for slug, known in stated.items() if known}
    for choice in question.choices:
        together = {**words, choice.slug: word}
        total = math.fsum(SHARE_OF_WORD[known] for known in together.values())
        is_whole = len(together) == len(question.choices)
        if choice.slug not in words and total <= LARGEST_SUM and (total >= SMALLEST_SUM or not is_whole):
            yield choice, together


def _suggestion(model: Model, twins: Mapping[int, float], best: _Try) -> Suggestion:
    apart = [index for index, overlap in twins.items() if overlap > ALIKE >= overlap * best.kept.of(index)]
    guides = [model.hypotheses[index] for index in apart or best.kept.clearly(twins)]
    helps = "tells" if apart else "helps to tell"
    sentence = (
        f"Say what people answer to “{best.question.text}”: “{best.choice.text}” {best.word}. "
        f"That {helps} this guide apart from {titles(guides)}."
    )
    return Suggestion(
        best.question.slug, best.choice.slug, best.word, tuple(guide.reference for guide in guides), sentence
    )


def titles(guides: Sequence[Guide]) -> str:
    """The titles of some guides, of many only the first ones."""
    named = [f"“{guide.title}”" for guide in guides[:MOST_TITLES]]
    rest = len(guides) - len(named)
    if rest:
        named = [", ".join(named), "1 other" if rest == 1 else f"{rest} others"]
    return " and ".join(named)
