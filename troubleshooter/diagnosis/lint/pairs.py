"""Guides that nothing tells apart: neither what people answer, nor the error text that they share."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import combinations

from troubleshooter.diagnosis.agenda import Agenda
from troubleshooter.diagnosis.belief import weigh
from troubleshooter.diagnosis.decide import TOLD_APART
from troubleshooter.diagnosis.lint.problem import Defect, Problem
from troubleshooter.diagnosis.model import Fact, Guide, Kind, Model
from troubleshooter.diagnosis.overlap import ALIKE, Overlaps, needs_telling_apart, says
from troubleshooter.diagnosis.statements import titles
from troubleshooter.diagnosis.tables import Tables, compiled
from troubleshooter.diagnosis.worth import best_between


def of_pairs(model: Model) -> Iterator[Problem]:
    """The error texts that several guides share, then each guide with the later ones that it is not told apart from."""
    tables = compiled(model)
    told: set[tuple[str, str]] = set()
    for fact, guides in _shared(tables):
        told |= set(combinations((guide.reference for guide in guides), 2))
        yield _of_shared(model, fact, guides)
    yield from _alike(tables, told)


def _alike(tables: Tables, told: Collection[tuple[str, str]]) -> Iterator[Problem]:
    overlaps, hypotheses = Overlaps(tables), tables.model.hypotheses
    for first, one in enumerate(hypotheses):
        row = overlaps.row(says(tables, first))
        twins = [
            hypotheses[second]
            for second in range(first + 1, len(hypotheses))
            if row[second] > ALIKE and needs_telling_apart(one, hypotheses[second])
        ]
        twins = [other for other in twins if (one.reference, other.reference) not in told]
        if twins:
            sentence = (
                f"No question tells “{one.title}” apart from {titles(twins)}. "
                "Say for one of them what people would answer differently."
            )
            yield Problem(Defect.NOT_TOLD_APART, one.reference, sentence, field="expects")


def _shared(tables: Tables) -> Iterator[tuple[Fact, list[Guide]]]:
    """Codes and messages with the guides they lead to, where no question decides between these."""
    for kind, value in tables.model.observed_by:
        fact = Fact(kind, value)
        guides = [guide for guide in tables.pointed(fact) if not guide.is_fork]
        if len(guides) < 2 or kind is Kind.STATUS or not _apart(guides):
            continue
        case = weigh(tables.model, frozenset({fact}))
        sharers = [tables.index[guide.reference] for guide in guides]
        if best_between(case, Agenda(case).askable, sharers, TOLD_APART) is None:
            yield fact, guides


def _of_shared(model: Model, fact: Fact, guides: Sequence[Guide]) -> Problem:
    is_code = fact.kind in (Kind.CODE, Kind.HEX)
    what = f"code “{model.code[fact.value].token}”" if is_code else f"message “{fact.value}”"
    sentence = (
        f"The {what} leads to “{guides[0].title}” and to {titles(guides[1:])}, and no question decides between them. "
        "Take it from one of them, or say what people would answer differently."
    )
    return Problem(Defect.SHARED_SIGNATURE, guides[0].reference, sentence, field="codes" if is_code else "messages")


def _apart(guides: Sequence[Guide]) -> bool:
    """False where all begin with the same mitigation: nobody loses anything there."""
    return any(needs_telling_apart(guides[0], guide) for guide in guides[1:])
