"""Ways of leading people: the engine, and what it is compared with."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping

import yaml

from tests.evaluation.bench import DATA
from troubleshooter.diagnosis.agenda import Agenda
from troubleshooter.diagnosis.belief import weigh
from troubleshooter.diagnosis.decide import diagnose
from troubleshooter.diagnosis.model import (
    UNSURE,
    Ask,
    Candidate,
    Diagnosis,
    Evidence,
    Guide,
    HandOver,
    Kind,
    Match,
    Model,
    Open,
    Turn,
)
from troubleshooter.diagnosis.worth import SUPPORT_MINUTES

Policy = Callable[[Evidence], Diagnosis]
"""What to do in each evidence set."""

Node = str | Mapping[str, "Node"]
"""A place in a tree: the slug of a guide, SUPPORT, or a question with what follows each choice."""

SUPPORT = "support"


def engine(model: Model) -> Policy:
    """The engine as it ships."""
    return lambda evidence: diagnose(model, evidence)


def in_fixed_order(model: Model) -> Policy:
    """Whenever the engine asks, this asks the next question in curator order; it stops when the engine does."""

    def policy(evidence: Evidence) -> Diagnosis:
        diagnosis = diagnose(model, evidence)
        if not isinstance(diagnosis.turn, Ask):
            return diagnosis
        following = Agenda(weigh(model, evidence)).askable[0].question
        return dataclasses.replace(diagnosis, turn=Ask(following))

    return policy


def without_questions(model: Model) -> Policy:
    """The fix that is likeliest to help for its minutes, again and again, until support is cheaper."""

    def policy(evidence: Evidence) -> Diagnosis:
        case = weigh(model, evidence)
        success: dict[str, float] = {}
        for row, share in zip(case.tables.cures, case.belief.shares, strict=True):
            for cure in row:
                success[cure.mitigation] = success.get(cure.mitigation, 0.0) + share * case.hope(cure)
        minutes = {reference: max(model.mitigation[reference].minutes, 1.0) for reference in success}
        best = max(success, key=lambda reference: success[reference] / minutes[reference])
        if success[best] * SUPPORT_MINUTES < minutes[best]:
            return _said(evidence, HandOver(""))
        guides = (case.hypotheses[index] for index in case.belief.leading)
        guide = next(guide for guide in guides if any(remedy.mitigation == best for remedy in guide.remedies))
        return _said(evidence, Open(guide, best))

    return policy


def tree(model: Model) -> Policy:
    """The tree of data/tree.yaml: questions to an end, then the fixes of the guide that stands there, then support."""
    root: Node = yaml.safe_load((DATA / "tree.yaml").read_text(encoding="utf-8"))
    guides = {guide.slug: guide for guide in model.guides}
    return lambda evidence: _said(evidence, _at(model, guides, root, evidence))


def _at(model: Model, guides: Mapping[str, Guide], root: Node, evidence: Evidence) -> Turn:
    answers = {fact.value: fact.detail for fact in evidence if fact.kind is Kind.ANSWER}
    known = {question: choice for question, choice in answers.items() if choice != UNSURE}
    tried = {fact.value for fact in evidence if fact.kind is Kind.TRIED}
    node = root
    while not isinstance(node, str):
        asked = str(node["ask"])
        if asked not in answers:
            return Ask(model.question[asked])
        node = node.get(answers[asked], node["else"])
    if node == SUPPORT:
        return HandOver("")
    left = [
        remedy.mitigation
        for remedy in guides[node].remedies
        if remedy.mitigation not in tried
        and (remedy.when is None or known.get(remedy.when.question, remedy.when.choice) == remedy.when.choice)
    ]
    return Open(guides[node], left[0]) if left else HandOver("")


def _said(evidence: Evidence, turn: Turn) -> Diagnosis:
    ranking = (Candidate(turn.guide, Match.LIKELY, (), turn.mitigation, True),) if isinstance(turn, Open) else ()
    return Diagnosis(evidence, turn, None, "", ranking, None, 0)
