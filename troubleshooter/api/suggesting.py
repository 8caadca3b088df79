"""From the text of a ticket to the guides that something in it points to, with a note for the ticket."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from guides import parts
from guides.knowledge import Knowledge
from guides.place import Place
from troubleshooter.diagnosis.model import Candidate, Evidence, Kind, Model

from . import published, schemas
from .answer import SHORTENED

NOTHING = "Nothing in this text points to a guide. These questions find one:"


def suggestions(known: Knowledge, text: str, root: str) -> schemas.Suggestions:
    """What to offer somebody who wrote this. `root` stands before addresses of our own. Keeps nothing."""
    reading = known.read(text)
    diagnosis = known.diagnose(reading.evidence)
    pointed = set(_pointed(known.model, reading.evidence))
    fitting = [candidate for candidate in diagnosis.ranking if candidate.guide.reference in pointed]
    found = [_suggestion(known, candidate, root) for candidate in fitting[: schemas.MOST_GUIDES]]
    url = root + Place(reading.evidence).link()
    return schemas.Suggestions(
        match=diagnosis.match if found else None,
        guides=found,
        note=_note(known, found, url),
        url=url,
        notes=[SHORTENED] if reading.shortened else [],
        content_version=known.version,
    )


def _pointed(model: Model, evidence: Evidence) -> Iterator[str]:
    """References of the guides that an observation or plain words point to, with those a fork among them leads to."""
    for fact in evidence:
        guides = [model.guide[fact.value]] if fact.kind is Kind.ABOUT and fact.value in model.guide else []
        for guide in (*guides, *model.observed_by.get((fact.kind, fact.value.lower()), ())):
            yield from (guide.reference, *guide.targets)


def _suggestion(known: Knowledge, candidate: Candidate, root: str) -> schemas.Suggestion:
    guide, fix = candidate.guide, candidate.mitigation
    return schemas.Suggestion(
        reference=guide.reference,
        slug=guide.slug,
        title=guide.title,
        match=candidate.match,
        reasons=list(candidate.reasons),
        mitigation=fix,
        url=published.guide_link(known.guides[guide.reference], root).url,
        mitigation_url=published.part_url(root, guide.reference, fix) if fix else None,
    )


def _note(known: Knowledge, found: Sequence[schemas.Suggestion], url: str) -> str:
    """Plain text that holds nothing of what was written but the names of errors that everybody gets."""
    if not found:
        return f"{NOTHING}\n{url}"
    lines = ["This guide may help:" if len(found) == 1 else "These guides may help, the likeliest first:"]
    for number, one in enumerate(found, start=1):
        lines += ["", f"{number}. {one.title} ({one.reference}): {one.url}", *(f"   {why}" for why in one.reasons)]
        if part := parts.find(known, one.reference, one.mitigation) if one.mitigation else None:
            lines.append(f"   Try first: {part.name}: {one.mitigation_url}")
    return "\n".join([*lines, "", f"Not it? Go on here: {url}"])
