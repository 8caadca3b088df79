"""What "See solutions" shows: the diagnosis of a description and a category in, guides with their reasons out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from guides.held import HeldText
from guides.help_form import Category, Chosen
from guides.knowledge import Knowledge
from guides.place import Place
from troubleshooter.diagnosis import explain
from troubleshooter.diagnosis.model import Ask, Candidate, Diagnosis, Kind, Match
from troubleshooter.wizard import screens
from troubleshooter.wizard.shown import AskedQuestion, Fix


@dataclass(frozen=True)
class Solutions:
    """`fitting` are guides that something told speaks for, best first; `belonging` those that only the category names.

    `is_lost` says that something was written, and that it is no longer held.
    """

    place: Place
    chosen: Chosen
    notes: tuple[str, ...]
    reason: str
    fitting: tuple[Fix, ...]
    belonging: tuple[Fix, ...]
    question: AskedQuestion | None
    is_lost: bool

    @classmethod
    def of(
        cls, known: Knowledge, place: Place, chosen: Chosen, held: HeldText | None, notes: tuple[str, ...]
    ) -> Solutions:
        """`place` holds what the category says, too."""
        diagnosis = known.diagnose(place.evidence, notes)
        fitting = [row for row in diagnosis.ranking if row.likely and row.is_spoken_for and screens.is_left(row)]
        wrote = _wrote(known, place, held)
        turn = diagnosis.turn
        return cls(
            place=place,
            chosen=chosen,
            notes=diagnosis.notes,
            reason=diagnosis.reason,
            fitting=tuple(_fix(known, row, place, wrote.get(row.guide.reference, ())) for row in fitting),
            belonging=tuple(_belonging(known, diagnosis, place, chosen.category, fitting)),
            question=screens.asked_next(known, diagnosis, turn, place) if isinstance(turn, Ask) else None,
            is_lost=bool(place.held) and held is None,
        )

    @property
    def ticket_url(self) -> str:
        return self.place.ticket_link(category=self.chosen.category.key if self.chosen.category else "")

    @property
    def number(self) -> int:
        return len(self.fitting) + len(self.belonging)

    @property
    def lead(self) -> str:
        """The sentence below the heading."""
        if self.fitting:
            several = "The best one to try is first. Each one says why it is here."
            return several if self.number > 1 else "It fits what you told us."
        if not self.belonging:
            return self.reason
        unknown = next(
            (explain.unknown_sentence(fact) for fact in self.place.evidence if fact.kind is Kind.UNKNOWN), ""
        )
        return f"{unknown} This is what we have for your category.".strip()

    @property
    def heading(self) -> str:
        if not self.number:
            return "We found no solution yet"
        return "1 solution" if self.number == 1 else f"{self.number} solutions"


def with_category(place: Place, known: Knowledge, category: Category | None) -> Place:
    """The place with what choosing a category says; it replaces another answer to the same question."""
    fact = category.fact(known.model) if category else None
    return Place(place.without_answer(fact.value).evidence | {fact}, place.held) if fact else place


def _fix(known: Knowledge, candidate: Candidate, place: Place, wrote: tuple[str, ...]) -> Fix:
    """A guide with its reasons; where we can quote what somebody wrote, that says more than that words point to it."""
    reasons = [row for row in candidate.reasons if not (wrote and row in explain.WITHOUT_QUOTE)]
    return replace(screens.fix(known, candidate, place), reasons=tuple(reasons[:2]), wrote=wrote)


def _wrote(known: Knowledge, place: Place, held: HeldText | None) -> dict[str, tuple[str, ...]]:
    """By reference of a guide: the words of the text that point to it. A redacted text reads as it did before."""
    found: dict[str, tuple[str, ...]] = {}
    if held is None:
        return found
    for seen in known.read(held.text).seen:
        if seen.span and seen.fact in place.evidence and seen.fact.value in known.model.guide:
            words = " ".join(held.text[seen.span.start : seen.span.end].split())
            found[seen.fact.value] = (*found.get(seen.fact.value, ()), explain.shortened(words))
    return found


def _belonging(
    known: Knowledge, diagnosis: Diagnosis, place: Place, category: Category | None, fitting: list[Candidate]
) -> Iterator[Fix]:
    """The guides of the category that nothing else speaks for and that still have a fix to try."""
    if category is None:
        return
    shown = {row.guide.reference for row in fitting}
    ranked = {row.guide.reference: row for row in diagnosis.ranking}
    for reference in category.guides:
        guide = known.model.guide.get(reference)
        if guide is None or reference in shown:
            continue
        row = ranked.get(reference) or Candidate(guide, Match.GENERAL, (), "", likely=False)
        if screens.is_left(row):
            yield replace(screens.fix(known, row, place), reasons=(), word=None, belongs_to=category.name)
