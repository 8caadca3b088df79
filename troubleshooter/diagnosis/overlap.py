"""How alike the answers to two guides are: 1 where no question differs, near 0 where the answers tell them apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import sqrt
from operator import mul

from troubleshooter.diagnosis.model import Guide
from troubleshooter.diagnosis.tables import Asking, Distribution, Tables

ALIKE = 0.8
"""Two guides whose answers overlap this much (Bhattacharyya, 0 to 1) are not told apart."""

Own = Mapping[str, Distribution]
"""What one guide says, by question; it answers normally to all others."""


class Overlaps:
    """How alike any guide is to every hypothesis of a model. One question of a group counts, the most telling one."""

    def __init__(self, tables: Tables) -> None:
        self._groups: dict[str, list[Asking]] = {}
        for asking in tables.asking.values():
            self._groups.setdefault(asking.question.family, []).append(asking)
        self._silent = {name: in_group(group, {}) for name, group in self._groups.items()}
        self._row_of_silent = [1.0] * len(tables.model.hypotheses)
        for _still, spoken in self._silent.values():
            for hypothesis, overlap in spoken.items():
                self._row_of_silent[hypothesis] *= overlap

    def row(self, own: Own) -> list[float]:
        """By hypothesis: how much its answers overlap with those of a guide that says this."""
        row, with_silent = list(self._row_of_silent), 1.0
        for name, group in self._groups.items():
            if any(asking.question.slug in own for asking in group):
                _still, before = self._silent[name]
                still, spoken = in_group(group, own)
                with_silent *= still
                for hypothesis, overlap in spoken.items():
                    row[hypothesis] *= overlap / before[hypothesis] / still
        return [with_silent * overlap for overlap in row]

    def group(self, asking: Asking) -> Sequence[Asking]:
        """The questions of which only one counts, this one included."""
        return self._groups[asking.question.family]


def says(tables: Tables, hypothesis: int) -> dict[str, Distribution]:
    """What a hypothesis says, by question."""
    return {slug: asking.spoken[hypothesis] for slug, asking in tables.asking.items() if hypothesis in asking.spoken}


def alike(one: Distribution, other: Distribution) -> float:
    """The Bhattacharyya coefficient of two distributions over the same choices."""
    return sum(map(sqrt, map(mul, one, other)))


def in_group(group: Sequence[Asking], own: Own) -> tuple[float, dict[int, float]]:
    """The overlap in one group of questions: with a hypothesis that is silent there, and with each that speaks."""
    found: list[tuple[float, dict[int, float]]] = []
    for asking in group:
        mine = own.get(asking.question.slug, asking.normal)
        likeness = {shares: alike(mine, shares) for shares in set(asking.spoken.values())}  # many say the same
        by_speaker = {hypothesis: likeness[shares] for hypothesis, shares in asking.spoken.items()}
        found.append((alike(mine, asking.normal), by_speaker))
    if len(found) == 1:
        return found[0]
    speakers = dict.fromkeys(hypothesis for _still, spoken in found for hypothesis in spoken)
    best = {speaker: min(spoken.get(speaker, still) for still, spoken in found) for speaker in speakers}
    return min(still for still, _spoken in found), best


def needs_telling_apart(one: Guide, other: Guide) -> bool:
    """False for two guides that begin with the same mitigation: whoever takes one for the other loses nothing."""
    return first_fix(one) != first_fix(other)


def first_fix(guide: Guide) -> str:
    """The reference of the mitigation that a guide names first; "" where it has none."""
    return guide.remedies[0].mitigation if guide.remedies else ""
