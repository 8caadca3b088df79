"""Where somebody is in a conversation, as links and form fields: what carries the evidence from page to page.

Two keys of a diagnosis address are no evidence: `held` names a pasted text in the visitor's session, and `show` asks
for one screen whatever the turn: `fixes` for the ranking, `q.<question>` to change the answer to that question.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from django.http import QueryDict
from django.urls import reverse

from guides.caching import SHOW
from guides.knowledge import Knowledge
from troubleshooter.diagnosis import address
from troubleshooter.diagnosis.address import ANSWER_PREFIX, HELD
from troubleshooter.diagnosis.model import OBSERVATIONS, Diagnosis, Evidence, Fact, Kind, Open, Result

FIXES = "fixes"
"""The value of `show` that asks for the ranked fixes."""

GONE = "gone"
"""The key that a permanent link adds to a guide's address when the part it names is no longer there."""

OF_THE_TEXT = frozenset({*OBSERVATIONS, Kind.UNKNOWN, Kind.ABOUT})
"""The kinds of fact that a pasted text gives; a new text replaces them all."""


@dataclass(frozen=True)
class Place:
    """Where somebody is in a conversation: what is known, and the name of their held text ("" without one)."""

    evidence: Evidence
    held: str = ""

    def link(self, show: str = "") -> str:
        """The address of the diagnosis."""
        return self._with_query(reverse("wizard:diagnose"), show)

    def change_link(self, question: str) -> str:
        """The address that shows an answered question again, with all other answers kept."""
        return self.link(show=ANSWER_PREFIX + question)

    def guide_link(self, slug: str) -> str:
        """The address of a guide that can say why it fits."""
        return self._with_query(reverse("guides:guide", args=[slug]))

    def ticket_link(self, guide: str = "", category: str = "") -> str:
        """The address of everything known as a ticket for a person.

        `guide` is the reference of the guide they read, `category` the key of what they chose in the help form.
        """
        return self._with_query(reverse("cases:ticket"), guide=guide, category=category)

    def sent_link(self, guide: str = "", category: str = "") -> str:
        """The address that tells the number of the ticket once it was sent."""
        return self._with_query(reverse("cases:ticket_sent"), guide=guide, category=category)

    def solutions_link(self, **chosen: str) -> str:
        """The address of the solutions to what was written and chosen in the help form."""
        return self._with_query(reverse("wizard:solutions"), **chosen)

    def outcome_link(self, guide: str, mitigation: str, result: str, **own: str) -> str:
        """The address of what follows from the result of a try, with keys of that page's own."""
        keys = {"guide": guide, "fix": mitigation, "result": result, **own}
        return self._with_query(reverse("cases:outcome"), **keys)

    def next_link(self, diagnosis: Diagnosis) -> str:
        """Where the diagnosis of this evidence is shown: straight at the guide when only that is left to do."""
        turn = diagnosis.turn
        return self.guide_link(turn.guide.slug) if isinstance(turn, Open) else self.link()

    def without(self, *facts: Fact) -> "Place":
        """The place with some facts taken back. Without the facts of a text there is no held text either."""
        rest = self.evidence - set(facts)
        return Place(rest, self.held if any(fact.kind in OF_THE_TEXT for fact in rest) else "")

    def without_text(self) -> "Place":
        """What still holds for somebody who pastes another text: answers and tried fixes."""
        return Place(frozenset(fact for fact in self.evidence if fact.kind not in OF_THE_TEXT))

    def without_answer(self, question: str) -> "Place":
        return Place(frozenset(f for f in self.evidence if (f.kind, f.value) != (Kind.ANSWER, question)), self.held)

    def without_try(self, mitigation: str) -> "Place":
        """The place as if a fix had not been tried."""
        return Place(frozenset(f for f in self.evidence if (f.kind, f.value) != (Kind.TRIED, mitigation)), self.held)

    def after_try(self, mitigation: str, result: Result) -> "Place":
        """The place once a fix was tried, whatever was said of it before."""
        rest = self.without_try(mitigation).evidence
        return Place(rest | {Fact(Kind.TRIED, mitigation, result)}, self.held)

    def fields(self) -> list[tuple[str, str]]:
        """Names and values of hidden fields that carry the place through a form."""
        return parse_qsl(address.to_query(self.evidence)) + ([(HELD, self.held)] if self.held else [])

    def _with_query(self, path: str, show: str = "", **own: str) -> str:
        keys = {**own, HELD: self.held, SHOW: show}
        parts = [address.to_query(self.evidence), urlencode({key: value for key, value in keys.items() if value})]
        query = "&".join(filter(None, parts))
        return f"{path}?{query}" if query else path


def place_of(query: QueryDict, known: Knowledge, own: Iterable[str] = ()) -> tuple[Place, tuple[str, ...]]:
    """The place that an address names, and plain sentences about what was left out of it.

    `own` are keys of the page itself, which are no evidence.
    """
    evidence, notes = address.from_query(_pairs(query, leave_out={SHOW, HELD, GONE, *own}), known.model)
    return Place(evidence, query.get(HELD, "")[:40]), notes


def told_before(fields: QueryDict, known: Knowledge) -> Evidence:
    """The answers and tried fixes that a paste form carries; a new text replaces what an older one said."""
    evidence, _ = address.from_query(_pairs(fields, leave_out={"text", SHOW, HELD}), known.model)
    return frozenset(fact for fact in evidence if fact.kind not in OF_THE_TEXT)


def _pairs(query: QueryDict, leave_out: Iterable[str]) -> list[tuple[str, str]]:
    return [(key, value) for key, values in query.lists() if key not in leave_out for value in values]
