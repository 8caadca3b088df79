"""Questions that cost people time: no answer changes what they are told, or too many people are not sure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guides.models import Question
from troubleshooter.cases.models import Outcome
from troubleshooter.diagnosis.address import ANSWER_PREFIX
from troubleshooter.diagnosis.lint import never_change_order
from troubleshooter.diagnosis.model import UNSURE, Model

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
    model = asked.known.model
    reasons: dict[str, list[str]] = {}
    for slug in _never_asked(model):
        reasons.setdefault(slug, []).append(gettext("No guide says anything about it, so it is never asked."))
    for slug in _idle(model):
        reasons.setdefault(slug, []).append(gettext("No answer ever changes the order of the fixes."))
    for slug, (unsure, answers) in unsure_of().items():
        words = gettext("%(unsure)s of %(answers)s people were not sure.") % {"unsure": unsure, "answers": answers}
        reasons.setdefault(slug, []).append(words)
    questions = Question.objects.filter(slug__in=reasons)
    return [Useless(question, reasons[question.slug]) for question in questions]


@lru_cache(maxsize=1)
def _idle(model: Model) -> tuple[str, ...]:
    """Worked out once for all readers of this content version."""
    return never_change_order(model)


def _never_asked(model: Model) -> list[str]:
    stated = {slug for guide in model.guides for slug in guide.expects}
    needed = {remedy.when.question for guide in model.guides for remedy in guide.remedies if remedy.when}
    needed |= {question.only_if.question for question in model.questions if question.only_if}
    return [slug for slug in model.question if slug not in stated | needed]


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
    about=_("Their answers change nothing, or over 30 % of at least 20 people were not sure what to answer."),
    empty=_("Every question helps to find the right fix."),
    columns=(Column(_("Question")), Column(_("Why"))),
    find=_find,
    row=_row,
)
