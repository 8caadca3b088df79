"""What a question is worth: the information it gives for its cost, and the minutes of repair it saves."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from troubleshooter.diagnosis.belief import Belief, Case, applies
from troubleshooter.diagnosis.tables import SHARE_OF_WORD, Asking, Tables, entropy

SUPPORT_MINUTES = 180.0
"""What it costs a person when support has to solve the problem."""

HEAVIEST = 250
"""Hypotheses looked at to rank the questions; with more guides the best questions are counted again in full."""

RECOUNTED = 10
REPAIRED = 50
"""Hypotheses whose mitigations are planned for; the rest of the belief counts as left to support."""


def best_questions(case: Case, askable: Sequence[Asking]) -> list[Asking]:
    """The questions that tell anything, most information for the square root of their cost first."""
    gains = _gains(case.tables, case.belief, askable)
    ranked = sorted(askable, key=lambda asking: -_score(gains[asking.number], asking))
    if len(case.belief.shares) > HEAVIEST:
        first = ranked[:RECOUNTED]
        gains |= {asking.number: gain(asking, enumerate(case.belief.shares), case.belief.other) for asking in first}
        ranked = sorted(first, key=lambda asking: (-_score(gains[asking.number], asking), asking.number))
    return [asking for asking in ranked if _score(gains[asking.number], asking) > 0]


def best_between(case: Case, askable: Sequence[Asking], hypotheses: Sequence[int], least: float) -> Asking | None:
    """The question that best tells these hypotheses apart, if one gives at least `least` bits about them."""
    total = math.fsum(case.belief.shares[index] for index in hypotheses)
    shares = [(index, case.belief.shares[index] / total) for index in hypotheses]
    gains = [(asking, gain(asking, shares, 0.0)) for asking in askable]
    telling = [(asking, bits) for asking, bits in gains if round(bits, 9) >= least]
    return max(telling, key=lambda pair: _score(pair[1], pair[0]))[0] if telling else None


def gain(asking: Asking, shares: Iterable[tuple[int, float]], other: float) -> float:
    """Bits that the answer tells about which of these hypotheses, or something else, is true."""
    mixed, expected = [other * part for part in asking.normal], other * asking.normal_entropy
    for index, share in shares:
        for place, part in enumerate(asking.distribution(index)):
            mixed[place] += share * part
        expected += share * asking.entropies.get(index, asking.normal_entropy)
    return entropy(mixed) - expected


@dataclass(frozen=True)
class Plan:
    """The mitigations still open, and which hypotheses each may cure.

    Hypotheses are named by their place in `hypotheses`; `minutes` and `cures` have one entry per mitigation.
    """

    hypotheses: tuple[int, ...]
    minutes: tuple[float, ...]
    cures: tuple[tuple[tuple[int, float], ...], ...]

    def expected_minutes(self, masses: Sequence[float], rest: float) -> float:
        """Minutes to a solution when mitigations go in order of success per minute, support last.

        `masses` are the weights of the hypotheses, `rest` that of everything else. They need not add up
        to 1: the result is in proportion to them.
        """
        success = [math.fsum(masses[place] * works for place, works in cured) for cured in self.cures]
        order = sorted(range(len(success)), key=lambda number: -round(success[number] / self.minutes[number], 9))
        left, unsolved, stages = list(masses), math.fsum(masses) + rest, []
        for number in order:
            stages.append((unsolved, self.minutes[number]))
            for place, works in self.cures[number]:
                cured = left[place] * works
                left[place] -= cured
                unsolved -= cured
        minutes = SUPPORT_MINUTES * unsolved
        for reached, spent in reversed(stages):
            minutes = min(SUPPORT_MINUTES * reached, spent * reached + minutes)
        return minutes


def plan(case: Case) -> Plan:
    """The plan of repair for the heaviest hypotheses of a case."""
    model, known = case.tables.model, case.known
    hypotheses = case.belief.order[:REPAIRED]
    cures: dict[str, list[tuple[int, float]]] = {}
    for place, index in enumerate(hypotheses):
        for remedy in case.hypotheses[index].remedies:
            if remedy.mitigation not in known.mitigations and applies(remedy, known.choices):
                cures.setdefault(remedy.mitigation, []).append((place, SHARE_OF_WORD[remedy.works]))
    used = [mitigation for mitigation in model.mitigations if mitigation.reference in cures]
    return Plan(
        hypotheses=hypotheses,
        minutes=tuple(max(mitigation.minutes, 1.0) for mitigation in used),
        cures=tuple(tuple(cures[mitigation.reference]) for mitigation in used),
    )


def saves(case: Case, plan: Plan, asking: Asking) -> float:
    """Minutes of repair that the answer to a question saves on average."""
    shares = [case.belief.shares[index] for index in plan.hypotheses]
    rest = max(1 - math.fsum(shares), 0.0)
    spoken = [asking.distribution(index) for index in plan.hypotheses]
    after = math.fsum(
        plan.expected_minutes([share * row[place] for share, row in zip(shares, spoken, strict=True)], rest * normal)
        for place, normal in enumerate(asking.normal)
    )
    return plan.expected_minutes(shares, rest) - after


def pays(case: Case, plan: Plan, asking: Asking) -> bool:
    """True when a question saves more minutes than it costs."""
    return round(saves(case, plan, asking) - asking.cost, 9) > 0


def _gains(tables: Tables, belief: Belief, askable: Sequence[Asking]) -> dict[int, float]:
    """Bits per question number, counted over the heaviest hypotheses; the others count as silent."""
    mixed = {asking.number: [0.0] * len(asking.normal) for asking in askable}
    spoken = dict.fromkeys(mixed, 0.0)
    expected = dict.fromkeys(mixed, 0.0)
    for index in belief.order[:HEAVIEST]:
        share = belief.shares[index]
        for number, distribution, bits in tables.statements[index]:
            if number in mixed:
                row = mixed[number]
                for place, part in enumerate(distribution):
                    row[place] += share * part
                spoken[number] += share
                expected[number] += share * bits
    gains = {}
    for asking in askable:
        number = asking.number
        silent = max(1 - spoken[number], 0.0)
        row = [part + silent * normal for part, normal in zip(mixed[number], asking.normal, strict=True)]
        gains[number] = entropy(row) - expected[number] - silent * asking.normal_entropy
    return gains


def _score(bits: float, asking: Asking) -> float:
    return round(bits / math.sqrt(asking.cost), 9)
