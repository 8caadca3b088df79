"""The evidence an address carries, as guide pages read it and hand it on in their links."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from django.http import HttpRequest
from django.urls import reverse

from guides.caching import HELD, SHOW
from guides.knowledge import Knowledge
from troubleshooter.diagnosis import address
from troubleshooter.diagnosis.model import UNSURE, Evidence, Fact, Kind, Open

GONE = "gone"
"""The key that a permanent link adds when the part it names is no longer there."""

FIXES = "fixes"
"""The value of `show` that asks for the ranked fixes."""

LONGEST_TOKEN = 40


@dataclass(frozen=True)
class Answer:
    """One answer of this person, with the address where it can be changed."""

    question: str
    text: str
    change_url: str


@dataclass(frozen=True)
class Carried:
    """What is known about this person: facts, the token of the held text, and what could not be used."""

    facts: Evidence
    held: str = ""
    notes: tuple[str, ...] = ()

    def guide_url(self, slug: str) -> str:
        return self._link(reverse("guides:guide", args=[slug]))

    def diagnosis_url(self, show: str = "") -> str:
        """The diagnosis of these facts; `show` asks for one screen whatever the turn."""
        return self._link(reverse("wizard:diagnose"), show)

    def without_text(self) -> Carried:
        """What still holds for somebody whose error text was read wrongly, or who pastes another one."""
        return Carried(frozenset(fact for fact in self.facts if fact.kind in (Kind.ANSWER, Kind.TRIED)))

    def questions_url(self, known: Knowledge) -> str:
        """Where the conversation goes on without the text; at the fixes where it would only open a guide again."""
        rest = self.without_text()
        opens_a_guide = rest.facts and isinstance(known.diagnose(rest.facts).turn, Open)
        return rest.diagnosis_url(show=FIXES if opens_a_guide else "")

    def fields(self) -> list[tuple[str, str]]:
        """Names and values of hidden fields that carry the facts through a form."""
        return parse_qsl(address.to_query(self.facts))

    def answers(self, known: Knowledge) -> list[Answer]:
        """What the person answered, in curator order."""
        given = {fact.value: fact for fact in self.facts if fact.kind is Kind.ANSWER}
        return [self._answer(known, given[slug]) for slug in known.model.question if slug in given]

    def _answer(self, known: Knowledge, fact: Fact) -> Answer:
        question = known.model.question[fact.value]
        choice = question.choice(fact.detail)
        text = "I am not sure" if fact.detail == UNSURE or choice is None else choice.text
        return Answer(question.text, text, self.diagnosis_url(show=address.ANSWER_PREFIX + fact.value))

    def _link(self, path: str, show: str = "") -> str:
        own = {key: value for key, value in ((HELD, self.held), (SHOW, show)) if value}
        query = "&".join(filter(None, [address.to_query(self.facts), urlencode(own)]))
        return f"{path}?{query}" if query else path


def read(request: HttpRequest, known: Knowledge) -> Carried:
    """What the address of a page says about the person."""
    pairs = [(key, value) for key, values in request.GET.lists() for value in values if key not in (GONE, HELD, SHOW)]
    facts, notes = address.from_query(pairs, known.model)
    return Carried(facts, request.GET.get(HELD, "")[:LONGEST_TOKEN], notes)
