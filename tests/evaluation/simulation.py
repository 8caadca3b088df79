"""Made-up people whose problem is known, and what happens to them on the site: questions, minutes, solved or not.

Every person is a function of two numbers, the world's and their own. Their answers and whether a fix helps them do not
depend on what the site asks first, so two models meet the very same people and are told apart by few of them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from troubleshooter.diagnosis.decide import diagnose
from troubleshooter.diagnosis.learning import Vote
from troubleshooter.diagnosis.model import (
    UNSURE,
    Ask,
    Diagnosis,
    Evidence,
    Fact,
    HandOver,
    Kind,
    Model,
    Question,
    Result,
)
from troubleshooter.diagnosis.tables import LAPSE, SOMETHING_ELSE, Cure, Tables, compiled
from troubleshooter.diagnosis.worth import SUPPORT_MINUTES

NO_EVIDENCE: Evidence = frozenset()

_BITS = (1 << 64) - 1


def chance(*places: int) -> float:
    """An even number from 0 to 1 (1 excluded) for this place; the same for the same place, on every machine.

    The mixing steps are those of the generator SplitMix64.
    """
    state = 0
    for place in places:
        state = (state + 0x9E3779B97F4A7C15 * (place + 1)) & _BITS
        state = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & _BITS
        state = ((state ^ (state >> 27)) * 0x94D049BB133111EB) & _BITS
        state ^= state >> 31
    return (state >> 11) / (1 << 53)


@dataclass(frozen=True, eq=False)
class World:
    """How things really are: answers and fixes as the guides of a model state them, problems as common as `common`."""

    model: Model
    common: tuple[float, ...]
    """By hypothesis; they need not add up to 1."""
    number: int
    """Another number gives other people."""
    wrong: float = 0.05
    """Of all answers, how many name a choice that is not the true one."""
    unsure: float = 0.1
    """Of all answers, how many are "not sure"."""

    @cached_property
    def tables(self) -> Tables:
        return compiled(self.model)

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The place of each mitigation in curator order, by reference."""
        return {mitigation.reference: place for place, mitigation in enumerate(self.model.mitigations)}

    @cached_property
    def _steps(self) -> tuple[float, ...]:
        """Where one problem ends and the next begins on a line from 0 to 1; behind the last is something else."""
        total = math.fsum(self.common) or 1.0
        return tuple(accumulate((1 - SOMETHING_ELSE) * weight / total for weight in self.common))

    def person(self, number: int) -> Person:
        return Person(self, number, _place(self._steps, chance(self.number, number, 0)))


@dataclass(frozen=True)
class Person:
    """Somebody with a problem."""

    world: World
    number: int
    problem: int
    """The hypothesis that is true; the number of hypotheses for something else."""

    def answers(self, question: Question) -> str:
        """The choice this person gives to a question, or "unsure"."""
        if self._chance(question, 0) < self.world.unsure:
            return UNSURE
        true = self._true_choice(question)
        others = [choice.slug for choice in question.choices if choice.slug != true]
        if others and self._chance(question, 1) < self.world.wrong:
            return others[int(self._chance(question, 2) * len(others))]
        return true

    def is_helped_by(self, mitigation: str) -> bool:
        """Whether a mitigation solves this person's problem: it must apply, and even then it works only so often."""
        cure = next((cure for cure in self._cures if cure.mitigation == mitigation), None)
        if cure is None:
            return False
        asking = self.world.tables.asking.get(cure.when.question) if cure.when else None
        if cure.when and asking and self._true_choice(asking.question) != cure.when.choice:
            return False
        return chance(self.world.number, self.number, 2, self.world.places[mitigation]) < cure.works

    @property
    def _cures(self) -> Sequence[Cure]:
        tables = self.world.tables
        return tables.cures[self.problem] if self.problem < len(tables.cures) else ()

    def _true_choice(self, question: Question) -> str:
        asking = self.world.tables.asking[question.slug]
        slips = LAPSE / len(question.choices)
        shares = [(part - slips) / (1 - LAPSE) for part in asking.distribution(self.problem)]
        place = _place(tuple(accumulate(shares)), self._chance(question, 3))
        return question.choices[min(place, len(shares) - 1)].slug

    def _chance(self, question: Question, what: int) -> float:
        return chance(self.world.number, self.number, 1, self.world.tables.asking[question.slug].number, what)


@dataclass(frozen=True)
class Visit:
    """What happened to one person, from the first screen to the fix that helped or to support."""

    questions: int
    minutes: float
    """Of answering, of the fixes tried, and of support where it came to that."""
    solved: bool
    first_right: bool
    """Whether the first guide that was opened is the one for the person's problem."""
    votes: tuple[Vote, ...]
    """One for each fix that was tried: all the site ever learns about this person."""


class Site:
    """What people meet: a model and its diagnoses, each worked out once."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self._tables = compiled(model)
        self._known: dict[Evidence, Diagnosis] = {}

    def visited_by(self, person: Person, evidence: Evidence = NO_EVIDENCE) -> Visit:
        """Answer what is asked, try what is offered first, and come back with what failed, until it works or ends.

        `evidence` is what was recognised in the person's error text. Of several guides offered together the first is
        taken: nobody here recognises their own problem from its title.
        """
        questions, minutes, opened, votes = 0, 0.0, "", list[Vote]()
        while True:
            diagnosis = self._diagnose(evidence)
            if isinstance(diagnosis.turn, Ask):
                question = diagnosis.turn.question
                questions, minutes = questions + 1, minutes + self._tables.asking[question.slug].cost
                evidence |= {Fact(Kind.ANSWER, question.slug, person.answers(question))}
                continue
            offered = next((candidate for candidate in diagnosis.ranking if candidate.mitigation), None)
            if isinstance(diagnosis.turn, HandOver) or offered is None:
                break
            opened = opened or offered.guide.reference
            helped = person.is_helped_by(offered.mitigation)
            minutes += max(self.model.mitigation[offered.mitigation].minutes, 1.0)
            votes.append(Vote(offered.guide.reference, offered.mitigation, helped, evidence))
            if helped:
                break
            evidence |= {Fact(Kind.TRIED, offered.mitigation, Result.SAME)}
        solved = any(vote.worked for vote in votes)
        right = self._tables.index.get(opened) == person.problem
        return Visit(questions, minutes if solved else minutes + SUPPORT_MINUTES, solved, right, tuple(votes))

    def _diagnose(self, evidence: Evidence) -> Diagnosis:
        if evidence not in self._known:
            self._known[evidence] = diagnose(self.model, evidence)
        return self._known[evidence]


def _place(steps: Sequence[float], at: float) -> int:
    """The first step above `at`; their number where none is."""
    return next((number for number, step in enumerate(steps) if at < step), len(steps))
