"""What outcomes say against the curators: a word about an answer or a fix that people's cases do not bear out.

Nothing is changed by it. A curator reads it and decides, since the people who report are not all people: whoever
answers as a guide expects comes to that guide more often. So a word stands for a range of shares, and it is only said
to be wrong when any share would explain what was seen much better than that range.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from troubleshooter.diagnosis.belief import Case, weigh
from troubleshooter.diagnosis.learning import Vote, before_the_fix, grouped, helped, learned, taught
from troubleshooter.diagnosis.model import Model, Word
from troubleshooter.diagnosis.tables import LAPSE, SHARE_OF_WORD, Asking, Tables, compiled

CLEARLY = 10.0
"""How many times better "any share" must explain what was seen than the word does (a Bayes factor)."""

WORTH_OF_A_WORD = 12.0
"""How many cases one word weighs as much as: with more, it would stand for a narrower range."""

FEWEST = 10.0
"""Weighted cases below which nothing is said."""

PLAIN = 0.5
"""A fix is judged by cases in which its guide was at least this likely: else it was the wrong guide that failed."""


@dataclass(frozen=True)
class Contradiction:
    """One word that does not fit what was seen, about a choice (`question`, `choice`) or a fix (`mitigation`)."""

    guide: str
    """Reference of the guide whose word it is, or which says nothing so that the normal answer holds."""
    word: Word
    fits: Word
    """The word that is nearest to what was seen."""
    seen: float
    """Weighted cases in which the answer was given, or the fix worked."""
    of: float
    """Weighted cases in which the question was answered, or the fix was tried."""
    question: str = ""
    choice: str = ""
    mitigation: str = ""


@dataclass
class _Tally:
    """Weighted cases by what was said; sums are exact, so that their order does not matter."""

    parts: dict[str, list[float]] = field(default_factory=dict)

    def add(self, what: str, weight: float) -> None:
        self.parts.setdefault(what, []).append(weight)

    def of(self, what: str) -> float:
        return math.fsum(self.parts.get(what, ()))

    @property
    def total(self) -> float:
        return math.fsum(part for parts in self.parts.values() for part in parts)


def contradictions(model: Model, votes: Iterable[Vote]) -> tuple[Contradiction, ...]:
    """Words that the votes contradict, by guide and question in curator order, then by fix; one for each of these.

    The model is taken as the curators state it. How common problems are is learned from the votes first, so that a
    wrong word about that is not blamed on others.
    """
    said = list(votes)
    current = taught(model, learned(model, said))
    tables = compiled(current)
    found: list[Contradiction | None] = []
    for (index, slug), tally in _answers(current, [vote for vote in said if vote.worked]).items():
        found.append(_about_answers(tables, index, tables.asking[slug], tally))
    for (index, mitigation), tally in _fixes(current, said).items():
        found.append(_about_fix(tables, index, mitigation, tally))

    def place(row: Contradiction) -> tuple[int, int, str]:
        number = tables.asking[row.question].number if row.question else len(tables.asking)
        return tables.index[row.guide], number, row.mitigation

    return tuple(sorted((row for row in found if row), key=place))


def _answers(model: Model, votes: Sequence[Vote]) -> dict[tuple[int, str], _Tally]:
    """By hypothesis and question: the choices of those for whom a fix of it worked.

    Whose fix it was where several guides share it is judged by the whole evidence, the counted answer included. That
    finds less, and blames no guide for the answers of another.
    """
    tallies: dict[tuple[int, str], _Tally] = {}
    for (evidence, mitigation), weight in grouped(votes):
        before = before_the_fix(evidence, mitigation)
        parts = helped(model, before, mitigation)
        for fact in weigh(model, before).known.answers:
            for hypothesis, part in parts.items():
                tallies.setdefault((hypothesis, fact.value), _Tally()).add(fact.detail, weight * part)
    return tallies


def _fixes(model: Model, votes: Sequence[Vote]) -> dict[tuple[int, str], _Tally]:
    """By hypothesis and mitigation: how often it worked for those who very likely had that problem."""
    tallies: dict[tuple[int, str], _Tally] = {}
    for worked in (True, False):
        for (evidence, mitigation), weight in grouped([vote for vote in votes if vote.worked is worked]):
            case = weigh(model, before_the_fix(evidence, mitigation))
            for hypothesis, part in _had_it(case, mitigation, worked=worked):
                tallies.setdefault((hypothesis, mitigation), _Tally()).add(str(worked), weight * part)
    return tallies


def _had_it(case: Case, mitigation: str, *, worked: bool) -> Iterator[tuple[int, float]]:
    """Hypotheses that were plainly the likeliest, and how likely each was once it is known whether the fix worked.

    Where a fix applies only after some answer, cases without that answer do not count.
    """
    cures = case.tables.cured_by.get(mitigation, ())
    shares, choices = case.belief.shares, case.known.choices
    works = math.fsum(shares[cure.hypothesis] * cure.success(choices) for cure in cures)
    for cure in cures:
        success = cure.success(choices)
        if shares[cure.hypothesis] >= PLAIN and success == cure.works:
            after = success / works if worked else (1 - success) / (1 - works)
            yield cure.hypothesis, shares[cure.hypothesis] * after


def _about_answers(tables: Tables, index: int, asking: Asking, tally: _Tally) -> Contradiction | None:
    """The word about one of the choices that fits worst, if one does not fit."""
    guide, question = tables.model.hypotheses[index], asking.question
    stated, of = guide.expects.get(question.slug), tally.total
    if of < FEWEST:
        return None
    worst: tuple[float, Contradiction] | None = None
    for place, choice in enumerate(question.choices):
        word = stated.get(choice.slug) if stated else choice.normal
        if word is None:
            continue
        seen = tally.of(choice.slug)
        against = _against(asking.distribution(index)[place], seen, of)
        fits = _nearest((seen / of - LAPSE / len(question.choices)) / (1 - LAPSE))
        if against > (worst[0] if worst else CLEARLY) and fits is not word:
            worst = against, Contradiction(guide.reference, word, fits, seen, of, question.slug, choice.slug)
    return worst[1] if worst else None


def _about_fix(tables: Tables, index: int, reference: str, tally: _Tally) -> Contradiction | None:
    guide = tables.model.hypotheses[index]
    word = next(remedy.works for remedy in guide.remedies if remedy.mitigation == reference)
    seen, of = tally.of(str(True)), tally.total
    if of < FEWEST:
        return None
    fits = _nearest(seen / of)
    if _against(SHARE_OF_WORD[word], seen, of) <= CLEARLY or fits is word:
        return None
    return Contradiction(guide.reference, word, fits, seen, of, mitigation=reference)


def _against(share: float, seen: float, of: float) -> float:
    """How many times better an unknown share explains the count than one near the share a word stands for."""
    yes, no = WORTH_OF_A_WORD * share, WORTH_OF_A_WORD * (1 - share)
    under_word = _log_beta(yes + seen, no + of - seen) - _log_beta(yes, no)
    return math.exp(min(_log_beta(1 + seen, 1 + of - seen) - under_word, 700.0))


def _log_beta(one: float, other: float) -> float:
    return math.lgamma(one) + math.lgamma(other) - math.lgamma(one + other)


def _nearest(share: float) -> Word:
    return min(Word, key=lambda word: abs(SHARE_OF_WORD[word] - share))
