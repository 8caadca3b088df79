"""Questions that help nobody: unmentioned, hidden, repeated, or without effect; and a question that is lacking."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache
from itertools import combinations, product

from troubleshooter.diagnosis.belief import weigh
from troubleshooter.diagnosis.decide import MOST_LIKELY, likely_in
from troubleshooter.diagnosis.lint.guides import contradiction
from troubleshooter.diagnosis.lint.problem import Defect, Problem
from troubleshooter.diagnosis.model import Ask, Evidence, Fact, Kind, Model, Question
from troubleshooter.diagnosis.overlap import alike, first_fix
from troubleshooter.diagnosis.paths import likely_paths
from troubleshooter.diagnosis.statements import HARDLY
from troubleshooter.diagnosis.tables import Asking, Tables, compiled
from troubleshooter.diagnosis.text.normalise import words_of
from troubleshooter.diagnosis.worth import gain

LEAST_FIRST_GAIN = 0.5
"""Bits that the best first question must tell in a library that is too large to show at once."""


def of_questions(model: Model) -> Iterator[Problem]:
    """What is wrong with each question, in curator order, and with all of them together."""
    tables = compiled(model)
    for question in model.questions:
        yield from _of_question(question, tables)
    yield from _paraphrases(tables)
    yield from _repeated_words(model.questions)
    for slug in never_change_order(model):
        sentence = (
            f"No answer to “{model.question[slug].text}” changes the order of the guides. "
            "Remove it or say more about it."
        )
        yield Problem(Defect.CHANGES_NO_ORDER, slug, sentence)
    yield from _lacking_facet(tables)


@lru_cache(maxsize=8)
def never_change_order(model: Model) -> tuple[str, ...]:
    """Slugs of the questions of which no answer ever changes the order of the likely guides and of something else.

    An answer is tried alone, beside every error that points to several guides, and wherever the likely paths ask for
    it. A question on which a mitigation or another question depends is never named, nor one that nobody mentions.
    """
    tables = compiled(model)
    needed = needed_elsewhere(model)
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


def needed_elsewhere(model: Model) -> frozenset[str]:
    """Slugs of the questions on which a mitigation or another question depends."""
    remedies = (remedy.when.question for guide in model.guides for remedy in guide.remedies if remedy.when)
    return frozenset([*remedies, *(question.only_if.question for question in model.questions if question.only_if)])


def _changes_order(model: Model, evidence: Evidence, question: Question) -> bool:
    order = _order(model, evidence)
    answers = (Fact(Kind.ANSWER, question.slug, choice.slug) for choice in question.choices)
    return any(_order(model, evidence | {answer}) != order for answer in answers)


def _order(model: Model, evidence: Evidence) -> tuple[tuple[int, ...], int]:
    """The likely hypotheses, best first, and how many of them are likelier than something else."""
    case = weigh(model, evidence)
    likely = likely_in(case)
    return likely, sum(round(case.belief.shares[index] - case.belief.other, 9) > 0 for index in likely)


def _of_question(question: Question, tables: Tables) -> Iterator[Problem]:
    model = tables.model
    normal = {choice.slug: choice.normal for choice in question.choices if choice.normal}
    if why := contradiction(question, normal):
        sentence = f"“{question.text}”, normal answers: {why}"
        yield Problem(Defect.CONTRADICTORY_NORMAL_ANSWERS, question.slug, sentence, serious=True, field="choices")
    if not tables.asking[question.slug].spoken and question.slug not in needed_elsewhere(model):
        sentence = (
            f"No guide says anything about “{question.text}”, so it is never asked. "
            "Say in a guide what people answer, or remove it."
        )
        yield Problem(Defect.NOBODY_MENTIONS, question.slug, sentence)
    parent = model.question.get(question.only_if.question) if question.only_if else None
    if parent and parent.group and parent.group == question.group:
        sentence = (
            f"“{question.text}” depends on “{parent.text}” and has the same group, so it is never asked. "
            "Change the group."
        )
        yield Problem(Defect.GROUP_HIDES_QUESTION, question.slug, sentence, serious=True, field="group")


def _paraphrases(tables: Tables) -> Iterator[Problem]:
    told = [(asking, _rows(asking)) for asking in tables.asking.values() if len(asking.spoken) > 1]
    for (one, rows), (other, other_rows) in combinations(told, 2):
        if one.question.family != other.question.family and rows == other_rows:
            sentence = (
                f"“{one.question.text}” and “{other.question.text}” get the same answers from every guide. "
                "Give them the same group or remove one."
            )
            yield Problem(Defect.PARAPHRASE, other.question.slug, sentence, field="group")


def _repeated_words(questions: Collection[Question]) -> Iterator[Problem]:
    """Questions of which one has the words of the other and at most one more, also where no guide mentions them."""
    by_words: dict[frozenset[str], list[Question]] = {}
    for question in questions:
        by_words.setdefault(frozenset(words_of(question.text)), []).append(question)
    order = [question.slug for question in questions]
    for words, asking_it in by_words.items():
        fewer = [other for word in words for other in by_words.get(words - {word}, ())]
        pairs = [*combinations(asking_it, 2), *product(asking_it, fewer)]
        for pair in pairs:
            one, other = sorted(pair, key=lambda question: order.index(question.slug))
            if one.family != other.family:
                sentence = (
                    f"“{other.text}” has nearly the same words as “{one.text}”. "
                    "Remove one, give them the same group, or say how they differ."
                )
                yield Problem(Defect.REPEATED_QUESTION, other.slug, sentence, field="text")


def dominated(model: Model, slugs: Collection[str]) -> Iterator[Problem]:
    """Those of the questions beside which a quicker one separates every two guides at least as well."""
    tables = compiled(model)
    for slug, asking in tables.asking.items():
        rivals = tables.asking.values() if slug in slugs and len(_telling(asking)) > 1 else ()
        better = next((rival for rival in rivals if _dominates(rival, asking)), None)
        if better:
            sentence = (
                f"“{better.question.text}” tells at least as much about the same guides as “{asking.question.text}”, "
                "in less time. Remove the slower one, or say more about it."
            )
            yield Problem(Defect.DOMINATED_QUESTION, slug, sentence)


def _dominates(better: Asking, other: Asking) -> bool:
    if better.cost >= other.cost or _rows(better) == _rows(other):
        return False
    if better.question.group or better.question.only_if not in (None, other.question.only_if):
        return False  # it cannot always stand in
    telling = _telling(other)
    if telling != _telling(better):
        return False
    rows = {(other.distribution(index), better.distribution(index)) for index in telling}
    return all(
        alike(one[1], two[1]) <= alike(one[0], two[0]) + 1e-9
        for one, two in combinations([*rows, (other.normal, better.normal)], 2)
    )


def _telling(asking: Asking) -> frozenset[int]:
    """The hypotheses that say anything else about a question than anybody would."""
    spoken = asking.spoken.items()
    return frozenset(index for index, shares in spoken if round(1 - alike(shares, asking.normal), 9) >= HARDLY)


def _lacking_facet(tables: Tables) -> Iterator[Problem]:
    """Where there are more different fixes than anybody can be shown, one question must part them into few kinds."""
    if len({first_fix(guide) for guide in tables.model.hypotheses}) <= MOST_LIKELY or not tables.asking:
        return
    shares = tables.priors
    gains = [(gain(asking, shares), asking) for asking in tables.asking.values() if asking.question.only_if is None]
    bits, best = max(gains, key=lambda pair: pair[0])
    if bits < LEAST_FIRST_GAIN:
        sentence = (
            f"Even the most telling first question, “{best.question.text}”, hardly parts the "
            f"{len(tables.model.hypotheses)} guides. Ask for the product, the area or the place of the error, with "
            "several answers, and let every guide say which one it is."
        )
        yield Problem(Defect.NEEDS_FACET, best.question.slug, sentence, field="choices")


def _rows(asking: Asking) -> list[list[tuple[int, float]]]:
    """What the guides say, choice by choice, whatever the choices are called."""
    places = range(len(asking.normal))
    return sorted([(index, round(shares[place], 9)) for index, shares in asking.spoken.items()] for place in places)
