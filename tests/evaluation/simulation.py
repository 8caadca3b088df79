"""Made-up people whose problem is known, and what happens to them on the site: questions, minutes, solved or not.

Every person is a function of two numbers, the world's and their own. Their answers and whether a fix helps them do not
depend on what the site asks first, so two models meet the very same people and are told apart by few of them.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from itertools import accumulate
from statistics import NormalDist

from tests.evaluation.policies import Policy, engine
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
from troubleshooter.diagnosis.tables import LAPSE, SOMETHING_ELSE, Asking, Cure, Tables, compiled
from troubleshooter.diagnosis.worth import SUPPORT_MINUTES

NO_EVIDENCE: Evidence = frozenset()

OFFERED = 3
"""Guides at the first stop among which the right one should be."""

_ANSWERS, _CURES, _COMMON = 1 << 40, 1 << 41, 1 << 42
"""Places of chance at which a world is drawn, far from those of its people."""


def chance(*places: int) -> float:
    """An even number from 0 to 1 (1 excluded) for this place; the same for the same place, on every machine."""
    mixed = blake2b(struct.pack(f"<{len(places)}Q", *places), digest_size=8).digest()
    return (int.from_bytes(mixed, "little") >> 11) / (1 << 53)


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
    misfit: float = 0.0
    """How wrong the model's own words are about this world: the spread of what every weight is multiplied by, as a
    natural logarithm. 0: things are as the guides state them."""

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
        weights = [weight * self._factor(_COMMON, place) for place, weight in enumerate(self.common)]
        total = math.fsum(weights) or 1.0
        return tuple(accumulate((1 - SOMETHING_ELSE) * weight / total for weight in weights))

    def answer_steps(self, asking: Asking, problem: int) -> Sequence[float]:
        """How people with a problem truly answer: where each choice ends on a line from 0 to 1."""
        if (asking.number, problem) not in self._answer_steps:
            slips = LAPSE / len(asking.normal)
            weights = [
                (part - slips) / (1 - LAPSE) * self._factor(_ANSWERS, asking.number, problem, place)
                for place, part in enumerate(asking.distribution(problem))
            ]
            total = math.fsum(weights)
            self._answer_steps[asking.number, problem] = tuple(accumulate(weight / total for weight in weights))
        return self._answer_steps[asking.number, problem]

    def works(self, cure: Cure) -> float:
        """How often a cure truly helps where it applies."""
        odds = cure.works / (1 - cure.works) * self._factor(_CURES, cure.hypothesis, self.places[cure.mitigation])
        return odds / (1 + odds)

    @cached_property
    def _answer_steps(self) -> dict[tuple[int, int], Sequence[float]]:
        return {}

    def _factor(self, *places: int) -> float:
        """Lognormal, with `misfit` as its spread."""
        if not self.misfit:
            return 1.0
        return math.exp(self.misfit * NormalDist().inv_cdf(max(chance(self.number, *places), 1e-12)))

    def person(self, number: int) -> Person:
        return Person(self, number, _place(self._steps, chance(self.number, number, 0)))


@dataclass(frozen=True)
class Person:
    """Somebody with a problem."""

    world: World
    number: int
    problem: int
    """The hypothesis that is true; the number of hypotheses for something else."""

    @property
    def has_a_guide(self) -> bool:
        return self.problem < len(self.world.common)

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
        return chance(self.world.number, self.number, 2, self.world.places[mitigation]) < self.world.works(cure)

    @property
    def _cures(self) -> Sequence[Cure]:
        tables = self.world.tables
        return tables.cures[self.problem] if self.problem < len(tables.cures) else ()

    def _true_choice(self, question: Question) -> str:
        steps = self.world.answer_steps(self.world.tables.asking[question.slug], self.problem)
        return question.choices[min(_place(steps, self._chance(question, 3)), len(steps) - 1)].slug

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
    place: int
    """Of the right guide among the first ones that were offered at the first stop, from 1; 0 where it is not there."""


class Site:
    """What people meet: a model and what a policy makes of each evidence set, worked out once.

    A policy that is not named is the engine.
    """

    def __init__(self, model: Model, policy: Policy | None = None) -> None:
        self.model = model
        self.policy = policy or engine(model)
        self._tables = compiled(model)
        self._known: dict[Evidence, Diagnosis] = {}

    def visited_by(self, person: Person, evidence: Evidence = NO_EVIDENCE) -> Visit:
        """Answer what is asked, try what is offered first, and come back with what failed, until it works or ends.

        `evidence` is what was recognised in the person's error text. Of several guides offered together the first is
        taken: nobody here recognises their own problem from its title.
        """
        questions, minutes, opened, votes = 0, 0.0, "", list[Vote]()
        place: int | None = None
        while True:
            diagnosis = self.diagnosis(evidence)
            if isinstance(diagnosis.turn, Ask):
                question = diagnosis.turn.question
                questions, minutes = questions + 1, minutes + self._tables.asking[question.slug].cost
                evidence |= {Fact(Kind.ANSWER, question.slug, person.answers(question))}
                continue
            place = self._place(diagnosis, person) if place is None else place
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
        return Visit(
            questions, minutes if solved else minutes + SUPPORT_MINUTES, solved, right, tuple(votes), place or 0
        )

    def first_stop(self, person: Person, evidence: Evidence = NO_EVIDENCE) -> Evidence:
        """What is known when asking first ends."""
        while isinstance(turn := self.diagnosis(evidence).turn, Ask):
            evidence |= {Fact(Kind.ANSWER, turn.question.slug, person.answers(turn.question))}
        return evidence

    def diagnosis(self, evidence: Evidence) -> Diagnosis:
        """What the policy says, worked out once."""
        if evidence not in self._known:
            self._known[evidence] = self.policy(evidence)
        return self._known[evidence]

    def _place(self, diagnosis: Diagnosis, person: Person) -> int:
        """Of the person's guide among those offered; nothing is offered where the turn hands over."""
        if isinstance(diagnosis.turn, HandOver):
            return 0
        guides = [candidate.guide for candidate in diagnosis.ranking if not candidate.guide.is_fork][:OFFERED]
        places = {self._tables.index[guide.reference]: place for place, guide in enumerate(guides, 1)}
        return places.get(person.problem, 0)


def _place(steps: Sequence[float], at: float) -> int:
    """The first step above `at`; their number where none is."""
    return next((number for number, step in enumerate(steps) if at < step), len(steps))
