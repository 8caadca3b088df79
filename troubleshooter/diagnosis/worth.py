"""What a question is worth: the information it gives for its cost, and the minutes of repair it saves."""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from operator import mul

from troubleshooter.diagnosis.agenda import Agenda
from troubleshooter.diagnosis.belief import Case
from troubleshooter.diagnosis.tables import Asking, Cure, divergence

SUPPORT_MINUTES = 180.0
"""What it costs a person when support has to solve the problem."""

BESIDE_A_TRY = 15.0
"""Minutes that a try takes beside the mitigation itself: to find out who may do it, and to see if the error is gone.

They keep what is quick but unlikely behind what is likely.
"""

PLANNED = 24
"""Hypotheses whose mitigations are planned for."""

LOOKED_AT = 3
"""How many of the most informative questions may show that asking still pays."""

TIE = 1e-9
"""Scores that are nearer to each other than this are equal."""


def best_questions(case: Case, askable: Iterable[Asking]) -> Iterator[Asking]:
    """The questions that tell anything, most information for the square root of their cost first.

    What a question can tell at most is known quickly. What it tells is worked out only while it might come next.
    """
    shares = case.belief.shares
    waiting = [(-_score(asking.most_told(shares), asking) - TIE, False, asking.number, asking) for asking in askable]
    heapq.heapify(waiting)
    while waiting:
        _score_or_more, is_exact, number, asking = heapq.heappop(waiting)
        if is_exact:
            yield asking
        elif (score := _score(gain(asking, shares), asking)) > 0:
            heapq.heappush(waiting, (-score, True, number, asking))


def best_between(case: Case, askable: Sequence[Asking], hypotheses: Sequence[int], least: float) -> Asking | None:
    """The question that best tells these hypotheses apart, if one gives at least `least` bits about them."""
    total = math.fsum(case.belief.shares[index] for index in hypotheses)
    shares = [0.0] * len(case.belief.shares)
    for index in hypotheses:
        shares[index] = case.belief.shares[index] / total
    telling = (asking for asking in askable if not asking.spoken.keys().isdisjoint(hypotheses))
    gains = [(asking, gain(asking, shares)) for asking in telling]
    enough = [(asking, bits) for asking, bits in gains if round(bits, 9) >= least]
    return max(enough, key=lambda pair: _score(pair[1], pair[0]))[0] if enough else None


def most_worth(agenda: Agenda) -> Asking | None:
    """The question that saves most minutes beyond what it costs; None where none saves any."""
    plan = Plan(agenda)
    looked_at = list(islice(best_questions(agenda.case, agenda.askable), LOOKED_AT))
    seen = {asking.number for asking in looked_at}
    looked_at += [asking for asking in agenda.askable if asking.number not in seen and plan.decides(asking)]
    nets = [round(plan.saves(asking) - asking.cost, 9) for asking in looked_at]
    best = max(nets, default=0.0)
    return looked_at[nets.index(best)] if best > 0 else None


def is_worth_trying(case: Case, mitigation: str) -> bool:
    """True while support would be expected to cost more minutes than trying this."""
    cures = case.tables.cured_by[mitigation]
    success = math.fsum(case.belief.shares[cure.hypothesis] * case.hope(cure) for cure in cures)
    return round(success * SUPPORT_MINUTES - cures[0].minutes, 9) >= 0


def promise(case: Case, hypothesis: int) -> float:
    """How likely a guide helps with the mitigation to try first, for each minute that this takes from first to last."""
    first = case.mitigation(hypothesis)
    cure = next(cure for cure in case.tables.cures[hypothesis] if cure.mitigation == first)
    return case.belief.shares[hypothesis] * case.hope(cure) / (BESIDE_A_TRY + cure.minutes)


class Plan:
    """The mitigations still open for the leading hypotheses of a case; the rest of the belief is left to support."""

    def __init__(self, agenda: Agenda) -> None:
        case = agenda.case
        self._agenda, self._case, self._told = agenda, case, case.known.choices
        self._hypotheses = case.belief.leading[:PLANNED]
        self._shares = [case.belief.shares[index] for index in self._hypotheses]
        self._rest = max(1 - math.fsum(self._shares), 0.0)
        self._cures = [
            (place, cure)
            for place, index in enumerate(self._hypotheses)
            for cure in case.tables.cures[index]
            if cure.mitigation not in case.known.mitigations
        ]
        self._conditions = tuple(sorted({cure.when.question for _place, cure in self._cures if cure.when}))
        self._deciding = set(self._conditions)
        self._deciding |= agenda.that_open(self._deciding)
        self._hopes: dict[tuple[int, str, str | None], float] = {}
        self._repairs: dict[tuple[str | None, ...], Repairs] = {}
        self._without_asking = self._minutes(self._shares, self._rest, self._told)

    def decides(self, asking: Asking) -> bool:
        """True when the answer, or that to a question it opens, tells which mitigation applies."""
        return asking.question.slug in self._deciding

    def saves(self, asking: Asking) -> float:
        """Minutes of repair that the answer to a question saves on average, with one that it opens where that pays."""
        return self._without_asking - self._minutes_after(asking, self._shares, self._rest, self._told, deeper=True)

    def _minutes_after(
        self, asking: Asking, masses: Sequence[float], rest: float, told: Mapping[str, str], *, deeper: bool
    ) -> float:
        rows = [asking.distribution(index) for index in self._hypotheses]
        expected = []
        columns = zip(asking.question.choices, zip(*rows, strict=True), asking.normal, strict=True)
        for choice, column, normal in columns:
            left, other = list(map(mul, masses, column)), rest * normal
            then = {**told, asking.question.slug: choice.slug}
            ways = [self._minutes(left, other, then)]
            for later in self._agenda.opened_by(asking, choice) if deeper else ():
                cost = later.cost * (math.fsum(left) + other)
                ways.append(cost + self._minutes_after(later, left, other, then, deeper=False))
            expected.append(min(ways))
        return math.fsum(expected)

    def _minutes(self, masses: Sequence[float], rest: float, told: Mapping[str, str]) -> float:
        """As `Repairs.minutes`, of what may cure after these choices."""
        key = tuple(told.get(slug) for slug in self._conditions)
        if key not in self._repairs:
            self._repairs[key] = Repairs((place, cure, self._hope(cure, told)) for place, cure in self._cures)
        return self._repairs[key].minutes(masses, rest)

    def _hope(self, cure: Cure, told: Mapping[str, str]) -> float:
        """As `Case.hope`, worked out once for each answer to the question on which it depends."""
        key = cure.hypothesis, cure.mitigation, told.get(cure.when.question) if cure.when else None
        if key not in self._hopes:
            self._hopes[key] = self._case.hope(cure, told)
        return self._hopes[key]


class Repairs:
    """What may cure some hypotheses: cures by the place of their hypothesis, and how often each works."""

    def __init__(self, cures: Iterable[tuple[int, Cure, float]]) -> None:
        found: dict[tuple[str, float], list[tuple[int, float]]] = {}
        for place, cure, works in cures:
            if works > 0:
                found.setdefault((cure.mitigation, cure.minutes), []).append((place, works))
        self._each = [(minutes, cured) for (_mitigation, minutes), cured in found.items()]

    def minutes(self, masses: Sequence[float], rest: float) -> float:
        """Minutes to a solution when mitigations go in order of success per minute, support last.

        `masses` are the weights of the hypotheses, `rest` that of everything else. They need not add up to 1:
        the result is in proportion to them.
        """
        success = {}
        for number, (minutes, cures) in enumerate(self._each):
            solved = 0.0
            for place, works in cures:
                solved += masses[place] * works
            if (solved / minutes + TIE) * SUPPORT_MINUTES >= rest:  # or support is cheaper even when all else failed
                success[number] = round(solved / minutes, 9)
        left, unsolved, stages = list(masses), math.fsum(masses) + rest, []
        for number in sorted(success, key=success.__getitem__, reverse=True):
            if success[number] * SUPPORT_MINUTES < unsolved:
                break  # support is cheaper than this one, and than all that follow
            spent, cures = self._each[number]
            stages.append((unsolved, spent))
            for place, works in cures:
                cured = left[place] * works
                left[place] -= cured
                unsolved -= cured
        expected = SUPPORT_MINUTES * unsolved
        for reached, spent in reversed(stages):
            expected = min(SUPPORT_MINUTES * reached, spent * reached + expected)
        return expected


def gain(asking: Asking, shares: Sequence[float]) -> float:
    """Bits that the answer tells about which hypothesis, or something else, is true.

    `shares` are those of the hypotheses; what they lack to 1 is something else, which answers normally.
    Silent hypotheses answer normally too, so only the speakers have to be looked at.
    """
    return asking.most_told(shares) - divergence(asking.expected(shares), asking.normal)


def _score(bits: float, asking: Asking) -> float:
    return round(bits / math.sqrt(asking.cost), 9)
