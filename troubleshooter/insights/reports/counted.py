"""Errors without a guide and searches without result. Texts of people are shown only once several people sent them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guides.admin.starting import Start, source
from guides.knowledge import Knowledge
from guides.models import MissedSearch
from guides.models.counted import Counted
from troubleshooter.cases.models import UnrecognisedError
from troubleshooter.diagnosis.model import OBSERVATIONS, Guide

from .shape import Action, Asked, Cell, Column, Report, Row, day, guide_page

_NUMBERS = (
    Column(_("Seen"), order="count", is_number=True),
    Column(_("Days"), order="days", is_number=True),
    Column(_("First seen"), order="first_seen"),
    Column(_("Last seen"), order="last_seen"),
)


@source("from-error")
def _from_error(request: HttpRequest, pk: str) -> Start | None:
    """The code of an error we do not know, and its text where staff may read it."""
    error = _asked_for(request, UnrecognisedError, pk)
    if not isinstance(error, UnrecognisedError):
        return None
    return Start(code=error.token, sample=error.text if error.is_readable else error.token)


@source("from-search")
def _from_search(request: HttpRequest, pk: str) -> Start | None:
    """The words of a search, where staff may read them."""
    missed = _asked_for(request, MissedSearch, pk)
    return Start(phrase=missed.query) if isinstance(missed, MissedSearch) and missed.is_readable else None


def _asked_for(request: HttpRequest, model: type[Counted], pk: str) -> Counted | None:
    allowed = request.user.has_perm("guides.see_reports")
    return model.objects.filter(pk=pk).first() if allowed and pk.isdecimal() and len(pk) < 18 else None


def known_now(known: Knowledge, error: UnrecognisedError) -> Guide | None:
    """The guide that recognises an error today, where one was published since it came."""
    seen = [row.fact for row in known.read(error.text).seen if row.fact.kind in OBSERVATIONS]
    fact = seen[0] if seen else None
    guides = known.model.observed_by.get((fact.kind, fact.value.lower()), ()) if fact else ()
    return known.model.guide.get(fact.value) or (guides[0] if guides else None) if fact else None


def name_of(error: UnrecognisedError) -> str:
    """What may be shown of an error: its code, or its first words once several people sent them."""
    return error.token or (error.headline if error.is_readable else "")


def _find_errors(asked: Asked) -> Sequence[Any]:
    return _in_order(UnrecognisedError, asked)


def _find_searches(asked: Asked) -> Sequence[Any]:
    return _in_order(MissedSearch, asked)


def _in_order(model: type[Counted], asked: Asked) -> Any:
    order = asked.order or "-count"
    return model.objects.filter(set_aside=asked.aside).order_by(order, "-last_seen", "pk")


def _error_row(asked: Asked, error: UnrecognisedError) -> Row:
    name, guide = name_of(error), known_now(asked.known, error)
    said = gettext("Known now: %(guide)s") % {"guide": guide.title} if guide else ""
    begun = asked.guides_by_code.get(error.token.lower()) if error.token and not guide else None
    what = Cell(name or _too_few(), is_code=bool(error.token), more=error.text if error.is_readable else "")
    actions = []
    if begun:
        said = gettext("Begun: %(guide)s") % {"guide": begun}
        actions.append(Action(_("Open the draft"), guide_page(begun), about=name))
    elif name and not guide and asked.may("guides.add_guide"):
        actions.append(_start("from-error", error, name))
    if asked.may("cases.change_unrecognisederror"):
        actions.append(_aside("errors", error, name))
    return Row((what, *_numbers(error), Cell(said)), tuple(actions))


def _search_row(asked: Asked, missed: MissedSearch) -> Row:
    name = missed.query if missed.is_readable else ""
    actions = []
    if name and asked.may("guides.add_guide"):
        actions.append(_start("from-search", missed, name))
    if asked.may("guides.change_missedsearch"):
        actions.append(_aside("searches", missed, name))
    return Row((Cell(name or _too_few()), *_numbers(missed)), tuple(actions))


def _too_few() -> str:
    return gettext("Words are shown once it came three times on two days.")


def _numbers(row: Counted) -> tuple[Cell, ...]:
    return Cell(str(row.count)), Cell(str(row.days)), Cell(day(row.first_seen)), Cell(day(row.last_seen))


def _start(key: str, row: Counted, name: str) -> Action:
    return Action(_("Start a guide"), f"{reverse('admin:guides_guide_add')}?{key}={row.pk}", about=name)


def _aside(report: str, row: Counted, name: str) -> Action:
    text = _("Bring back") if row.set_aside else _("Set aside")
    return Action(text, reverse("insights:set_aside", args=[report, row.pk]), name or f"#{row.pk}", is_button=True)


ERRORS = Report(
    slug="errors",
    title=_("Errors without a guide"),
    about=_(
        "Pasted texts that we recognised nothing in. Texts that differ only in names and numbers are one row. "
        "Names and secrets are hidden before we keep anything."
    ),
    empty=_("Every error people pasted has a guide."),
    columns=(Column(_("Error")), *_NUMBERS, Column(_("Guide"))),
    find=_find_errors,
    row=_error_row,
    can_set_aside=True,
)
SEARCHES = Report(
    slug="searches",
    title=_("Searches without result"),
    about=_(
        "What people typed into the search and did not find. Write a guide, or add these words to one as a phrase."
    ),
    empty=_("Every search found something."),
    columns=(Column(_("Words")), *_NUMBERS),
    find=_find_searches,
    row=_search_row,
    can_set_aside=True,
)
SET_ASIDE = {
    "errors": (UnrecognisedError, "cases.change_unrecognisederror"),
    "searches": (MissedSearch, "guides.change_missedsearch"),
}
"""By report: what is set aside, and what somebody needs to do it."""
