"""What is believed: the share of every guide, and of something else, once the evidence is counted."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from troubleshooter.diagnosis.model import (
    OBSERVATIONS,
    TEXT_GROUP,
    UNSURE,
    Evidence,
    Fact,
    Guide,
    Kind,
    Model,
    Question,
    Remedy,
    Result,
)
from troubleshooter.diagnosis.tables import SHARE_OF_WORD, Tables, compiled

RATIO: Mapping[Kind, float] = {
    Kind.CODE: 3000.0,
    Kind.HEX: 1500.0,
    Kind.MESSAGE: 1500.0,
    Kind.STATUS: 25.0,
    Kind.ABOUT: 3.0,
    Kind.UNKNOWN: 5.0,
}
"""How much likelier a fact is under the guides it points to (unknown: under something else) than otherwise."""

PHRASE_RATIO = 15.0
"""The same for a message that is a curator's phrase: people's own words are a hint, not a proof."""

ANY_CODE = "1"
"""The value of an unknown fact when a text was read and held nothing that we know."""


@dataclass(frozen=True)
class Factor:
    """What one fact does: it multiplies the weight of these hypotheses, and that of something else."""

    fact: Fact
    ratios: Mapping[int, float]
    """By index of the hypothesis; a hypothesis that is not named keeps its weight."""
    other: float = 1.0


@dataclass(frozen=True)
class Known:
    """The part of an evidence set that counts, without contradictions and in curator order."""

    observation: Fact | None
    unknown: Fact | None
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
    def order(self) -> tuple[int, ...]:
        """Indices of the hypotheses, likeliest first, ties in curator order."""
        return tuple(sorted(range(len(self.shares)), key=lambda index: -round(self.shares[index], 9)))


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


def posterior(model: Model, evidence: Evidence) -> Belief:
    """The belief after everything in the evidence that counts."""
    return weigh(model, evidence).belief


def weigh(model: Model, evidence: Evidence) -> Case:
    """Count the evidence and multiply it into the priors."""
    tables = compiled(model)
    known = count(tables, evidence)
    counted = factors(tables, known)
    return Case(tables, known, counted, believe(tables, counted))


def believe(tables: Tables, counted: Sequence[Factor]) -> Belief:
    weights, other = list(tables.priors), tables.other_prior
    for factor in counted:
        for index, ratio in factor.ratios.items():
            weights[index] *= ratio
        other *= factor.other
    total = math.fsum(weights) + other
    return Belief(tuple(weight / total for weight in weights), other / total)


def factors(tables: Tables, known: Known) -> tuple[Factor, ...]:
    """What each counting fact does, observations first; facts that change nothing are left out."""
    found: list[Factor] = []
    if known.observation:
        found.append(_pointing(tables, known.observation))
    if known.unknown:
        found.append(Factor(known.unknown, {}, RATIO[Kind.UNKNOWN]))
    found += [_pointing(tables, fact) for fact in known.about]
    found += [Factor(fact, tables.asking[fact.value].ratios[fact.detail]) for fact in known.answers]
    found += [_failed(tables, fact, known) for fact in known.tried if fact.detail == Result.SAME]
    return tuple(factor for factor in found if factor.ratios or factor.other != 1.0)


def count(tables: Tables, evidence: Evidence) -> Known:
    """What counts of an evidence set. Every choice between rival facts follows curator order."""
    unknown = min((fact for fact in evidence if fact.kind is Kind.UNKNOWN), default=None)
    observation = _observation(tables, evidence, unknown)
    given = (_first_given(asking.question, evidence) for asking in tables.asking.values())
    answers = [fact for fact in given if fact]
    about = (guide.reference for guide in tables.model.guides)
    tried = (_tried(mitigation.reference, evidence) for mitigation in tables.model.mitigations)
    return Known(
        observation=observation,
        unknown=unknown,
        about=tuple(fact for reference in about if (fact := Fact(Kind.ABOUT, reference)) in evidence),
        answers=_counting_answers(tables, answers, text_was_read=observation is not None),
        asked=frozenset(fact.value for fact in answers),
        tried=tuple(fact for fact in tried if fact),
    )


def applicable_answers(tables: Tables, answers: Sequence[Fact]) -> tuple[Fact, ...]:
    """Those of the answers (one per question) whose question still makes sense beside the others."""
    chosen = {fact.value: fact.detail for fact in answers}
    return tuple(fact for fact in answers if _condition_holds(tables, tables.asking[fact.value].question, chosen))


def is_phrase(tables: Tables, fact: Fact) -> bool:
    """True for a message that stands for a guide's phrases and not for one of its templates."""
    return fact.kind is Kind.MESSAGE and fact.value.upper() in tables.model.guide


def applies(remedy: Remedy, choices: Mapping[str, str]) -> bool:
    """False when the answer that a remedy depends on was given differently; unanswered, it stays in."""
    return remedy.when is None or choices.get(remedy.when.question, remedy.when.choice) == remedy.when.choice


def _pointing(tables: Tables, fact: Fact) -> Factor:
    ratio = PHRASE_RATIO if is_phrase(tables, fact) else RATIO[fact.kind]
    return Factor(fact, dict.fromkeys(tables.hypotheses_of(fact), ratio))


def _failed(tables: Tables, fact: Fact, known: Known) -> Factor:
    ratios = {
        index: 1 - SHARE_OF_WORD[remedy.works]
        for index, guide in enumerate(tables.model.hypotheses)
        for remedy in guide.remedies
        if remedy.mitigation == fact.value and applies(remedy, known.choices)
    }
    return Factor(fact, ratios)


def _observation(tables: Tables, evidence: Evidence, unknown: Fact | None) -> Fact | None:
    """The strongest observation that points to a guide; a named code that we do not know beats a status."""
    for kind in OBSERVATIONS:
        found = [fact for fact in evidence if fact.kind is kind and tables.pointed(fact)]
        if kind is Kind.STATUS and unknown and unknown.value != ANY_CODE:
            return None
        if found:
            return min(found, key=lambda fact: (tables.observation_order[kind, fact.value.lower()], fact.value))
    return None


def _counting_answers(tables: Tables, answers: Sequence[Fact], *, text_was_read: bool) -> tuple[Fact, ...]:
    counting: list[Fact] = []
    groups: set[str] = {TEXT_GROUP} if text_was_read else set()
    for fact in applicable_answers(tables, answers):
        group = tables.asking[fact.value].question.group
        if fact.detail != UNSURE and group not in groups:
            groups |= {group} - {""}
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


def _first_given(question: Question, evidence: Evidence) -> Fact | None:
    rivals = (
        Fact(Kind.ANSWER, question.slug, slug) for slug in (*(choice.slug for choice in question.choices), UNSURE)
    )
    return next((fact for fact in rivals if fact in evidence), None)


def _tried(mitigation: str, evidence: Evidence) -> Fact | None:
    rivals = (Fact(Kind.TRIED, mitigation, result) for result in Result)
    return next((fact for fact in rivals if fact in evidence), None)
