"""Questions that cost people time: lint has something to say about them, or too many people are not sure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guides.models import Question
from troubleshooter.cases.models import Outcome
from troubleshooter.diagnosis.address import ANSWER_PREFIX
from troubleshooter.diagnosis.lint import Defect
from troubleshooter.diagnosis.model import UNSURE

from .knowledge import OUTCOMES_OF
from .shape import Action, Asked, Cell, Column, Report, Row

FEWEST_ANSWERS = 20
TOO_MANY_UNSURE = 0.3
MOST_OUTCOMES = 10_000
"""The newest outcomes that are looked at."""


class Useless(NamedTuple):
    question: Question
    reasons: list[str]


def _find(asked: Asked) -> Sequence[Any]:
    """Questions with the reasons to mend them, in curator order."""
    reasons: dict[str, list[str]] = {}
    for problem in asked.known.library.linted:
        if problem.key in asked.known.model.question and problem.kind is not Defect.NEEDS_FACET:
            reasons.setdefault(problem.key, []).append(problem.sentence)
    for slug, (unsure, answers) in unsure_of().items():
        words = gettext("%(unsure)s of %(answers)s people were not sure.") % {"unsure": unsure, "answers": answers}
        reasons.setdefault(slug, []).append(words)
    questions = Question.objects.filter(slug__in=reasons)
    return [Useless(question, reasons[question.slug]) for question in questions]


def unsure_of() -> dict[str, tuple[int, int]]:
    """(not sure, all answers) of each question that too many people were not sure about, from recorded outcomes."""
    answers: Counter[str] = Counter()
    unsure: Counter[str] = Counter()
    recent = Outcome.objects.filter(created__gte=timezone.now() - OUTCOMES_OF).exclude(evidence="")
    for evidence in recent.order_by("-created").values_list("evidence", flat=True)[:MOST_OUTCOMES]:
        given = dict(parse_qsl(evidence))
        for slug in [key.removeprefix(ANSWER_PREFIX) for key in given if key.startswith(ANSWER_PREFIX)]:
            answers[slug] += 1
            unsure[slug] += given[ANSWER_PREFIX + slug] == UNSURE
    return {
        slug: (unsure[slug], number)
        for slug, number in answers.items()
        if number >= FEWEST_ANSWERS and unsure[slug] > TOO_MANY_UNSURE * number
    }


def _row(asked: Asked, found: Useless) -> Row:
    page = reverse("admin:guides_question_change", args=[found.question.pk])
    edit = Action(_("Mend the question"), page, about=found.question.text)
    return Row((Cell(found.question.text), Cell(" ".join(found.reasons))), (edit,))


QUESTIONS = Report(
    slug="questions",
    title=_("Questions that help nobody"),
    about=_("Their answers change nothing or cannot be true, or over 30 % of at least 20 people were not sure."),
    empty=_("Every question helps to find the right fix."),
    columns=(Column(_("Question")), Column(_("Why"))),
    find=_find,
    row=_row,
)
