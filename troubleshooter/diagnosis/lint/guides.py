"""What one guide lacks, or says against itself."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping

from troubleshooter.diagnosis.lint.problem import Defect, Problem
from troubleshooter.diagnosis.model import Guide, Message, Model, Question, Remedy, Word
from troubleshooter.diagnosis.statements import FEWEST_STATEMENTS, most_helpful
from troubleshooter.diagnosis.tables import SHARE_OF_WORD
from troubleshooter.diagnosis.text.templates import PLACEHOLDER

LARGEST_SUM = 1.6
"""Stated shares of one question may add up to this before they contradict each other."""

SHORT_MESSAGE = 25
"""Letters and digits outside the placeholders; a shorter message needs essential words."""


def of_guides(model: Model) -> Iterator[Problem]:
    """What is wrong with each guide, in curator order."""
    for guide in model.guides:
        yield from _of_signatures(guide)
        if not guide.is_fork:
            yield from _of_statements(guide, model)
            yield from _of_remedies(guide, model)


def contradiction(question: Question, words: Mapping[str, Word]) -> str:
    """Why the words for one question cannot all be true; "" when they can."""
    stated = Counter(words.values())
    if stated[Word.ALWAYS] > 1:
        return "two answers are “always”. Keep one."
    if len(words) == len(question.choices) and stated[Word.NEVER] == len(words):
        return "every answer is “never”. Say which one people give."
    if math.fsum(SHARE_OF_WORD[word] for word in words.values()) > LARGEST_SUM:
        return "the answers add up to much more than everybody. Use weaker words."
    return ""


def _of_signatures(guide: Guide) -> Iterator[Problem]:
    if not (guide.codes or guide.messages or guide.phrases):
        sentence = f"No error text leads to “{guide.title}”. Add a code, a message or a phrase that people write."
        yield Problem(Defect.NO_ERROR_TEXT, guide.reference, sentence, field="messages")
    for message in guide.messages:
        if not message.essential and _solid_letters(message) < SHORT_MESSAGE:
            sentence = (
                f"The message “{message.template}” is short and has no essential text. Other errors may look like it."
            )
            yield Problem(Defect.SHORT_MESSAGE, guide.reference, sentence, serious=True, field="messages")


def _of_statements(guide: Guide, model: Model) -> Iterator[Problem]:
    stated = [slug for slug in guide.expects if slug in model.question]
    if len(stated) < FEWEST_STATEMENTS:
        best = most_helpful(model, guide.reference)
        advice = f"This one would help most: {best.sentence}" if best else f"Answer at least {FEWEST_STATEMENTS}."
        sentence = (
            f"“{guide.title}” answers {len(stated)} of {len(model.questions)} questions, "
            f"so people without an error text hardly reach it. {advice}"
        )
        yield Problem(Defect.SAYS_TOO_LITTLE, guide.reference, sentence, field="expects")
    for slug in stated:
        question = model.question[slug]
        if why := contradiction(question, guide.expects[slug]):
            sentence = f"“{guide.title}”, question “{question.text}”: {why}"
            yield Problem(Defect.CONTRADICTORY_WORDS, guide.reference, sentence, serious=True, field="expects")


def _of_remedies(guide: Guide, model: Model) -> Iterator[Problem]:
    if not guide.remedies:
        sentence = f"“{guide.title}” offers no mitigation. Add one."
        yield Problem(Defect.NO_MITIGATION, guide.reference, sentence, serious=True, field="mitigations")
    for remedy in guide.remedies:
        if why := _never_applies(guide, remedy, model):
            sentence = f"Nobody with “{guide.title}” is offered {remedy.mitigation}: {why}"
            yield Problem(Defect.MITIGATION_NEVER_APPLIES, guide.reference, sentence, field="mitigations")
    for remedy in guide.remedies:
        better = next((other for other in guide.remedies if _makes_needless(other, remedy, model)), None)
        if better:
            sentence = (
                f"{better.mitigation} works always and takes no longer than {remedy.mitigation}, so nobody needs "
                f"{remedy.mitigation} here. Remove it, or say when it applies or that {better.mitigation} may fail."
            )
            yield Problem(Defect.MITIGATION_NOT_NEEDED, guide.reference, sentence, field="mitigations")


def _never_applies(guide: Guide, remedy: Remedy, model: Model) -> str:
    """Why a mitigation is offered to nobody who has the problem; "" where some people are."""
    if remedy.works == Word.NEVER:
        return "it never works. Remove it."
    question = model.question.get(remedy.when.question) if remedy.when else None
    choice = question.choice(remedy.when.choice) if question and remedy.when else None
    if question and choice and guide.expects.get(question.slug, {}).get(choice.slug) == Word.NEVER:
        return f"it needs the answer “{choice.text}”, which they never give. Change the answer, or what they answer."
    return ""


def _makes_needless(one: Remedy, other: Remedy, model: Model) -> bool:
    """Whether a mitigation cures everybody, and as quickly, for whom another one of its guide is meant."""
    known = model.mitigation
    if one is other or one.works != Word.ALWAYS or not {one.mitigation, other.mitigation} <= set(known):
        return False
    as_wide = (one.when is None or one.when == other.when) and one.cause in ("", other.cause)
    return as_wide and known[one.mitigation].minutes <= known[other.mitigation].minutes


def _solid_letters(message: Message) -> int:
    return sum(map(str.isalnum, PLACEHOLDER.sub("", message.template)))
