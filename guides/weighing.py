"""What counted in a diagnosis, and how much, for the guide that leads and for another one: for the people who write."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import accumulate, pairwise

from troubleshooter.diagnosis import explain
from troubleshooter.diagnosis.belief import Case, is_phrase, weigh
from troubleshooter.diagnosis.model import Evidence, Fact, Guide, Kind, Model

TENTHS_OF_A_DECIBAN = 100 / math.log(10)
"""In one nat. Ten decibans, so a hundred tenths, are "ten times as likely"."""

STRONGLY, NOTICEABLY = 100, 10
"""Tenths of a deciban from which a weight is called strong, and from which it is called anything."""


@dataclass(frozen=True)
class Cell:
    """How much one thing counts for one guide and against something else, in tenths of a deciban."""

    tenths: int

    @property
    def number(self) -> str:
        return f"{self.tenths / 10:+.1f}" if self.tenths else "0"

    @property
    def word(self) -> str:
        size = abs(self.tenths)
        if size < NOTICEABLY:
            return "hardly counts" if size else "says nothing"
        return f"{'strongly ' if size >= STRONGLY else ''}{'for' if self.tenths > 0 else 'against'}"


@dataclass(frozen=True)
class Row:
    """One thing that counted, with a cell for each guide."""

    what: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Weighing:
    """The rows add up to `total`.

    `guides` are the leader and the one it is compared with, if there is one; `others` are all that it can be.
    """

    guides: tuple[Guide, ...]
    others: tuple[Guide, ...]
    rows: tuple[Row, ...]
    total: tuple[Cell, ...]


def weighing(model: Model, evidence: Evidence, against: str = "") -> Weighing | None:
    """The leading guide beside the one whose reference is given, or else the second; None without any guide."""
    case = weigh(model, evidence)
    leading = case.belief.leading
    if not leading:
        return None
    chosen = (index for index in leading[1:] if case.hypotheses[index].reference == against)
    shown = [leading[0], *([next(chosen, leading[1])] if len(leading) > 1 else [])]
    columns = [_column(case, index) for index in shown]
    labels = ["How common the problem is", *(_label(case, factor.fact) for factor in case.factors)]
    return Weighing(
        guides=tuple(case.hypotheses[index] for index in shown),
        others=tuple(case.hypotheses[index] for index in leading[1:]),
        rows=tuple(Row(what, cells) for what, cells in zip(labels, zip(*columns, strict=True), strict=True)),
        total=tuple(Cell(sum(cell.tenths for cell in column)) for column in columns),
    )


def _column(case: Case, hypothesis: int) -> list[Cell]:
    """The prior and each fact, rounded so that they add up to their rounded sum."""
    nats = [explain.prior_log_odds(case, hypothesis), *(pair.weight for pair in explain.weights(case, hypothesis))]
    sums = [round(total * TENTHS_OF_A_DECIBAN) for total in accumulate(nats, initial=0.0)]
    return [Cell(after - before) for before, after in pairwise(sums)]


def _label(case: Case, fact: Fact) -> str:
    """A fact as it reads beside any guide."""
    if fact.kind is Kind.ABOUT or is_phrase(case.tables, fact):
        guide = case.tables.model.guide[fact.value.upper()]
        return f"Words that point to “{guide.title}”"
    return explain.sentence(case, fact)
