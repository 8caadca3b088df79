"""The reports: an overview, one page each with something to do about every row, and the same as a file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from guides.admin import site
from troubleshooter.insights.access import for_readers_of_reports
from troubleshooter.insights.export import as_csv
from troubleshooter.insights.reports import REPORTS, SET_ASIDE, Asked, Column, Report, Row

ROWS = 30


@require_safe
@for_readers_of_reports
def overview(request: HttpRequest) -> HttpResponse:
    counted = [(report, report.count(Asked(request))) for report in REPORTS.values()]
    return render(request, "insights/overview.html", _context(request, _("Reports"), counted=counted))


@require_safe
@for_readers_of_reports
def report(request: HttpRequest, slug: str) -> HttpResponse:
    found = _report(slug)
    asked = _asked(request, found)
    page = Paginator(found.find(asked), ROWS).get_page(request.GET.get("page"))
    context = {
        "report": found,
        "asked": asked,
        "columns": [_heading(column, asked) for column in found.columns],
        "page": page,
        "rows": [_shown(found, found.row(asked, thing)) for thing in page],
        "query": _query(asked.order, asked.aside),
    }
    return render(request, "insights/report.html", _context(request, found.title, **context))


@require_safe
@for_readers_of_reports
def export(request: HttpRequest, slug: str) -> HttpResponse:
    found = _report(slug)
    return as_csv(found, _asked(request, found))


@require_POST
@for_readers_of_reports
def set_aside(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take a row from its report, or bring it back: the other of what it is."""
    if slug not in SET_ASIDE:
        raise Http404("Nothing can be set aside in this report.")
    model, permission = SET_ASIDE[slug]
    if not request.user.has_perm(permission):
        raise PermissionDenied
    row = get_object_or_404(model, pk=pk)
    row.set_aside = request.POST.get("aside") == "1"
    row.save(update_fields=["set_aside"])
    if row.set_aside:
        messages.success(request, _("Set aside. You find it under “Set aside” and can bring it back."))
    else:
        messages.success(request, _("Brought back into the report."))
    return HttpResponseRedirect(reverse("insights:report", args=[slug]))


def _report(slug: str) -> Report:
    if slug not in REPORTS:
        raise Http404("There is no such report.")
    return REPORTS[slug]


def _asked(request: HttpRequest, found: Report) -> Asked:
    order = request.GET.get("sort", "")
    aside = found.can_set_aside and request.GET.get("aside") == "1"
    return Asked(request, order if order in found.orders else "", aside)


def _heading(column: Column, asked: Asked) -> dict[str, Any]:
    """A column with the link that sorts by it: first the most, then the least."""
    down = asked.order == f"-{column.order}"
    order = column.order if down else f"-{column.order}"
    now = {f"-{column.order}": "descending", column.order: "ascending"}.get(asked.order, "") if column.order else ""
    return {"column": column, "query": _query(order, asked.aside) if column.order else "", "now": now}


def _shown(found: Report, row: Row) -> dict[str, Any]:
    """A row whose cells know their columns."""
    return {"cells": list(zip(row.cells, found.columns, strict=True)), "actions": row.actions}


def _query(order: str, aside: bool) -> str:
    pairs = [f"sort={order}" if order else "", "aside=1" if aside else ""]
    return "&".join(filter(None, pairs))


def _context(request: HttpRequest, title: Any, **more: Any) -> dict[str, Any]:
    return {**site.each_context(request), "title": title, "subtitle": None, **more}
