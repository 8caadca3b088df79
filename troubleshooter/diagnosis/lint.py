"""What curators should mend: statements that contradict each other, say too little, or tell nothing apart."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from troubleshooter.diagnosis.belief import weigh
from troubleshooter.diagnosis.decide import likely_in
from troubleshooter.diagnosis.model import Ask, Evidence, Fact, Guide, Kind, Message, Model, Question, Word
from troubleshooter.diagnosis.overlap import ALIKE, Overlaps, needs_telling_apart, says
from troubleshooter.diagnosis.paths import likely_paths
from troubleshooter.diagnosis.tables import SHARE_OF_WORD, Asking, Tables, compiled

FEWEST_STATEMENTS = 3
LARGEST_SUM = 1.6
"""Stated shares of one question may add up to this before they contradict each other."""

SHORT_MESSAGE = 25
"""Letters and digits outside the placeholders; a shorter message needs essential words."""


@dataclass(frozen=True)
class Problem:
    """One thing to mend. `key` is the reference of a guide or the slug of a question."""

    key: str
    sentence: str
    serious: bool


def lint(model: Model) -> tuple[Problem, ...]:
    """All problems of a model, guides first, in curator order."""
    tables = compiled(model)
    problems: list[Problem] = []
    for guide in model.guides:
        problems += _of_signatures(guide)
        if not guide.is_fork:
            problems += _of_statements(guide, model)
    problems += _of_hidden_guides(tables)
    problems += _of_pairs(tables)
    for question in model.questions:
        problems += _of_question(question, model, tables)
    problems += _of_paraphrases(tables)
    problems += _of_idle_questions(model)
    return tuple(problems)


def _of_signatures(guide: Guide) -> Iterator[Problem]:
    if not (guide.codes or guide.messages or guide.phrases):
        yield Problem(
            guide.reference,
            f"No error text leads to “{guide.title}”. Add a code, a message or a phrase that people write.",
            serious=False,
        )
    for message in guide.messages:
        if not message.essential and _solid_letters(message) < SHORT_MESSAGE:
            yield Problem(
                guide.reference,
                f"The message “{message.template}” is short and has no essential text. Other errors may look like it.",
                serious=True,
            )


def _of_statements(guide: Guide, model: Model) -> Iterator[Problem]:
    if not guide.remedies:
        yield Problem(guide.reference, f"“{guide.title}” offers no mitigation. Add one.", serious=True)
    stated = [slug for slug in guide.expects if slug in model.question]
    if len(stated) < FEWEST_STATEMENTS:
        yield Problem(
            guide.reference,
            f"“{guide.title}” answers {len(stated)} of {len(model.questions)} questions. "
            f"Answer at least {FEWEST_STATEMENTS}, so that people without an error text can reach it.",
            serious=False,
        )
    for slug in stated:
        question = model.question[slug]
        if why := _contradiction(question, guide.expects[slug]):
            yield Problem(guide.reference, f"“{guide.title}”, question “{question.text}”: {why}", serious=True)


def _of_hidden_guides(tables: Tables) -> Iterator[Problem]:
    """Guides that are not even likely to somebody who answers every question as they say."""
    typical: dict[int, list[Fact]] = {}
    for slug, asking in tables.asking.items():
        for hypothesis, shares in asking.spoken.items():
            choice = asking.question.choices[shares.index(max(shares))]
            typical.setdefault(hypothesis, []).append(Fact(Kind.ANSWER, slug, choice.slug))
    for hypothesis, answers in sorted(typical.items()):
        if hypothesis not in likely_in(weigh(tables.model, frozenset(answers))):
            guide = tables.model.hypotheses[hypothesis]
            yield Problem(
                guide.reference,
                f"People who answer all that “{guide.title}” says are led to other guides. "
                "Say what only they answer, or how common the problem is.",
                serious=False,
            )


def _of_pairs(tables: Tables) -> Iterator[Problem]:
    overlaps, hypotheses = Overlaps(tables), tables.model.hypotheses
    for first, one in enumerate(hypotheses):
        row = overlaps.row(says(tables, first))
        for second in range(first + 1, len(hypotheses)):
            other = hypotheses[second]
            if row[second] > ALIKE and needs_telling_apart(one, other):
                yield Problem(
                    one.reference,
                    f"No question tells “{one.title}” and “{other.title}” apart. "
                    "Say for one of them what people would answer differently.",
                    serious=False,
                )


def _of_question(question: Question, model: Model, tables: Tables) -> Iterator[Problem]:
    normal = {choice.slug: choice.normal for choice in question.choices if choice.normal}
    if why := _contradiction(question, normal):
        yield Problem(question.slug, f"“{question.text}”, normal answers: {why}", serious=True)
    is_condition = any(
        remedy.when and remedy.when.question == question.slug for guide in model.guides for remedy in guide.remedies
    )
    if not tables.asking[question.slug].spoken and not is_condition:
        yield Problem(
            question.slug, f"No guide says anything about “{question.text}”, so it is never asked.", serious=False
        )
    parent = model.question.get(question.only_if.question) if question.only_if else None
    if parent and parent.group and parent.group == question.group:
        yield Problem(
            question.slug,
            f"“{question.text}” depends on “{parent.text}” and has the same group, so it is never asked. "
            "Change the group.",
            serious=True,
        )


def _of_paraphrases(tables: Tables) -> Iterator[Problem]:
    told = [(asking, _rows(asking)) for asking in tables.asking.values() if len(asking.spoken) > 1]
    for (one, rows), (other, other_rows) in combinations(told, 2):
        is_grouped = one.question.group and one.question.group == other.question.group
        if not is_grouped and rows == other_rows:
            yield Problem(
                other.question.slug,
                f"“{one.question.text}” and “{other.question.text}” get the same answers from every guide. "
                "Give them the same group or remove one.",
                serious=False,
            )


def never_change_order(model: Model) -> tuple[str, ...]:
    """Slugs of the questions of which no answer ever changes the order of the likely guides and of something else.

    An answer is tried alone, beside every error that points to several guides, and wherever the likely paths ask for
    it. A question on which a mitigation or another question depends is never named, nor one that nobody mentions.
    """
    tables = compiled(model)
    needed = {remedy.when.question for guide in model.guides for remedy in guide.remedies if remedy.when}
    needed |= {question.only_if.question for question in model.questions if question.only_if}
    idle = [asking.question for slug, asking in tables.asking.items() if asking.spoken and slug not in needed]
    idle = [question for question in idle if not _changes_order(model, frozenset(), question)]
    for fact in (Fact(*key) for key in model.observed_by) if idle else ():
        if len(tables.hypotheses_of(fact)) > 1:
            idle = [question for question in idle if not _changes_order(model, frozenset({fact}), question)]
    for path in likely_paths(model).walk() if idle else ():
        if isinstance(path.turn, Ask) and path.turn.question in idle:
            asked = path.turn.question
            idle = [
                question for question in idle if question != asked or not _changes_order(model, path.evidence, asked)
            ]
    return tuple(question.slug for question in idle)


def _changes_order(model: Model, evidence: Evidence, question: Question) -> bool:
    order = _order(model, evidence)
    answers = (Fact(Kind.ANSWER, question.slug, choice.slug) for choice in question.choices)
    return any(_order(model, evidence | {answer}) != order for answer in answers)


def _order(model: Model, evidence: Evidence) -> tuple[tuple[int, ...], int]:
    """The likely hypotheses, best first, and how many of them are likelier than something else."""
    case = weigh(model, evidence)
    likely = likely_in(case)
    return likely, sum(round(case.belief.shares[index] - case.belief.other, 9) > 0 for index in likely)


def _of_idle_questions(model: Model) -> Iterator[Problem]:
    for slug in never_change_order(model):
        text = model.question[slug].text
        yield Problem(
            slug,
            f"No answer to “{text}” changes the order of the guides. Remove it or say more about it.",
            serious=False,
        )


def _contradiction(question: Question, words: Mapping[str, Word]) -> str:
    """Why the words for one question cannot all be true; "" when they can."""
    stated = Counter(words.values())
    if stated[Word.ALWAYS] > 1:
        return "two answers are “always”. Keep one."
    if len(words) == len(question.choices) and stated[Word.NEVER] == len(words):
        return "every answer is “never”. Say which one people give."
    if math.fsum(SHARE_OF_WORD[word] for word in words.values()) > LARGEST_SUM:
        return "the answers add up to much more than everybody. Use weaker words."
    return ""


def _rows(asking: Asking) -> list[list[tuple[int, float]]]:
    """What the guides say, choice by choice, whatever the choices are called."""
    places = range(len(asking.normal))
    return sorted([(index, round(shares[place], 9)) for index, shares in asking.spoken.items()] for place in places)


def _solid_letters(message: Message) -> int:
    outside = "".join(part.rpartition(">")[2] for part in message.template.split("<"))
    return sum(character.isalnum() for character in outside)
