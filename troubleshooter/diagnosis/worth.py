"""What a question is worth: the information it gives for its cost, and the minutes of repair it saves."""

from __future__ import annotations

import math
from collections.abc import Sequence
from operator import mul

from troubleshooter.diagnosis.belief import Case
from troubleshooter.diagnosis.tables import Asking, entropy

SUPPORT_MINUTES = 180.0
"""What it costs a person when support has to solve the problem."""

PLANNED = 24
"""Hypotheses whose mitigations are planned for."""


def best_questions(case: Case, askable: Sequence[Asking]) -> list[Asking]:
    """The questions that tell anything, most information for the square root of their cost first."""
    shares = case.belief.shares
    scores = {asking.number: _score(gain(asking, shares), asking) for asking in askable}
    ranked = sorted(askable, key=lambda asking: -scores[asking.number])
    return [asking for asking in ranked if scores[asking.number] > 0]


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


class Plan:
    """The mitigations still open for the leading hypotheses of a case; the rest of the belief is left to support."""

    def __init__(self, case: Case) -> None:
        self._hypotheses = case.belief.leading[:PLANNED]
        self._shares = [case.belief.shares[index] for index in self._hypotheses]
        self._rest = max(1 - math.fsum(self._shares), 0.0)
        cures: dict[str, dict[int, float]] = {}
        minutes: dict[str, float] = {}
        for place, index in enumerate(self._hypotheses):
            for cure in case.tables.cures[index]:
                if hope := case.known.hope(cure):
                    cures.setdefault(cure.mitigation, {})[place] = hope
                    minutes[cure.mitigation] = cure.minutes
        self._minutes = list(minutes.values())
        self._cures = [list(cured.items()) for cured in cures.values()]
        self._rows = [
            [cured.get(place, 0.0) / minutes[mitigation] for place in range(len(self._shares))]
            for mitigation, cured in cures.items()
        ]
        self._without_asking = self._expected_minutes(self._shares, self._rest)

    def pays(self, asking: Asking) -> bool:
        """True when the answer saves more minutes of repair, on average, than the question costs."""
        return round(self.saves(asking) - asking.cost, 9) > 0

    def saves(self, asking: Asking) -> float:
        """Minutes of repair that the answer to a question saves on average."""
        rows = [asking.distribution(index) for index in self._hypotheses]
        after = math.fsum(
            self._expected_minutes(list(map(mul, self._shares, column)), self._rest * normal)
            for column, normal in zip(zip(*rows, strict=True), asking.normal, strict=True)
        )
        return self._without_asking - after

    def _expected_minutes(self, masses: Sequence[float], rest: float) -> float:
        """Minutes to a solution when mitigations go in order of success per minute, support last.

        `masses` are the weights of the hypotheses, `rest` that of everything else. They need not add up to 1:
        the result is in proportion to them.
        """
        success = [round(sum(map(mul, masses, row)), 9) for row in self._rows]
        left, unsolved, stages = list(masses), math.fsum(masses) + rest, []
        for number in sorted(range(len(success)), key=success.__getitem__, reverse=True):
            if success[number] * SUPPORT_MINUTES < unsolved:
                break  # support is cheaper than this one, and than all that follow
            stages.append((unsolved, self._minutes[number]))
            for place, works in self._cures[number]:
                cured = left[place] * works
                left[place] -= cured
                unsolved -= cured
        minutes = SUPPORT_MINUTES * unsolved
        for reached, spent in reversed(stages):
            minutes = min(SUPPORT_MINUTES * reached, spent * reached + minutes)
        return minutes


def gain(asking: Asking, shares: Sequence[float]) -> float:
    """Bits that the answer tells about which hypothesis, or something else, is true.

    `shares` are those of the hypotheses; what they lack to 1 is something else, which answers normally.
    Silent hypotheses answer normally too, so only the speakers have to be looked at.
    """
    masses = asking.masses(shares)
    told: float = sum(map(mul, masses, asking.entropies))
    return entropy(asking.expected(masses)) - asking.normal_entropy - told


def _score(bits: float, asking: Asking) -> float:
    return round(bits / math.sqrt(asking.cost), 9)
