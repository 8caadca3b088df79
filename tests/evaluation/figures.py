"""The shape of everything that is measured: figures with limits, in sections, compared with what was last kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

MOST_CASES = 20
"""Cases that are printed below a figure that fails; the stored report has them all."""


@dataclass(frozen=True)
class Figure:
    """One number. `name` is unique in its section and stays the same, since what was kept is found by it."""

    name: str
    value: float
    unit: str = ""
    """Written behind the value: "%", "min", "ms", "questions"."""
    limit: float | None = None
    """The worst value that passes."""
    goal: float | None = None
    """What we would like to reach; missing it fails nothing."""
    more_is_better: bool = False
    cases: tuple[str, ...] = ()
    """Names of the texts, people or guides that make it as bad as it is."""
    slack: float | None = None
    """How much worse than what was last kept it may be; None where it is not compared (times, for instance)."""

    def is_worse_than(self, bound: float) -> bool:
        return self.value < bound - 1e-6 if self.more_is_better else self.value > bound + 1e-6

    def failures(self, kept: Kept | None) -> list[str]:
        """Why the figure fails, in sentences; empty where it passes."""
        found = []
        if self.limit is not None and self.is_worse_than(self.limit):
            found.append(f"{self.name} is {self.written}, the limit is {_number(self.limit)}.{_list(self.cases)}")
        if kept and self.slack is not None:
            sign = -1 if self.more_is_better else 1
            if self.is_worse_than(kept.value + sign * self.slack):
                new = tuple(case for case in self.cases if case not in kept.cases)
                found.append(f"{self.name} is {self.written}, it was {_number(kept.value)}.{_list(new)}")
        return found

    @property
    def written(self) -> str:
        return f"{_number(self.value)} {self.unit}".strip()

    def as_dict(self) -> dict[str, object]:
        return {
            "value": round(self.value, 6),
            "unit": self.unit,
            "limit": self.limit,
            "goal": self.goal,
            "cases": list(self.cases),
        }


@dataclass(frozen=True)
class Kept:
    """What a figure was when it was last kept."""

    value: float
    cases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    """What one module measured."""

    title: str
    figures: tuple[Figure, ...]
    table: str = ""
    """Anything worth printing that is no single number."""

    def as_text(self) -> str:
        width = max((len(figure.name) for figure in self.figures), default=0)
        lines = [self.title]
        lines += [f"  {figure.name:{width}}  {figure.written:>14}{_bounds(figure)}" for figure in self.figures]
        lines += [f"  {line}".rstrip() for line in self.table.splitlines()]
        return "\n".join(lines)

    def failures(self, kept: Mapping[str, Kept]) -> list[str]:
        """In sentences; `kept` by name of the figure."""
        return [why for figure in self.figures for why in figure.failures(kept.get(figure.name))]


def percent(part: float, whole: float) -> float:
    """0 to 100; 0 of nothing is 0."""
    return 100 * part / whole if whole else 0.0


def _bounds(figure: Figure) -> str:
    sign = "≥" if figure.more_is_better else "≤"
    bounds = [("limit", figure.limit), ("goal", figure.goal)]
    said = ", ".join(f"{name} {sign} {_number(bound)}" for name, bound in bounds if bound is not None)
    return f"   {said}" if said else ""


def _number(value: float) -> str:
    if value == int(value) or abs(value) >= 1_000:
        return f"{value:,.0f}"
    return f"{value:.2f}" if abs(value) >= 1 else f"{value:.3g}"


def _list(cases: Sequence[str]) -> str:
    if not cases:
        return ""
    more = f" and {len(cases) - MOST_CASES} more" if len(cases) > MOST_CASES else ""
    return " Cases: " + ", ".join(cases[:MOST_CASES]) + more + "."
