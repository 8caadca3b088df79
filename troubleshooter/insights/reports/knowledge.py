"""Codes nobody explains, and guides that are old, untested, unhelpful or said to be wrong."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Count, F, Max, Min, Q
from django.db.models.functions import Length
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guides import advice
from guides.admin.starting import Start, source
from guides.models import ErrorCode, Guide, Sample
from guides.readability import SOURCE_KEEPS
from troubleshooter.cases.models import Flag, Outcome
from troubleshooter.insights.figures.share import Share

from .shape import Action, Asked, Cell, Column, Report, Row, day, guide_page

REVIEW_SOON = datetime.timedelta(days=14)
OUTCOMES_OF = datetime.timedelta(days=180)
"""Older outcomes say more about what a guide was than about what it is."""


@source("from-code")
def _from_code(request: HttpRequest, pk: str) -> Start | None:
    code = ErrorCode.objects.filter(pk=pk).first() if pk.isdecimal() and len(pk) < 18 else None
    return Start(code=code.token) if code else None


def _codes(asked: Asked) -> Sequence[Any]:
    codes = list(ErrorCode.objects.prefetch_related("guides"))
    alone = {problem.key for problem in advice.of_codes((code.token for code in codes), asked.known.library)}
    return [code for code in codes if code.token in alone]


def _code_row(asked: Asked, code: ErrorCode) -> Row:
    drafts = list(code.guides.all())
    actions = [
        Action(_("Open the draft"), guide_page(guide), about=f"{guide.reference}, {code.token}") for guide in drafts
    ]
    if not drafts and asked.may("guides.add_guide"):
        start = f"{reverse('admin:guides_guide_add')}?from-code={code.pk}"
        actions.append(Action(_("Start a guide"), start, about=code.token))
    edit = reverse("admin:guides_errorcode_change", args=[code.pk])
    actions.append(Action(_("Edit the code"), edit, about=code.token))
    cells = (Cell(code.token, is_code=True), Cell(code.meaning), Cell(", ".join(map(str, drafts))))
    return Row(cells, tuple(actions))


def due(today: datetime.date) -> Any:
    """Guides that somebody must look at: reviewed by a date that is near or past, or with a source checked long ago."""
    guides = Guide.objects.filter(retired=False).annotate(checked=Min("sources__checked")).select_related("owner")
    is_due = Q(review_by__lte=today + REVIEW_SOON) | Q(checked__lt=today - SOURCE_KEEPS)
    return guides.filter(is_due).order_by(F("review_by").asc(nulls_last=True), *_by_reference())


def _due(asked: Asked) -> Sequence[Any]:
    return list(due(timezone.localdate()))


def _due_row(asked: Asked, guide: Any) -> Row:
    why = []
    if guide.review_by and guide.review_by <= timezone.localdate() + REVIEW_SOON:
        why.append(gettext("Review by %(day)s.") % {"day": day(guide.review_by)})
    if guide.checked and guide.checked < timezone.localdate() - SOURCE_KEEPS:
        why.append(gettext("A source was last checked on %(day)s.") % {"day": day(guide.checked)})
    return Row((_named(guide), Cell(_person(guide.owner)), Cell(" ".join(why))), (_edit(guide),))


def _without_samples(asked: Asked) -> Sequence[Any]:
    tested = Sample.objects.filter(leads=Sample.Leads.HERE).values("guide")
    guides = Guide.objects.filter(retired=False).exclude(pk__in=tested).select_related("owner")
    return list(guides.order_by(*_by_reference()))


def _sample_row(asked: Asked, guide: Guide) -> Row:
    add = Action(_("Add a sample"), f"{guide_page(guide)}#samples-group", about=guide.reference)
    state = gettext("Live") if guide.is_live else gettext("Draft")
    return Row((_named(guide), Cell(_person(guide.owner)), Cell(state)), (add,))


def _bad_outcomes(asked: Asked) -> Sequence[Any]:
    """(guide, tries by result) of every guide with a try that did not help, the worst first."""
    results = Outcome.Result
    tries = Outcome.objects.filter(created__gte=timezone.now() - OUTCOMES_OF).values("guide").order_by("guide")
    counts = {f"n_{result.name}": Count("pk", filter=Q(result=result)) for result in results}
    by_guide: dict[str, dict[str, Any]] = {
        row["guide"]: dict(row) for row in tries.annotate(tries=Count("pk"), **counts)
    }
    bad = {key: row for key, row in by_guide.items() if row["tries"] > row["n_WORKED"]}
    guides = Guide.objects.filter(reference__in=bad, retired=False)
    return sorted(
        ((guide, bad[guide.reference]) for guide in guides),
        key=lambda pair: (pair[1]["n_WORKED"] - pair[1]["tries"], len(pair[0].reference), pair[0].reference),
    )


def _outcome_row(asked: Asked, found: tuple[Guide, dict[str, int]]) -> Row:
    guide, row = found
    failed = row["tries"] - row["n_WORKED"]
    rate = Share(failed, row["tries"]).short
    numbers = (row["tries"], *(row[f"n_{result.name}"] for result in Outcome.Result))
    return Row((_named(guide), *(Cell(str(number)) for number in numbers), Cell(rate)), (_edit(guide),))


def _flagged(asked: Asked) -> Sequence[Any]:
    """(guide, open reports, the newest) of every guide that readers reported."""
    flags = Flag.objects.open().values("guide").order_by("guide").annotate(number=Count("pk"), newest=Max("created"))
    by_guide = {row["guide"]: row for row in flags}
    guides = Guide.objects.filter(reference__in=by_guide).select_related("owner")
    return sorted(
        ((guide, by_guide[guide.reference]["number"], by_guide[guide.reference]["newest"]) for guide in guides),
        key=lambda found: (-found[1], found[0].reference),
    )


def _flag_row(asked: Asked, found: tuple[Guide, int, datetime.datetime]) -> Row:
    guide, number, newest = found
    actions = [_edit(guide)]
    if asked.may("cases.view_flag"):
        queue = f"{reverse('admin:cases_flag_changelist')}?state=open&q={guide.reference}"
        actions.insert(0, Action(_("Read the reports"), queue, about=guide.reference))
    return Row((_named(guide), Cell(str(number)), Cell(day(newest)), Cell(_person(guide.owner))), tuple(actions))


def _by_reference() -> tuple[Any, ...]:
    return Length("reference"), "reference"


def _named(guide: Guide) -> Cell:
    return Cell(str(guide))


def _person(user: AbstractBaseUser | None) -> str:
    return str(user) if user else gettext("Nobody")


def _edit(guide: Guide) -> Action:
    return Action(_("Mend the guide"), guide_page(guide), about=guide.reference)


_GUIDE, _OWNER = Column(_("Guide")), Column(_("Owner"))

CODES = Report(
    slug="codes",
    title=_("Codes without a guide"),
    about=_("Error codes in our list that no live guide names."),
    empty=_("Every code in our list has a live guide."),
    columns=(Column(_("Code")), Column(_("What it means")), Column(_("Drafts that name it"))),
    find=_codes,
    row=_code_row,
)
DUE = Report(
    slug="due",
    title=_("Guides to look at again"),
    about=_("Their review date is past or less than 14 days away, or a source was last checked over a year ago."),
    empty=_("No guide is due for review."),
    columns=(_GUIDE, _OWNER, Column(_("Why"))),
    find=_due,
    row=_due_row,
)
UNTESTED = Report(
    slug="untested",
    title=_("Guides without a sample"),
    about=_("No error text is kept with them, so nothing tells when another guide takes their readers away."),
    empty=_("Every guide has a sample."),
    columns=(_GUIDE, _OWNER, Column(_("State"))),
    find=_without_samples,
    row=_sample_row,
)
UNHELPFUL = Report(
    slug="unhelpful",
    title=_("Guides that did not help"),
    about=_("What people said after a fix, in the last 180 days. A rate is shown from 20 answers on."),
    empty=_("Nobody said that a guide did not help."),
    columns=(
        _GUIDE,
        Column(_("Tries"), is_number=True),
        *(Column(result.label, is_number=True) for result in Outcome.Result),
        Column(_("Did not help"), is_number=True),
    ),
    find=_bad_outcomes,
    row=_outcome_row,
)
FLAGGED = Report(
    slug="flagged",
    title=_("Guides that readers reported"),
    about=_("Readers said that something on the page is wrong."),
    empty=_("No report of a reader is open."),
    columns=(_GUIDE, Column(_("Open reports"), is_number=True), Column(_("Newest")), _OWNER),
    find=_flagged,
    row=_flag_row,
)
