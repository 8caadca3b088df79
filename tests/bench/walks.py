"""What made-up people bring, and what they say after each turn."""

from __future__ import annotations

from tests.evaluation.simulation import chance
from troubleshooter.diagnosis.model import UNSURE, Ask, Diagnosis, Evidence, Fact, Kind, Model, Result

TURNS = 8
UNSURE_SHARE = 0.15
NAMED, SAID = 1, 2
"""What chance decides: a guide, an answer."""


def beginning(model: Model, person: int) -> Evidence:
    """A code, nothing, a status, a link with many answers, plain words, an unknown code, a message or a description."""
    guide = model.guides[int(chance(NAMED, person) * len(model.guides))]
    status = next(value for kind, value in model.observed_by if kind is Kind.STATUS)
    beginnings = (
        {Fact(Kind.CODE, guide.codes[0].token)},
        set[Fact](),
        {Fact(Kind.STATUS, status)},
        {Fact(Kind.ANSWER, q.slug, q.choices[person % len(q.choices)].slug) for q in model.questions[:TURNS]},
        {Fact(Kind.ABOUT, guide.reference), Fact(Kind.ABOUT, model.guides[0].reference), Fact(Kind.UNKNOWN, "1")},
        {Fact(Kind.UNKNOWN, "NeverHeard")},
        {Fact(Kind.MESSAGE, guide.messages[0].key)},
        {Fact(Kind.MESSAGE, guide.reference)},
    )
    return frozenset(beginnings[person % len(beginnings)])


def after(diagnosis: Diagnosis, person: int) -> Evidence | None:
    """What is known after a turn: an answer more, or a fix more that did not help; None where neither can be."""
    throw = chance(SAID, person, len(diagnosis.evidence))
    if isinstance(diagnosis.turn, Ask):
        question = diagnosis.turn.question
        ways = [choice.slug for choice in question.choices]
        said = UNSURE if throw < UNSURE_SHARE else ways[int(throw * len(ways))]
        return diagnosis.evidence | {Fact(Kind.ANSWER, question.slug, said)}
    offered = next((candidate for candidate in diagnosis.ranking if candidate.mitigation), None)
    return diagnosis.evidence | {Fact(Kind.TRIED, offered.mitigation, Result.SAME)} if offered else None
