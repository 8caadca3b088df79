"""What to do next: open a guide, choose between a few, ask one question, or hand over to a person."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from troubleshooter.diagnosis import explain, worth
from troubleshooter.diagnosis.agenda import Agenda
from troubleshooter.diagnosis.belief import Case, is_phrase, weigh
from troubleshooter.diagnosis.model import (
    Ask,
    Candidate,
    Choose,
    Diagnosis,
    Evidence,
    Guide,
    HandOver,
    Kind,
    Match,
    Model,
    Open,
    Question,
    Turn,
)
from troubleshooter.diagnosis.tables import Asking

LIKELY = 20
"""A guide is likely while the leader is believed at most this many times more."""

MOST_LIKELY = 7
TOLD_APART = 0.2
"""Bits a question must give about the guides that share an observation, to be asked whatever it costs."""

DOMINATES = 2.3
"""We say that no guide fits once something else is believed this many times more than what still has a fix left."""

MATCH_OF_KIND = {Kind.CODE: Match.EXACT, Kind.HEX: Match.EXACT, Kind.MESSAGE: Match.LIKELY, Kind.STATUS: Match.GENERAL}


def diagnose(model: Model, evidence: Evidence, notes: tuple[str, ...] = ()) -> Diagnosis:
    """The whole answer to one evidence set. The same evidence always gives the same answer."""
    case = weigh(model, evidence)
    agenda, likely = Agenda(case), likely_in(case)
    turn, reason = _turn(case, agenda, likely)
    observation = case.known.observation
    return Diagnosis(
        evidence=evidence,
        turn=turn,
        match=MATCH_OF_KIND[observation.kind] if observation else None,
        reason=reason,
        ranking=_ranking(case, likely, turn),
        at_most=agenda.at_most(turn.question) if isinstance(turn, Ask) else None,
        asked=len(case.known.asked),
        notes=notes,
    )


def order_of_repair(model: Model, evidence: Evidence, reference: str) -> tuple[str, ...]:
    """The mitigations of a guide that are left to try, in the order in which they are offered."""
    case = weigh(model, evidence)
    found = (index for index, guide in enumerate(case.hypotheses) if guide.reference == reference)
    return next((case.mitigations(index) for index in found), ())


def trusted_answers(model: Model, evidence: Evidence, reference: str) -> Mapping[str, str]:
    """The choice by question, without those that may well be a slip where this guide is right.

    Such a choice rules out a mitigation of the guide that may apply all the same.
    """
    case = weigh(model, evidence)
    choices, index = case.known.choices, case.tables.index.get(reference)
    may_apply = (cure.when for cure in case.tables.cures[index] if case.may_apply(cure)) if index is not None else ()
    doubted = {when.question for when in may_apply if when and choices.get(when.question) != when.choice}
    return {question: choice for question, choice in choices.items() if question not in doubted}


def _turn(case: Case, agenda: Agenda, likely: Sequence[int]) -> tuple[Turn, str]:
    """The turn and one sentence that says why."""
    askable = agenda.askable
    if case.forks and (turn := _lead_on(case, likely)):
        return turn, "This error can have several causes."
    if question := _to_tell_sharers_apart(case, likely, askable):
        return Ask(question), "This error has more than one known cause, and this question tells them apart."
    if not case.known.is_grounded:
        return _ask_for_a_start(case, agenda)
    if not _is_settled(case) and (best := worth.most_worth(agenda)):
        return Ask(best.question), explain.why_asking(case, best.question)
    return _conclude(case, likely)


def _lead_on(case: Case, likely: Sequence[int]) -> Choose | None:
    """The fork and its likely targets; None once only one of these is left, or none has a fix left."""
    targets = [index for index in likely if index in case.pointed and case.mitigation(index)]
    told_more = bool(case.known.answers or case.known.tried)
    if told_more and (len(targets) == 0 or len(likely) == 1):
        return None
    return Choose((*case.forks, *(case.hypotheses[index] for index in targets)))


def _to_tell_sharers_apart(case: Case, likely: Sequence[int], askable: Sequence[Asking]) -> Question | None:
    """What to ask first, whatever it costs, where several likely guides share the observation."""
    sharers = [index for index in likely if index in case.pointed and case.mitigation(index)]
    if len(sharers) < 2:
        return None
    asking = worth.best_between(case, askable, sharers, TOLD_APART)
    return asking.question if asking else None


def _ask_for_a_start(case: Case, agenda: Agenda) -> tuple[Turn, str]:
    """Without an observation or an answer no guide is claimed: ask, or say honestly that we cannot."""
    unknown = case.known.unknown
    best = worth.most_worth(agenda) or next(worth.best_questions(case, agenda.askable), None)
    if best:
        reason = explain.unknown_sentence(unknown) if unknown else explain.why_asking(case, best.question)
        return Ask(best.question), reason
    reason = explain.unknown_sentence(unknown) if unknown else "We know too little to say which guide fits."
    return HandOver(reason), reason


def _is_settled(case: Case) -> bool:
    """True when the error text belongs to the leading guide alone, so that asking would only hold people up."""
    observation = case.known.observation
    if not observation or observation.kind is Kind.STATUS or is_phrase(case.tables, observation):
        return False
    leader = case.belief.leading[:1]
    return case.pointed == leader and any(case.mitigation(index) for index in leader)


def _conclude(case: Case, likely: Sequence[int]) -> tuple[Turn, str]:
    """Nothing is worth asking any more."""
    helpful = [index for index in likely if case.mitigation(index)]
    believed = math.fsum(case.belief.shares[index] for index in helpful)
    if not helpful or round(case.belief.other - DOMINATES * believed, 9) >= 0:
        reason = _no_match(case, helpful)
        return HandOver(reason), reason
    if case.known.tried and not any(worth.is_worth_trying(case, case.mitigation(index)) for index in helpful):
        reason = "Asking for help is quicker than what is left to try."
        return HandOver(reason), reason
    if len(helpful) == 1:
        only = helpful[0]
        return Open(case.hypotheses[only], case.mitigation(only)), explain.reasons_for(case, only)[0]
    best_first = sorted(helpful, key=lambda index: -round(worth.promise(case, index), 9))
    guides = tuple(case.hypotheses[index] for index in best_first)
    return Choose(guides), f"{len(guides)} guides may fit what you told us."


def _no_match(case: Case, helpful: Sequence[int]) -> str:
    if case.known.unknown and not case.known.observation:
        return explain.unknown_sentence(case.known.unknown)
    if case.known.tried and not helpful:
        return "No fix that we know for this is left to try."
    if case.known.answers and not helpful:
        return "We know no fix that suits your answers."
    return "Your answers fit none of our guides." if case.known.answers else "None of our guides fits this error."


def likely_in(case: Case) -> tuple[int, ...]:
    order, shares = case.belief.leading[:MOST_LIKELY], case.belief.shares
    return tuple(index for index in order if round(shares[index] * LIKELY - shares[order[0]], 9) >= 0)


def _ranking(case: Case, likely: Sequence[int], turn: Turn) -> tuple[Candidate, ...]:
    """What the turn offers, other likely guides (nothing left to try: last), the rest.

    A fork that the error names comes first, unless the turn has gone past it to other guides.
    """
    offered = turn.guides if isinstance(turn, Choose) else (turn.guide,) if isinstance(turn, Open) else ()
    place = {case.tables.index.get(guide.reference): number for number, guide in enumerate(offered)}
    shown = sorted(likely, key=lambda index: (place.get(index, len(place)), not case.mitigation(index)))
    forks = [_fork_candidate(case, fork) for fork in case.forks if not offered or fork in offered]
    ranked = [_candidate(case, index, explain.reasons_for(case, index), likely=True) for index in shown]
    rest = [index for index in case.belief.leading if index not in likely]
    against = (explain.reason_against(case, index, case.belief.leading[0]) for index in rest)
    ranked += [_candidate(case, index, (reason,), likely=False) for index, reason in zip(rest, against, strict=True)]
    return (*forks, *ranked)


def _fork_candidate(case: Case, fork: Guide) -> Candidate:
    observation = case.known.observation
    assert observation is not None  # noqa: S101 - only an observation names a fork
    reasons = (explain.sentence(case, observation),)
    return Candidate(fork, MATCH_OF_KIND[observation.kind], reasons, "", likely=True, is_spoken_for=True)


def _candidate(case: Case, index: int, reasons: tuple[str, ...], *, likely: bool) -> Candidate:
    guide = case.hypotheses[index]
    spoken_for = likely and bool(explain.speaking_for(case, index))
    return Candidate(guide, _match(case, index), reasons, case.mitigation(index), likely, spoken_for)


def _match(case: Case, index: int) -> Match:
    observation = case.known.observation
    if observation and index in case.pointed:
        is_target = case.hypotheses[index] not in case.tables.pointed(observation)
        match = MATCH_OF_KIND[observation.kind]
        return Match.LIKELY if is_target and match is Match.EXACT else match
    answers = (factor for factor in case.factors if factor.fact.kind is Kind.ANSWER)
    speaking = any(factor.weight(index) > explain.NOTICEABLE for factor in answers)
    return Match.LIKELY if speaking else Match.GENERAL
