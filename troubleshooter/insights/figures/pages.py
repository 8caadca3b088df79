"""The pages of figures and their files."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from guides.admin import site
from guides.models import Guide
from troubleshooter.insights.access import for_readers_of_reports
from troubleshooter.insights.figures import files, shown
from troubleshooter.insights.figures import guides as by_guide
from troubleshooter.insights.figures.period import QUICK, Period, PeriodForm


def of_a_period(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give a view the days that were asked for; days that cannot be get the form back, with what to mend."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = PeriodForm.asked(request.GET)
        if form.is_valid():
            return view(request, form, *args, **kwargs)
        return render(request, "insights/figures.html", _context(request, _("Figures"), form), status=422)

    return answer


@require_safe
@for_readers_of_reports
@of_a_period
def figures(request: HttpRequest, form: PeriodForm) -> HttpResponse:
    period, order = form.period, _order(request)
    lines = by_guide.of_guides(period, order)
    more = {"figures": list(shown.five(period)), "lines": lines, "columns": _columns(order)}
    return render(request, "insights/figures.html", _context(request, _("Figures"), form, **more))


@require_safe
@for_readers_of_reports
@of_a_period
def guide(request: HttpRequest, form: PeriodForm, reference: str) -> HttpResponse:
    """One guide: its mitigations, the steps that fail, and what people said."""
    found, period = get_object_or_404(Guide, reference=reference), form.period
    more = {
        "guide": found,
        "lines": by_guide.of_mitigations(period, reference),
        "columns": [{"title": title} for _name, title in by_guide.COLUMNS],
        "failing": by_guide.failing_steps(period, reference),
        "comments": by_guide.comments(period, reference),
        "most_comments": by_guide.MOST_COMMENTS,
    }
    title = _("Figures of %(guide)s") % {"guide": found}
    return render(request, "insights/figures_guide.html", _context(request, title, form, **more))


@require_safe
@for_readers_of_reports
@of_a_period
def days(request: HttpRequest, form: PeriodForm) -> HttpResponse:
    """The figures of each day as a file."""
    return files.of_days(form.period)


@require_safe
@for_readers_of_reports
@of_a_period
def guides(request: HttpRequest, form: PeriodForm) -> HttpResponse:
    """The table of guides as a file."""
    return files.of_guides(form.period, _order(request))


def _order(request: HttpRequest) -> str:
    order = request.GET.get("sort", "")
    return order if order.removeprefix("-") in by_guide.ORDERS else "-tries"


def _columns(order: str) -> list[dict[str, Any]]:
    """Headings with what they sort by when they are pressed: first the most, then the least."""
    now = "descending" if order.startswith("-") else "ascending"
    return [
        {
            "title": title,
            "sort": (name if order == f"-{name}" else f"-{name}") if name in by_guide.ORDERS else "",
            "now": now if name == order.removeprefix("-") else "",
        }
        for name, title in by_guide.COLUMNS
    ]


def _context(request: HttpRequest, title: str, form: PeriodForm, **more: Any) -> dict[str, Any]:
    period = form.period if form.is_valid() else None
    quick = [(Period.of_days(number), number) for number in QUICK]
    return {
        **site.each_context(request),
        "title": title,
        "subtitle": None,
        "form": form,
        "action": reverse("insights:figures") if request.path.endswith(".csv") else request.path,
        "period": period,
        "quick": [{"days": number, "query": days.query, "is_shown": days == period} for days, number in quick],
        **more,
    }
