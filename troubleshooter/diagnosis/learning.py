"""What outcomes teach: how common each problem is. What people answer and how well a fix works is never changed by it.

Only a fix that worked tells which problem somebody had. It counts for all guides that share the fix, for each as far
as the evidence and its chance of working there say so. A fix that failed, or was not possible, counts for no guide:
what it says is in the evidence already, and the same person may well be counted when the next fix works.

The result stays within a quarter and four times the curator's word, however many people say what is not true.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from troubleshooter.diagnosis.belief import weigh
from troubleshooter.diagnosis.frequency import how_common, within_bounds
from troubleshooter.diagnosis.model import Evidence, Fact, Kind, Model, is_grounded

WORTH_OF_WORDS = 20.0
"""How many solved cases the curators' words about how common all problems are weigh as much as.

Found with simulated people; after some hundred cases half or twice as many make no difference.
"""

PRECISION = 6
"""Decimals of a factor, so that the same outcomes give the same factor on every machine."""


@dataclass(frozen=True)
class Vote:
    """What became of one mitigation, as one person reports it."""

    guide: str
    """Reference of the guide that was read."""
    mitigation: str
    worked: bool
    """False: the same error came again. A new error, or a fix that could not be done, is no vote."""
    evidence: Evidence
    """What was known when the mitigation was offered."""
    weight: float = 1.0
    """0 to 1: less for what happened long ago."""

    @property
    def known(self) -> Evidence:
        """The evidence; where it holds neither an observation nor an answer, that somebody read the guide is a hint.

        So it is behind a ticket link, and where a guide was opened directly. Otherwise the evidence led to the guide,
        and to count that again would count the evidence twice.
        """
        if is_grounded(self.evidence):
            return self.evidence
        return self.evidence | {Fact(Kind.ABOUT, self.guide)}


@dataclass(frozen=True)
class Learned:
    """What outcomes say about how common one problem is."""

    factor: float
    """How many times commoner than stated: a quarter to four, exactly 1 without votes."""
    votes: float
    """Weighted cases it rests on; a case may count for several guides in part."""


def learned(model: Model, votes: Iterable[Vote], kept: Collection[str] = ()) -> Mapping[str, Learned]:
    """By reference, for every guide that can be the answer.

    The model is taken as the curators state it (every `Guide.learned` is 1). The order of the votes does not matter;
    those for a mitigation that no guide uses any more count for nobody. `kept` are references of guides for which the
    stated word counts: what is said about them is told, and all others stand as if nobody had said it.
    """
    stated = how_common(model.hypotheses)
    counts = _solved_cases(model, [vote for vote in votes if vote.worked])
    cases = math.fsum(counts)
    ratios = [
        (WORTH_OF_WORDS * share + count) / (WORTH_OF_WORDS + cases) / share if cases else 1.0
        for share, count in zip(stated, counts, strict=True)
    ]
    factors = within_bounds(stated, ratios)
    others = [place for place, guide in enumerate(model.hypotheses) if guide.reference not in kept]
    among_others = within_bounds([stated[place] for place in others], [ratios[place] for place in others])
    for place, factor in zip(others, among_others, strict=True):
        factors[place] = factor
    return {
        guide.reference: Learned(round(factor, PRECISION), round(count, PRECISION))
        for guide, factor, count in zip(model.hypotheses, factors, counts, strict=True)
    }


def taught(model: Model, rows: Mapping[str, Learned]) -> Model:
    """The model with what was learned."""
    factors = {reference: row.factor for reference, row in rows.items()}
    guides = tuple(replace(guide, learned=factors.get(guide.reference, 1.0)) for guide in model.guides)
    return replace(model, guides=guides)


def _solved_cases(model: Model, votes: Sequence[Vote]) -> list[float]:
    """By hypothesis: weighted cases that the votes were about."""
    counts: list[list[float]] = [[] for _guide in model.hypotheses]
    for case, weight in grouped(votes):
        for hypothesis, part in helped(model, *case).items():
            counts[hypothesis].append(weight * part)
    return [math.fsum(parts) for parts in counts]


def grouped(votes: Sequence[Vote]) -> Iterator[tuple[tuple[Evidence, str], float]]:
    """What was known and the mitigation of the votes, each once with the sum of their weights."""
    weights: dict[tuple[Evidence, str], list[float]] = {}
    for vote in votes:
        if vote.weight > 0:
            weights.setdefault((vote.known, vote.mitigation), []).append(vote.weight)
    return ((case, math.fsum(parts)) for case, parts in weights.items())


def helped(model: Model, evidence: Evidence, mitigation: str) -> dict[int, float]:
    """By hypothesis: how likely it was the problem of somebody whom the mitigation helped; empty if it cures none."""
    case = weigh(model, before_the_fix(evidence, mitigation))
    cures = case.tables.cured_by.get(mitigation, ())
    parts = {cure.hypothesis: case.belief.shares[cure.hypothesis] * cure.success(case.known.choices) for cure in cures}
    total = math.fsum(parts.values())
    return {hypothesis: part / total for hypothesis, part in parts.items()} if total else {}


def before_the_fix(evidence: Evidence, mitigation: str) -> Evidence:
    """What was known before this mitigation was tried for the first time."""
    return frozenset(fact for fact in evidence if (fact.kind, fact.value) != (Kind.TRIED, mitigation))
