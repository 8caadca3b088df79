"""Which questions may be asked now, and how many can still follow."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

from troubleshooter.diagnosis.belief import Case
from troubleshooter.diagnosis.model import Choice, Condition, Question
from troubleshooter.diagnosis.tables import Asking

MOST_QUESTIONS = 8
"""Questions of one conversation; "not sure" counts."""


@dataclass(frozen=True)
class Agenda:
    """The questions that are open in a case. It shrinks with every answer and never grows with a fix tried."""

    case: Case

    @cached_property
    def askable(self) -> tuple[Asking, ...]:
        """The questions that may be asked now, in curator order."""
        known = self.case.known
        if len(known.asked) >= MOST_QUESTIONS:
            return ()
        return tuple(
            asking
            for asking in self.case.tables.asking.values()
            if self._is_unspent(asking.question)
            and (
                (condition := asking.question.only_if) is None
                or known.choices.get(condition.question) == condition.choice
            )
        )

    def opened_by(self, asking: Asking, choice: Choice) -> tuple[Asking, ...]:
        """The questions that may be asked once a question is answered with this choice, and not before."""
        return self._opened.get(Condition(asking.question.slug, choice.slug), ())

    def that_open(self, slugs: Collection[str]) -> set[str]:
        """The questions an answer to which lets one of these be asked."""
        return {
            condition.question
            for condition, opened in self._opened.items()
            if any(asking.question.slug in slugs for asking in opened)
        }

    def at_most(self, asked: Question) -> int:
        """How many questions can follow the one being asked, on any path."""
        left = MOST_QUESTIONS - len(self.case.known.asked) - 1
        others = {
            question.family
            for question in (asking.question for asking in self.case.tables.asking.values())
            if question.family != asked.family and self._can_come(question, asked, left)
        }
        return min(left, len(others))

    def _can_come(self, question: Question, now: Question, left: int) -> bool:
        """True while some path from here asks a question, itself and what it waits for being at most `left` more."""
        if left == 0 or not self._is_unspent(question):
            return False
        condition = question.only_if
        if condition is None or condition.question == now.slug:
            return True
        if condition.question in self.case.known.asked:
            return self.case.known.choices.get(condition.question) == condition.choice
        parent = self.case.tables.asking.get(condition.question)
        return bool(parent and self._can_come(parent.question, now, left - 1))

    def _is_unspent(self, question: Question) -> bool:
        return question.family not in self._spent

    @cached_property
    def _opened(self) -> Mapping[Condition, tuple[Asking, ...]]:
        """The unspent questions that depend on another one, by the answer they wait for."""
        found: dict[Condition, tuple[Asking, ...]] = {}
        for asking in self.case.tables.asking.values():
            condition = asking.question.only_if
            if condition and self._is_unspent(asking.question):
                found[condition] = (*found.get(condition, ()), asking)
        return found

    @cached_property
    def _spent(self) -> frozenset[str]:
        """Families of which nothing is asked any more: one question was, or the error text was read."""
        known, asking = self.case.known, self.case.tables.asking
        return frozenset(known.read | {asking[slug].question.family for slug in known.asked})
