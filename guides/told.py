"""What somebody told us, line by line, each with the address that takes it back or asks it again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.text import capfirst

from guides import words
from guides.knowledge import Knowledge
from guides.place import OF_THE_TEXT, Place
from troubleshooter.diagnosis import explain
from troubleshooter.diagnosis.model import ANY_CODE, Fact, Kind

DESCRIBED = "Your text describes"

LABELS = {
    Kind.CODE: "Error code",
    Kind.HEX: "Error code",
    Kind.MESSAGE: "Error message",
    Kind.STATUS: "HTTP status",
    Kind.UNKNOWN: "Error we do not know",
    Kind.ABOUT: "The words may point to",
}


@dataclass(frozen=True)
class Told:
    """One line of what somebody told us, with the address that takes it back or asks it again.

    For a fix that was tried, `change_url` leads to the buttons that say something else of it.
    """

    label: str
    value: str
    url: str
    verb: str
    is_code: bool = False
    change_url: str = ""


def told(known: Knowledge, place: Place, then: Callable[[Place], str] = Place.link) -> Iterator[Told]:
    """What somebody told us: the error first, then answers in curator order, then what was tried.

    `then` gives the address of the page that is shown once a line is taken back.
    """
    facts = sorted(place.evidence)
    for fact in facts:
        if fact.kind in OF_THE_TEXT:
            yield read_in_text(known, place, fact, then)
    yield from answers(known, place)
    yield from (tried(known, place, fact, then) for fact in facts if fact.kind is Kind.TRIED)


def answers(known: Knowledge, place: Place) -> Iterator[Told]:
    """What somebody answered, in curator order."""
    given = {fact.value: fact for fact in place.evidence if fact.kind is Kind.ANSWER}
    yield from (answer(known, place, given[slug]) for slug in known.model.question if slug in given)


def answer(known: Knowledge, place: Place, fact: Fact) -> Told:
    question = known.model.question[fact.value]
    choice = question.choice(fact.detail)
    return Told(question.text, choice.text if choice else words.NOT_SURE, place.change_link(fact.value), "Change")


def tried(known: Knowledge, place: Place, fact: Fact, then: Callable[[Place], str] = Place.link) -> Told:
    mitigation = known.model.mitigation.get(fact.value)
    label = f"You tried “{mitigation.title if mitigation else fact.value}”"
    buttons = _buttons(known, place, fact.value)
    return Told(label, capfirst(words.SAID[fact.detail]), then(place.without(fact)), "Remove", change_url=buttons)


def read_in_text(known: Knowledge, place: Place, fact: Fact, then: Callable[[Place], str] = Place.link) -> Told:
    label, value, is_code = LABELS[fact.kind], fact.value, fact.kind not in (Kind.MESSAGE, Kind.ABOUT)
    if fact.kind is Kind.ABOUT:
        guide = known.model.guide.get(fact.value)
        value = guide.title if guide else fact.value
    elif fact.kind is Kind.MESSAGE:
        template, title = _message(known, fact)
        label, value = (label, explain.shortened(template)) if template else (DESCRIBED, title)
    elif (fact.kind, fact.value) == (Kind.UNKNOWN, ANY_CODE):
        value, is_code = "Your text", False
    return Told(label, value, then(place.without(fact)), "Remove", is_code)


def is_described(known: Knowledge, fact: Fact) -> bool:
    """True where a phrase of a guide was recognised in somebody's own words, and no message or code."""
    return fact.kind is Kind.MESSAGE and not _message(known, fact)[0]


def meaning(known: Knowledge, observation: Fact) -> str:
    """What an error means, where all that know it agree; else ""."""
    code = known.model.code.get(observation.value.lower())
    if code and code.meaning:
        return code.meaning
    guides = known.model.observed_by.get((observation.kind, observation.value.lower()), ())
    return guides[0].meaning if len(guides) == 1 else ""


def _message(known: Knowledge, fact: Fact) -> tuple[str, str]:
    """The message template, "" where a phrase of a guide was recognised, and the title of the guide."""
    guides = known.model.observed_by.get((fact.kind, fact.value.lower()), ())
    templates = (row.template for guide in guides for row in guide.messages if row.key.lower() == fact.value.lower())
    return next(templates, ""), guides[0].title if guides else fact.value


def _buttons(known: Knowledge, place: Place, mitigation: str) -> str:
    """Where a fix is followed by its buttons: in a guide that the error points to, else the first that has the fix."""
    pointed = [
        guide.reference
        for fact in place.evidence
        for guide in known.model.observed_by.get((fact.kind, fact.value.lower()), ())
    ]
    guides = [row for row in known.model.guides if any(used.mitigation == mitigation for used in row.remedies)]
    guides.sort(key=lambda guide: guide.reference not in pointed)
    return f"{place.guide_link(guides[0].slug)}#{mitigation}-outcome" if guides else ""
