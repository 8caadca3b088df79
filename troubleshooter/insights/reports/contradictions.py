"""What curators state and outcomes contradict: suggestions, which nobody but a curator acts on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guides.knowledge import Knowledge
from guides.models import Choice, Guide
from guides.models.question import WORDS
from troubleshooter.cases.models import Suggestion
from troubleshooter.diagnosis import model as core

from .shape import Action, Asked, Cell, Column, Report, Row, guide_page

FIXES = "fixes"
"""Where the fixes of a guide stand on its page."""


@dataclass(frozen=True)
class Doubt:
    """A suggestion about something that readers see as it was. `url` is where its word is changed."""

    suggestion: Suggestion
    guide: Guide
    about: str
    stated: str
    url: str

    @property
    def seen(self) -> str:
        counted = {"seen": round(self.suggestion.seen), "of": round(self.suggestion.of)}
        return gettext("%(seen)s of %(of)s") % counted


def doubts(known: Knowledge) -> list[Doubt]:
    """All suggestions about words that still stand, in curator order. Three queries, one where there is none."""
    standing = [(row, words) for row in Suggestion.objects.all() if (words := _words(known.model, row))]
    if not standing:
        return []
    guides = Guide.objects.in_bulk({row.guide for row, _words in standing}, field_name="reference")
    asked = Choice.objects.filter(question__slug__in={row.question for row, _words in standing})
    choices = {(question, slug): pk for pk, question, slug in asked.values_list("pk", "question__slug", "slug")}
    found = []
    for row, (about, stated) in standing:
        if guide := guides.get(row.guide):
            place = FIXES if row.mitigation else f"c{choices.get((row.question, row.choice), '')}"
            found.append(Doubt(row, guide, about, stated, f"{guide_page(guide)}#{place}"))
    return found


def _words(model: core.Model, row: Suggestion) -> tuple[str, str] | None:
    """(what is stated about, as it is stated) in the words of readers; None where something else is stated by now."""
    guide = model.guide.get(row.guide)
    if guide is None:
        return None
    return _of_fix(model, guide, row) if row.mitigation else _of_answer(model, guide, row)


def _of_fix(model: core.Model, guide: core.Guide, row: Suggestion) -> tuple[str, str] | None:
    fix = model.mitigation.get(row.mitigation)
    stated = next((remedy.works for remedy in guide.remedies if remedy.mitigation == row.mitigation), None)
    if fix is None or stated != row.word:
        return None
    return gettext("“%(fix)s” works") % {"fix": fix.title}, _word(row.word)


def _of_answer(model: core.Model, guide: core.Guide, row: Suggestion) -> tuple[str, str] | None:
    question = model.question.get(row.question)
    choice = question.choice(row.choice) if question else None
    if question is None or choice is None:
        return None
    about = gettext("“%(choice)s” to “%(question)s”") % {"choice": choice.text, "question": question.text}
    stated = guide.expects.get(row.question)
    if stated:
        return (about, _word(row.word)) if stated.get(row.choice) == row.word else None
    silent = gettext("nothing; anybody says it %(word)s") % {"word": _word(row.word)}
    return (about, silent) if choice.normal == row.word else None


def _word(word: str) -> str:
    return str(dict(WORDS)[word])


def _find(asked: Asked) -> Sequence[Any]:
    return doubts(asked.known)


def _row(asked: Asked, doubt: Doubt) -> Row:
    texts = (str(doubt.guide), doubt.about, doubt.stated, doubt.seen, _word(doubt.suggestion.fits))
    look = Action(_("Think about the statement"), doubt.url, about=f"{doubt.guide.reference}, {doubt.about}")
    return Row(tuple(map(Cell, texts)), (look,))


CONTRADICTIONS = Report(
    slug="contradictions",
    title=_("Statements that outcomes contradict"),
    about=_(
        "People with the problem answered otherwise than stated, or a fix worked more or less often. "
        "Not everybody says what became of a fix, so you decide."
    ),
    empty=_("Outcomes contradict nothing that is stated."),
    columns=(
        Column(_("Guide")),
        Column(_("Statement")),
        Column(_("Stated")),
        Column(_("Seen")),
        Column(_("What would fit")),
    ),
    find=_find,
    row=_row,
)
