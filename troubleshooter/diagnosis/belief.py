"""What is believed: the share of every guide, and of something else, once the evidence is counted."""

from __future__ import annotations

import heapq
import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from troubleshooter.diagnosis.model import (
    ANY_CODE,
    CODE_GROUP,
    OBSERVATIONS,
    TEXT_GROUP,
    UNSURE,
    Evidence,
    Fact,
    Guide,
    Kind,
    Model,
    Question,
    Result,
)
from troubleshooter.diagnosis.tables import Cure, Tables, compiled

RATIO: Mapping[Kind, float] = {
    Kind.CODE: 3000.0,
    Kind.HEX: 1500.0,
    Kind.MESSAGE: 1500.0,
    Kind.STATUS: 25.0,
    Kind.ABOUT: 4.0,
    Kind.UNKNOWN: 5.0,
}
"""How much likelier a fact is under the guides it points to (unknown: under something else) than otherwise."""

PHRASE_RATIO = 15.0
"""The same for a message that is a curator's phrase: people's own words are a hint, not a proof."""

HARDLY_APPLIES = 0.15
"""A mitigation that is less likely than this to apply is not offered: it would surprise, and may do harm."""

LEADING = 50
"""How many hypotheses are ever looked at one by one."""

_RESULTS = {result.value: place for place, result in enumerate(Result)}


@dataclass(frozen=True)
class Factor:
    """What one fact does: it multiplies the weight of some hypotheses, and that of something else."""

    fact: Fact
    ratios: Mapping[int, float]
    """How much likelier the fact is under some hypotheses than otherwise; those not named stand at 1."""
    other: float = 1.0

    def weight(self, hypothesis: int) -> float:
        """How strongly the fact speaks for a hypothesis and against something else, in nats."""
        return math.log(self.ratios.get(hypothesis, 1.0) / self.other)


@dataclass(frozen=True)
class Known:
    """The part of an evidence set that counts, without contradictions and in curator order."""

    observation: Fact | None
    unknown: Fact | None
    read: frozenset[str]
    """Groups of questions that the error text has answered."""
    about: tuple[Fact, ...]
    answers: tuple[Fact, ...]
    """Answers that count: not "unsure", one per question, one question per group, conditions met."""
    asked: frozenset[str]
    """Every question that was answered, "not sure" included."""
    tried: tuple[Fact, ...]
    """One per mitigation."""

    @cached_property
    def choices(self) -> Mapping[str, str]:
        """The counting choice by question."""
        return {fact.value: fact.detail for fact in self.answers}

    @cached_property
    def failed(self) -> frozenset[str]:
        """Every mitigation after which the error stayed the same."""
        return frozenset(fact.value for fact in self.tried if fact.detail == Result.SAME)

    @cached_property
    def mitigations(self) -> frozenset[str]:
        """Every mitigation that was tried, whatever came of it."""
        return frozenset(fact.value for fact in self.tried)

    @property
    def is_grounded(self) -> bool:
        """True once an observation or an answer counts; weaker facts never claim a guide on their own."""
        return bool(self.observation or self.answers)


@dataclass(frozen=True)
class Belief:
    """Shares of the hypotheses (in the order of `Model.hypotheses`) and of something else; they add up to 1."""

    shares: tuple[float, ...]
    other: float

    @cached_property
    def leading(self) -> tuple[int, ...]:
        """Indices of the leading hypotheses, likeliest first, ties in curator order."""
        heaviest = heapq.nlargest(LEADING, range(len(self.shares)), key=self.shares.__getitem__)
        return tuple(sorted(heaviest, key=lambda index: (-round(self.shares[index], 9), index)))


@dataclass(frozen=True)
class Case:
    """One evidence set, weighed against one model."""

    tables: Tables
    known: Known
    factors: tuple[Factor, ...]
    belief: Belief

    @property
    def hypotheses(self) -> tuple[Guide, ...]:
        return self.tables.model.hypotheses

    def failed(self, hypothesis: int) -> tuple[Cure, ...]:
        """The cures of a hypothesis that were tried in vain."""
        failed = self.known.failed
        return tuple(cure for cure in self.tables.cures[hypothesis] if cure.mitigation in failed) if failed else ()

    def may_apply(self, cure: Cure) -> bool:
        """False where the answers rule a cure out."""
        return cure.applies(self.known.choices, self.failed(cure.hypothesis)) >= HARDLY_APPLIES

    def hope(self, cure: Cure, choices: Mapping[str, str] | None = None) -> float:
        """How often a cure will work that is still to try; 0 once it was tried, and where the choices rule it out.

        `choices` stand for those known, where others are given.
        """
        if cure.mitigation in self.known.mitigations:
            return 0.0
        applies = cure.applies(self.known.choices if choices is None else choices, self.failed(cure.hypothesis))
        return cure.works * applies if applies >= HARDLY_APPLIES else 0.0

    @cached_property
    def pointed(self) -> tuple[int, ...]:
        """The hypotheses that the observation points to."""
        return self.tables.hypotheses_of(self.known.observation) if self.known.observation else ()

    @cached_property
    def forks(self) -> tuple[Guide, ...]:
        """The forks that the observation points to."""
        observation = self.known.observation
        return tuple(guide for guide in self.tables.pointed(observation) if guide.is_fork) if observation else ()

    def mitigations(self, hypothesis: int) -> tuple[str, ...]:
        """The mitigations left to try, the one that cures most for its minutes first, ties in curator order."""
        hopes = [(self.hope(cure), cure) for cure in self.tables.cures[hypothesis]]
        still_open = [(round(hope / cure.minutes, 9), cure.mitigation) for hope, cure in hopes if hope > 0]
        return tuple(mitigation for _, mitigation in sorted(still_open, key=lambda pair: -pair[0]))

    def mitigation(self, hypothesis: int) -> str:
        """The mitigation to try first; "" when none is left."""
        return next(iter(self.mitigations(hypothesis)), "")


def weigh(model: Model, evidence: Evidence) -> Case:
    """Count the evidence and multiply it into the priors."""
    tables = compiled(model)
    known = _count(tables, evidence)
    factors = _factors(tables, known)
    return Case(tables, known, factors, _believe(tables, factors))


def applicable_answers(tables: Tables, answers: Sequence[Fact]) -> tuple[Fact, ...]:
    """Those of the answers (one per question) whose question still makes sense beside the others."""
    chosen = {fact.value: fact.detail for fact in answers}
    return tuple(fact for fact in answers if _condition_holds(tables, tables.asking[fact.value].question, chosen))


def is_phrase(tables: Tables, fact: Fact) -> bool:
    """True for a message that stands for a guide's phrases and not for one of its templates."""
    return fact.kind is Kind.MESSAGE and fact.value.upper() in tables.model.guide


def _believe(tables: Tables, factors: Sequence[Factor]) -> Belief:
    weights, other = list(tables.priors), tables.other_prior
    for factor in factors:
        for index, ratio in factor.ratios.items():
            weights[index] *= ratio
        other *= factor.other
    total = math.fsum(weights) + other
    return Belief(tuple(weight / total for weight in weights), other / total)


def _factors(tables: Tables, known: Known) -> tuple[Factor, ...]:
    """What each counting fact does, observations first; facts that change nothing are left out."""
    found: list[Factor] = []
    if known.observation:
        found.append(_pointing(tables, known.observation))
    if known.unknown:
        found.append(Factor(known.unknown, {}, RATIO[Kind.UNKNOWN]))
    found += [_pointing(tables, fact) for fact in known.about]
    found += [Factor(fact, tables.asking[fact.value].ratios(fact.detail)) for fact in known.answers]
    found += [_failed(tables, fact, known) for fact in known.tried if fact.detail == Result.SAME]
    return tuple(factor for factor in found if factor.ratios or factor.other != 1.0)


def _pointing(tables: Tables, fact: Fact) -> Factor:
    ratio = PHRASE_RATIO if is_phrase(tables, fact) else RATIO[fact.kind]
    return Factor(fact, dict.fromkeys(tables.hypotheses_of(fact), ratio))


def _failed(tables: Tables, fact: Fact, known: Known) -> Factor:
    """One after the other: a mitigation is weighed beside those that come before it in curator order."""
    before = {other.value for other in known.tried[: known.tried.index(fact)] if other.detail == Result.SAME}
    ratios = {}
    for cure in tables.cured_by[fact.value]:
        failed = [other for other in tables.cures[cure.hypothesis] if other.mitigation in before]
        ratios[cure.hypothesis] = 1 - cure.success(known.choices, failed)
    return Factor(fact, ratios)


def _count(tables: Tables, evidence: Evidence) -> Known:
    """What counts of an evidence set. Every choice between rival facts follows curator order."""
    by_kind: dict[Kind, list[Fact]] = {kind: [] for kind in Kind}
    for fact in evidence:
        by_kind[fact.kind].append(fact)
    unknown = min(by_kind[Kind.UNKNOWN], default=None)
    observation = _observation(tables, by_kind, unknown)
    answers = _answers(tables, by_kind[Kind.ANSWER])
    read = _read(tables, observation) if observation else frozenset[str]()
    counting = _counting(tables, answers, read)
    tried = _tried(tables, by_kind[Kind.TRIED])
    return Known(
        observation=observation,
        unknown=unknown,
        read=read,
        about=tuple(sorted(fact for fact in by_kind[Kind.ABOUT] if fact.value in tables.model.guide)),
        answers=counting,
        asked=frozenset(fact.value for fact in answers),
        tried=tried,
    )


def _observation(tables: Tables, by_kind: Mapping[Kind, Sequence[Fact]], unknown: Fact | None) -> Fact | None:
    """The strongest observation that points to a guide; a named code that we do not know beats a status."""
    for kind in OBSERVATIONS:
        if kind is Kind.STATUS and unknown and unknown.value != ANY_CODE:
            return None
        if found := [fact for fact in by_kind[kind] if tables.pointed(fact)]:
            return min(found, key=lambda fact: (tables.observation_order[fact.kind, fact.value.lower()], fact.value))
    return None


def _answers(tables: Tables, facts: Iterable[Fact]) -> list[Fact]:
    """One answer per question: of several the first choice, "not sure" last."""
    ranked: list[tuple[int, int, Fact]] = []
    for fact in facts:
        if asking := tables.asking.get(fact.value):
            places = [choice.slug for choice in asking.question.choices] + [UNSURE]
            if fact.detail in places:
                ranked.append((asking.number, places.index(fact.detail), fact))
    first: dict[int, Fact] = {}
    for number, _place, fact in sorted(ranked):
        first.setdefault(number, fact)
    return list(first.values())


def _read(tables: Tables, observation: Fact) -> frozenset[str]:
    """Which code the error names is still worth asking where people used words of their own, or guides share them."""
    names_one = len(tables.hypotheses_of(observation)) == 1 and not is_phrase(tables, observation)
    return frozenset({TEXT_GROUP, CODE_GROUP} if names_one else {TEXT_GROUP})


def _counting(tables: Tables, answers: Sequence[Fact], read: Collection[str]) -> tuple[Fact, ...]:
    counting: list[Fact] = []
    settled = set(read)
    for fact in applicable_answers(tables, answers):
        family = tables.asking[fact.value].question.family
        if fact.detail != UNSURE and family not in settled:
            settled.add(family)
            counting.append(fact)
    return tuple(counting)


def _condition_holds(tables: Tables, question: Question, chosen: Mapping[str, str]) -> bool:
    """False when the question it depends on, or one further up, was answered differently."""
    seen: set[str] = set()
    condition = question.only_if
    while condition and condition.question not in seen:
        if chosen.get(condition.question, condition.choice) != condition.choice:
            return False
        seen.add(condition.question)
        parent = tables.asking.get(condition.question)
        condition = parent.question.only_if if parent else None
    return True


def _tried(tables: Tables, facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """One result per mitigation: of several "same" first, then "new", then "could not"."""
    first: dict[str, Fact] = {}
    for fact in sorted(facts, key=lambda fact: (fact.value, _RESULTS.get(fact.detail, len(_RESULTS)))):
        if fact.value in tables.cured_by and fact.detail in _RESULTS:
            first.setdefault(fact.value, fact)
    return tuple(first.values())
