"""The shape of everything that is measured: figures with limits, in sections, compared with what was last kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

TINY = 1e-6
"""Differences that are none: the last bits of a sum are not the same on every Python."""

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
    """The worst value that is good enough. Beyond it the figure is missed, which is said wherever it stands; it fails
    only where it was not missed already when it was last kept, or where nothing of it was kept."""
    goal: float | None = None
    """What we would like to reach; missing it fails nothing."""
    more_is_better: bool = False
    cases: tuple[str, ...] = ()
    """Names of the texts, people or guides that make it as bad as it is."""
    slack: float | None = None
    """How much worse than what was last kept it may be; None where it is not compared (times, for instance)."""
    partial: bool = False
    """Measured on a part of what was kept: then a case that was not there is what makes it worse, not the value."""
    is_time: bool = False
    """What it measures gets slower with whatever else the machine does meanwhile."""

    @property
    def missed_by(self) -> float:
        """How far beyond its limit it is; 0 where it is not."""
        return 0.0 if self.limit is None else self._beyond(self.limit, self.value)

    def failures(self, kept: Kept | None, leeway: float = 1) -> list[str]:
        """Why it fails, in sentences; empty where it passes. `leeway`: how many times as long a time may be."""
        value = self.value / leeway if self.is_time else self.value
        was_missed = kept is not None and self.limit is not None and self._beyond(self.limit, kept.value)
        found = []
        if self.limit is not None and self._beyond(self.limit, value) and not was_missed:
            found.append(f"{self.name} is {self.written}, the limit is {_number(self.limit)}.{_list(self.cases)}")
        if kept and self.slack is not None:
            new = tuple(case for case in self.cases if case not in kept.cases)
            if new if self.partial else self._beyond(kept.value, value) > self.slack + TINY:
                found.append(f"{self.name} is {self.written}, it was {_number(kept.value)}.{_list(new)}")
        return found

    def _beyond(self, bound: float, value: float) -> float:
        """By how much a value is worse than a bound; 0 where it is not."""
        worse = bound - value if self.more_is_better else value - bound
        return worse if worse > TINY else 0.0

    @property
    def written(self) -> str:
        return f"{_number(self.value)} {self.unit}".strip()

    def as_dict(self) -> dict[str, object]:
        return {
            "value": round(self.value, 6),
            "unit": self.unit,
            "limit": self.limit,
            "goal": self.goal,
            "missed_by": round(self.missed_by, 6),
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
    seconds: float = 0.0
    """Of a processor that measuring took."""

    def as_text(self) -> str:
        width = max((len(figure.name) for figure in self.figures), default=0)
        lines = [f"{self.title} ({self.seconds:.0f} s)" if self.seconds else self.title]
        lines += [f"  {figure.name:{width}}  {figure.written:>14}{_bounds(figure)}" for figure in self.figures]
        lines += [f"  {line}".rstrip() for line in self.table.splitlines()]
        return "\n".join(lines)

    def as_dict(self) -> dict[str, object]:
        return {
            "title": self.title,
            "seconds": round(self.seconds, 1),
            "figures": {figure.name: figure.as_dict() for figure in self.figures},
            "table": self.table.splitlines(),
        }

    @property
    def missed(self) -> list[str]:
        """The figures beyond their limit, in sentences, whether or not they fail."""
        return [f"{figure.name} is {figure.written}{_bounds(figure)}" for figure in self.figures if figure.missed_by]

    def failures(self, kept: Mapping[str, Kept], leeway: float = 1) -> list[str]:
        """In sentences; `kept` by name of the figure, `leeway` as for a figure."""
        return [why for figure in self.figures for why in figure.failures(kept.get(figure.name), leeway)]


def percent(part: float, whole: float) -> float:
    """0 to 100; 0 of nothing is 0."""
    return 100 * part / whole if whole else 0.0


def _bounds(figure: Figure) -> str:
    sign = "≥" if figure.more_is_better else "≤"
    bounds = [("limit", figure.limit), ("goal", figure.goal)]
    said = ", ".join(f"{name} {sign} {_number(bound)}" for name, bound in bounds if bound is not None)
    missed = f"   MISSED by {_number(figure.missed_by)}" if figure.missed_by else ""
    return f"   {said}{missed}" if said else ""


def _number(value: float) -> str:
    if value == int(value) or abs(value) >= 1_000:
        return f"{value:,.0f}"
    return f"{value:.2f}" if abs(value) >= 1 else f"{value:.3g}"


def _list(cases: Sequence[str]) -> str:
    if not cases:
        return ""
    more = f" and {len(cases) - MOST_CASES} more" if len(cases) > MOST_CASES else ""
    return " Cases: " + ", ".join(cases[:MOST_CASES]) + more + "."
