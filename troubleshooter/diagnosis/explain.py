"""Why a guide fits, why another fits less, why a question is asked: in sentences that are true."""

from __future__ import annotations

import math
from itertools import combinations
from typing import NamedTuple

from troubleshooter.diagnosis.belief import Case, is_phrase, weigh
from troubleshooter.diagnosis.model import ANY_CODE, Evidence, Fact, Kind, Model, Question, Result
from troubleshooter.diagnosis.tables import Asking

LONGEST_QUOTE = 80
"""Characters of a message template or token that a sentence quotes."""

NOTICEABLE = 0.1
"""Weights nearer to zero than this are not worth a sentence."""

MISFIT = math.log(3)
"""An answer three times likelier under something else than under the leader fits badly."""

MOST_REASONS = 3

POINTED_TO = "Some of your words point to it."
DESCRIBED = "Your text describes this problem."
WITHOUT_QUOTE = (POINTED_TO, DESCRIBED)
"""Reasons that say less than a quote of the words they are about."""

LIFTED = 1.05
"""How many times as likely an answer has to make a guide before we say that it tells something about it."""


class Weight(NamedTuple):
    """How strongly one fact speaks for a guide and against something else, in nats (negative: against it)."""

    fact: Fact
    weight: float


def weights(case: Case, hypothesis: int) -> tuple[Weight, ...]:
    """One weight per counting fact. With the prior's log-odds they add up to the log-odds of the belief."""
    return tuple(Weight(factor.fact, factor.weight(hypothesis)) for factor in case.factors)


def prior_log_odds(case: Case, hypothesis: int) -> float:
    """Of a hypothesis against something else, before any evidence, in nats."""
    return math.log(case.tables.priors[hypothesis] / case.tables.other_prior)


def reasons_for(case: Case, hypothesis: int) -> tuple[str, ...]:
    """Why a guide is likely, strongest first, then what was tried of it; never empty."""
    found = _rounded(case, hypothesis)
    sentences = [sentence(case, fact) for fact in speaking_for(case, hypothesis)[:MOST_REASONS]]
    if not sentences:
        is_against = any(weight < 0 for weight, _fact in found)
        sentences = [
            "What you told us does not rule it out." if is_against else "Nothing you told us speaks against it."
        ]
    tried = [fact for weight, fact in found if fact.kind is Kind.TRIED and weight < 0]
    sentences += [f"But {_continued(sentence(case, fact))}" for fact in tried]
    return tuple(dict.fromkeys(sentences))


def speaking_for(case: Case, hypothesis: int) -> tuple[Fact, ...]:
    """The facts that speak noticeably for a guide, strongest first."""
    speaking = sorted((pair for pair in _rounded(case, hypothesis) if pair[0] > NOTICEABLE), key=lambda pair: -pair[0])
    return tuple(fact for _weight, fact in speaking)


def _rounded(case: Case, hypothesis: int) -> list[tuple[float, Fact]]:
    return [(round(pair.weight, 9), pair.fact) for pair in weights(case, hypothesis)]


def reason_against(case: Case, hypothesis: int, leader: int) -> str:
    """What speaks most against a guide when it is compared with the leader."""
    gaps = [round(factor.weight(hypothesis) - factor.weight(leader), 9) for factor in case.factors]
    widest = min(gaps, default=0.0)
    rarer = round(prior_log_odds(case, hypothesis) - prior_log_odds(case, leader), 9)
    if min(widest, rarer) >= -NOTICEABLE:
        return "Less likely: other guides fit better."
    if rarer < widest:
        return "Less likely: this problem is rarer."
    return f"Less likely: {_against(case, case.factors[gaps.index(widest)].fact)}"


def misfits(model: Model, evidence: Evidence) -> tuple[Fact, ...]:
    """The counting answers that fit badly with the leading guide, worst first: the ones to look at again."""
    case = weigh(model, evidence)
    if not case.belief.leading:
        return ()
    found = weights(case, case.belief.leading[0])
    bad = [pair for pair in found if pair.fact.kind is Kind.ANSWER and pair.weight < -MISFIT]
    return tuple(pair.fact for pair in sorted(bad, key=lambda pair: round(pair.weight, 9)))


def why_question(model: Model, evidence: Evidence, question: Question) -> str:
    """Which guides the answer to a question tells apart."""
    return why_asking(weigh(model, evidence), question)


def why_asking(case: Case, question: Question) -> str:
    """As `why_question`, for a case that was weighed already."""
    asking = case.tables.asking[question.slug]
    rises = _rises(case, asking)
    titles = {index: case.hypotheses[index].title for index in rises}
    for first, second in combinations(rises, 2):
        ours, theirs = ([asking.spoken[index][rises[one]] for one in (first, second)] for index in (first, second))
        if ours[0] * theirs[1] > LIFTED * ours[1] * theirs[0]:
            one, other = sorted((first, second))
            return f"Your answer tells “{titles[one]}” and “{titles[other]}” apart."
    return next(
        (f"Your answer shows whether “{title}” fits." for title in titles.values()),
        "Your answer shows what to try first.",
    )


def _rises(case: Case, asking: Asking) -> dict[int, int]:
    """The leading guides that an answer makes likelier, each with the place of its best choice, most moved first."""
    shares = case.belief.shares
    chances = asking.expected(shares)
    moved: dict[int, tuple[float, int]] = {}
    for index in case.belief.leading:
        if index in asking.spoken:
            lifts = [own / chance if chance else 0.0 for own, chance in zip(asking.spoken[index], chances, strict=True)]
            if max(lifts) > LIFTED:
                moved[index] = round(shares[index] * (max(lifts) - min(lifts)), 9), lifts.index(max(lifts))
    return {index: moved[index][1] for index in sorted(moved, key=lambda index: (-moved[index][0], index))}


def sentence(case: Case, fact: Fact) -> str:
    """One fact as a plain sentence."""
    if fact.kind in (Kind.CODE, Kind.HEX):
        return f"Your error has the code {fact.value}."
    if fact.kind is Kind.STATUS:
        return f"Your error has the HTTP status {fact.value}."
    if fact.kind is Kind.MESSAGE:
        return _about_message(case, fact)
    if fact.kind is Kind.UNKNOWN:
        return unknown_sentence(fact)
    if fact.kind is Kind.ABOUT:
        return POINTED_TO
    return _about_answer(case, fact) if fact.kind is Kind.ANSWER else _about_trial(case, fact)


def unknown_sentence(fact: Fact) -> str:
    """That we do not know a code, or an error text."""
    if fact.value == ANY_CODE:
        return "We do not know this error yet."
    return f"We do not know the code {shortened(fact.value)} yet."


def shortened(text: str) -> str:
    """A text cut to what a sentence can hold."""
    return text if len(text) <= LONGEST_QUOTE else f"{text[: LONGEST_QUOTE - 1].rstrip()}…"


def _about_message(case: Case, fact: Fact) -> str:
    if is_phrase(case.tables, fact):
        return DESCRIBED
    messages = (message for guide in case.tables.pointed(fact) for message in guide.messages)
    template = next((message.template for message in messages if message.key.lower() == fact.value.lower()), fact.value)
    return f"Your error has the message “{shortened(' '.join(template.split()))}”."


def _about_answer(case: Case, fact: Fact) -> str:
    choice = case.tables.asking[fact.value].question.choice(fact.detail)
    return choice.summary if choice else ""


def _about_trial(case: Case, fact: Fact) -> str:
    mitigation = case.tables.model.mitigation.get(fact.value)
    became = {Result.SAME: "same error", Result.NEW: "a new error", Result.COULD_NOT: "you could not do it"}
    return f"You tried “{mitigation.title if mitigation else fact.value}”: {became[Result(fact.detail)]}."


def _against(case: Case, fact: Fact) -> str:
    """One fact, where it speaks for another guide than the one that is talked about."""
    if fact.kind is Kind.ABOUT:
        return "some of your words point to another guide."
    if is_phrase(case.tables, fact):
        return "your text describes another problem."
    return _continued(sentence(case, fact))


def _continued(text: str) -> str:
    """The sentence as it reads after a colon."""
    return text[0].lower() + text[1:] if text.startswith(("You", "Some ")) else text
