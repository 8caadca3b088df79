"""From a case to its answer, through the same knowledge and the same diagnosis as the pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.urls import reverse

from guides.knowledge import Knowledge
from guides.words import NOT_SURE
from troubleshooter.diagnosis import address
from troubleshooter.diagnosis import model as core

from . import schemas

SHORTENED = "The text is long, so we read its beginning and its end."
TURNS: Mapping[type[core.Turn], schemas.Turn] = {
    core.Open: "open",
    core.Choose: "choose",
    core.Ask: "ask",
    core.HandOver: "hand-over",
}
JOINED = (core.Kind.ANSWER, core.Kind.TRIED)
"""Kinds of fact whose value needs its detail."""


def answer(known: Knowledge, case: schemas.Case) -> schemas.Answer:
    """The answer to a case. Reads nothing but the knowledge and keeps nothing."""
    reading = known.read(case.text)
    said, notes = address.from_query(_pairs(case), known.model)
    if reading.shortened:
        notes = (SHORTENED, *notes)
    diagnosis = known.diagnose(reading.evidence | said, notes)
    turn = diagnosis.turn
    return schemas.Answer(
        turn=TURNS[type(turn)],
        match=diagnosis.match,
        reason=diagnosis.reason,
        notes=list(diagnosis.notes),
        guides=[_ranked(candidate) for candidate in diagnosis.ranking[: schemas.MOST_GUIDES]],
        question=_question(turn.question) if isinstance(turn, core.Ask) else None,
        at_most=diagnosis.at_most,
        evidence=list(_pieces(diagnosis.evidence, reading)),
        redacted_text=reading.text,
        url=_page(diagnosis.evidence),
        content_version=known.version,
    )


def _pairs(case: schemas.Case) -> Iterator[tuple[str, str]]:
    """Answers and tried fixes as an address holds them, so that one place decides what is still known."""
    for question, choice in case.answers.items():
        yield f"{address.ANSWER_PREFIX}{question}", choice
    for mitigation, result in case.tried.items():
        yield core.Kind.TRIED, f"{mitigation}.{result}"


def _ranked(candidate: core.Candidate) -> schemas.RankedGuide:
    guide = candidate.guide
    return schemas.RankedGuide(
        reference=guide.reference,
        slug=guide.slug,
        title=guide.title,
        match=candidate.match,
        url=reverse("guides:guide", args=[guide.slug]),
        reasons=list(candidate.reasons),
        mitigation=candidate.mitigation,
    )


def _question(question: core.Question) -> schemas.Question:
    choices = [schemas.Choice(slug=choice.slug, text=choice.text) for choice in question.choices]
    choices.append(schemas.Choice(slug=core.UNSURE, text=NOT_SURE))
    return schemas.Question(slug=question.slug, text=question.text, hint=question.hint, choices=choices)


def _pieces(evidence: core.Evidence, reading: core.Reading) -> Iterator[schemas.Piece]:
    """What was read in the text first and in the order of the reading, then the rest by kind and value."""
    spans = {seen.fact: seen.span for seen in reading.seen}
    kinds = list(core.Kind)
    rest = sorted(evidence - spans.keys(), key=lambda fact: (kinds.index(fact.kind), fact))
    for fact in (*(fact for fact in spans if fact in evidence), *rest):
        value = f"{fact.value}={fact.detail}" if fact.kind in JOINED else fact.value
        yield schemas.Piece(kind=fact.kind, value=value, span=spans.get(fact))


def _page(evidence: core.Evidence) -> str:
    query = address.to_query(evidence)
    return f"{reverse('wizard:diagnose')}?{query}" if query else reverse("wizard:diagnose")
