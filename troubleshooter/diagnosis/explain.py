"""Why a guide fits, why another fits less, why a question is asked: in sentences that are true."""

from __future__ import annotations

import math
from typing import NamedTuple

from troubleshooter.diagnosis.belief import Case, is_phrase, weigh
from troubleshooter.diagnosis.model import ANY_CODE, Evidence, Fact, Kind, Model, Question, Result

LONGEST_QUOTE = 80
"""Characters of a message template or token that a sentence quotes."""

NOTICEABLE = 0.1
"""Weights nearer to zero than this are not worth a sentence."""

MISFIT = math.log(3)
"""An answer three times likelier under something else than under the leader fits badly."""

MOST_REASONS = 3


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


def log_odds(case: Case, hypothesis: int) -> float:
    """Of a hypothesis against something else, after the evidence, in nats."""
    return math.log(case.belief.shares[hypothesis] / case.belief.other)


def reasons_for(case: Case, hypothesis: int) -> tuple[str, ...]:
    """Why a guide is likely, strongest first; never empty."""
    found = [(factor.weight(hypothesis), factor.fact) for factor in case.factors]
    speaking = sorted((pair for pair in found if pair[0] > NOTICEABLE), key=lambda pair: -round(pair[0], 9))
    sentences = [sentence(case, fact) for _weight, fact in speaking[:MOST_REASONS]]
    sentences += [sentence(case, fact) for weight, fact in found if fact.kind is Kind.TRIED and weight < 0]
    if sentences:
        return tuple(dict.fromkeys(sentences))
    if any(weight < -NOTICEABLE for weight, _fact in found):
        return ("What you told us does not rule it out.",)
    return ("Nothing you told us speaks against it.",)


def reason_against(case: Case, hypothesis: int, leader: int) -> str:
    """Why a guide is less likely now than the leader."""
    gaps = [round(factor.weight(hypothesis) - factor.weight(leader), 9) for factor in case.factors]
    widest = min(gaps, default=0.0)
    if widest < -NOTICEABLE:
        return f"Less likely: {_continued(sentence(case, case.factors[gaps.index(widest)].fact))}"
    if case.tables.priors[hypothesis] < case.tables.priors[leader]:
        return "Less likely: this problem is rarer."
    return "Less likely: other guides fit better."


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
    speaking = [index for index in case.belief.leading if index in asking.spoken]
    best: dict[int, float] = {}
    for place, normal in enumerate(asking.normal):
        lifts = [round(case.belief.shares[index] * (asking.spoken[index][place] - normal), 9) for index in speaking]
        lift = max(lifts, default=0.0)
        if lift > 0:
            index = speaking[lifts.index(lift)]
            best[index] = max(best.get(index, 0.0), lift)
    strongest = sorted(best, key=lambda index: (-best[index], index))[:2]
    titles = [case.hypotheses[index].title for index in sorted(strongest)]
    if len(titles) == 2:
        return f"Your answer tells “{titles[0]}” and “{titles[1]}” apart."
    return f"Your answer shows whether “{titles[0]}” fits." if titles else "Your answer shows what to try first."


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
        return "Some of your words point to it."
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
        return "Your text describes this problem."
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


def _continued(text: str) -> str:
    """The sentence as it reads after a colon."""
    return text[0].lower() + text[1:] if text.startswith(("You", "Some ")) else text
