"""What is known of a case, gathered for a person who will help: knowledge, place and held text in, a ticket out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.humanize.templatetags.humanize import apnumber
from django.urls import reverse

from guides import told, words
from guides.document import GuideDocument
from guides.held import HeldText
from guides.help_form import Category
from guides.knowledge import Knowledge
from guides.models import Revision
from guides.place import OF_THE_TEXT, Place
from guides.told import Told
from troubleshooter.cases.hand_over.texts import Line, Part, Ticket
from troubleshooter.diagnosis import model as core
from troubleshooter.diagnosis.kept_ids import KeptId, kept_ids
from troubleshooter.diagnosis.model import (
    ANY_CODE,
    NOTHING_KNOWN,
    OBSERVATIONS,
    Choose,
    Diagnosis,
    Fact,
    Kind,
    Match,
    Open,
    Result,
)
from troubleshooter.diagnosis.redact import marks

LONGEST_SUBJECT = 150
MOST_LIKELY = 5
UNKNOWN_SYMPTOM = "A flow or an app fails"
CATEGORY = "Category"
"""The label of what was chosen in the help form."""

RESULTS = {Result.SAME: "The same error came back", Result.NEW: "A new error came", Result.COULD_NOT: "Not possible"}
_ENVIRONMENT = re.compile(r"\b(source|target)\b", re.IGNORECASE)

HIDDEN = {
    "email": "email",
    "name": "name",
    "user": "user name",
    "id": "ID",
    "tenant": "tenant name",
    "environment": "environment name",
    "phone": "phone number",
    "address": "network address",
    "token": "token",
    "secret": "secret",
}
"""How people call what a mark stands for."""


@dataclass(frozen=True)
class Typed:
    """What somebody added in words of their own, redacted."""

    doing: str = ""
    more: str = ""


@dataclass(frozen=True)
class Case:
    """One case as its ticket shows it.

    `site` is the address of this site, without the last slash; `guide` is the one that was read last, if it is known;
    `category` is what was chosen in the help form.
    """

    known: Knowledge
    place: Place
    held: HeldText | None
    typed: Typed
    site: str
    guide: GuideDocument | None = None
    category: Category | None = None

    @property
    def link(self) -> str:
        return self._link(self.place)

    @property
    def sent_link(self) -> str:
        return self.place.sent_link(self._read, self._chosen)

    @property
    def _read(self) -> str:
        return self.guide.reference if self.guide else ""

    @property
    def _chosen(self) -> str:
        return self.category.key if self.category else ""

    def _link(self, place: Place) -> str:
        """The address of the ticket of another place, with all else the same."""
        return place.ticket_link(self._read, self._chosen)

    @property
    def is_empty(self) -> bool:
        """Nothing is known that a person could help with."""
        return not (self.place.evidence or self.category or self.typed.doing or self.typed.more)

    def summary(self) -> tuple[Told, ...]:
        """What somebody told us, with the ways to change it."""
        lines = list(told.told(self.known, self.place, self._link))
        if self.category:
            lines.append(Told(CATEGORY, self.category.name, self.place.ticket_link(self._read), "Remove"))
        if self.guide:
            lines.append(Told("Guide read", self.guide.title, self.place.ticket_link("", self._chosen), "Remove"))
        return tuple(lines)

    def kept(self) -> tuple[KeptId, ...]:
        return kept_ids(self.held.text) if self.held else ()

    def tried_revisions(self) -> list[int]:
        """The live revisions of the mitigations that were tried, by primary key."""
        return [self.known.mitigations[reference].revision for reference in self._tried()]

    def ticket(self) -> Ticket:
        diagnosis = self.known.diagnose(self.place.evidence)
        parts = (
            self._problem(diagnosis),
            self._error(),
            Part("Answers", tuple(_line(line) for line in told.answers(self.known, self.place))),
            Part("Fixes tried", tuple(self._fixes())),
            Part("Guides read or likely", tuple(self._guides(diagnosis))),
            Part(
                "Error text, with names, emails and IDs hidden",
                text=self.held.text if self.held else "",
                is_quoted=True,
            ),
            Part("Anything else", text=self.typed.more),
        )
        return Ticket(self._subject(diagnosis), tuple(part for part in parts if part.lines or part.text))

    def _subject(self, diagnosis: Diagnosis) -> str:
        code = next((fact.value for fact in self._of_the_text() if _is_code(fact)), "")
        chosen = self.category.name if self.category else ""
        symptom = self._symptom(diagnosis) or self.typed.doing or chosen or UNKNOWN_SYMPTOM
        environment = f"({self._environment().lower()})" if self._environment() else ""
        line = " ".join(" ".join([f"[{code}]" if code else "", symptom.rstrip("."), environment]).split())
        return line if len(line) <= LONGEST_SUBJECT else f"{line[: LONGEST_SUBJECT - 1].rstrip()}…"

    def _symptom(self, diagnosis: Diagnosis) -> str:
        """What goes wrong: what the error means, else what the leading guide is about, else ""."""
        observation = next((fact for fact in self._of_the_text() if fact.kind in OBSERVATIONS), None)
        if observation and (meaning := told.meaning(self.known, observation)):
            return meaning
        points = diagnosis.match is not None or isinstance(diagnosis.turn, Open | Choose)
        return diagnosis.ranking[0].guide.meaning if points and diagnosis.ranking else ""

    def _environment(self) -> str:
        """Where it fails, if the words of an answer name one environment; else ""."""
        for fact in self._facts(Kind.ANSWER):
            choice = self.known.model.question[fact.value].choice(fact.detail)
            named = {name.lower() for name in _ENVIRONMENT.findall(choice.text)} if choice else set()
            if len(named) == 1:
                return words.WHERE[named.pop()]
        return ""

    def _problem(self, diagnosis: Diagnosis) -> Part:
        facts = (
            (CATEGORY, self.category.name if self.category else ""),
            ("What was done", self.typed.doing),
            ("What went wrong", self._symptom(diagnosis)),
            ("Environment", self._environment()),
        )
        lines = tuple(Line(label, value) for label, value in facts if value)
        page = Line("This case", "As the person saw it", url=self.site + Place(self.place.evidence).link())
        return Part("Problem", (*lines, page) if self.place.evidence else lines)

    def _error(self) -> Part:
        known, place = self.known, self.place
        said = [fact for fact in self._of_the_text() if fact not in NOTHING_KNOWN]
        read = [_line(told.read_in_text(known, place, fact)) for fact in said]
        return Part("Error", (*read, *(Line(kept.label, kept.value, is_code=True) for kept in self.kept())))

    def _fixes(self) -> Iterator[Line]:
        tried = self._tried()
        live = {reference: self.known.mitigations[reference] for reference in tried}
        pks = [mitigation.revision for mitigation in live.values()]
        numbers = dict(Revision.objects.filter(pk__in=pks).values_list("pk", "number")) if pks else {}
        for reference, result in tried.items():
            number = numbers.get(live[reference].revision)
            label = f"{live[reference].document.title} ({reference}, revision {number})"
            yield Line(label, RESULTS[result])

    def _guides(self, diagnosis: Diagnosis) -> Iterator[Line]:
        """The guide that was read last, those whose fixes were tried, then those that are likely now."""
        tried = self._tried()
        looked_at = [row for row in diagnosis.ranking if any(cure.mitigation in tried for cure in row.guide.remedies)]
        likely = [
            row for row in diagnosis.ranking if row.likely and row.match in {Match.EXACT, Match.LIKELY, diagnosis.match}
        ]
        if self.guide and self._read not in [row.guide.reference for row in looked_at]:
            yield self._guide(self.guide, "read last")
        for row in looked_at:
            yield self._guide(row.guide, "a fix of it was tried")
        others = [row for row in likely if row not in looked_at and row.guide.reference != self._read]
        for row in others[:MOST_LIKELY]:
            yield self._guide(row.guide, words.MATCH[row.match].word)

    def _guide(self, guide: core.Guide | GuideDocument, why: str) -> Line:
        address = self.site + reverse("guides:reference", args=[guide.reference])
        return Line(guide.reference, f"{guide.title} ({why})", url=address)

    def _tried(self) -> dict[str, Result]:
        """The mitigations that were tried and are still live, with what became of them."""
        tried = {fact.value: Result(fact.detail) for fact in self._facts(Kind.TRIED)}
        return {reference: result for reference, result in tried.items() if reference in self.known.mitigations}

    def _facts(self, kind: Kind) -> list[Fact]:
        return sorted(fact for fact in self.place.evidence if fact.kind is kind)

    def _of_the_text(self) -> list[Fact]:
        return sorted(fact for fact in self.place.evidence if fact.kind in OF_THE_TEXT)


def hidden_sentence(text: str, kept: tuple[KeptId, ...]) -> str:
    """What was taken out of a text, and which ids stay in it: “We hid two emails. The run ID stays, ...”."""
    kinds = _kinds_hidden(text)
    hidden = [_counted(kinds[kind], noun) for kind, noun in HIDDEN.items() if kinds[kind]]
    first = f"We hid {_joined(hidden)}." if hidden else "We found nothing personal to hide."
    if not kept:
        return first
    ids = Counter(row.label[0].lower() + row.label[1:] if row.label != "ID" else "ID" for row in kept)
    stays = "stays, because support needs it" if len(kept) == 1 else "stay, because support needs them"
    return f"{first} The {_joined([label if number == 1 else f'{label}s' for label, number in ids.items()])} {stays}."


def _kinds_hidden(text: str) -> Counter[str]:
    """How many of each kind the marks of a text stand for; a mark with a number always stands for the same one."""
    found = [text[slice(*place)].strip("[]") for place in marks(text)]
    numbered = {mark for mark in found if mark[-1].isdigit()}
    return Counter(mark.split(" ")[0] for mark in [*numbered, *(mark for mark in found if mark not in numbered)])


def _counted(number: int, noun: str) -> str:
    return (
        f"{apnumber(number)} {noun}" if number == 1 else f"{apnumber(number)} {noun}{'es' if noun[-1] == 's' else 's'}"
    )


def _joined(parts: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(parts[:-1]), parts[-1]]))


def _is_code(fact: Fact) -> bool:
    return fact.kind in (Kind.CODE, Kind.HEX, Kind.STATUS) or (fact.kind is Kind.UNKNOWN and fact.value != ANY_CODE)


def _line(line: Told) -> Line:
    return Line(line.label, line.value, line.is_code)
