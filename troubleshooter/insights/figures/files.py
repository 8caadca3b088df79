"""The figures as files: one line a day, or one line a guide. With too few cases for a rate, counts only."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from troubleshooter.insights.export import csv_file
from troubleshooter.insights.figures import counting, guides
from troubleshooter.insights.figures.counting import Actions, Tally
from troubleshooter.insights.figures.period import Period
from troubleshooter.insights.figures.share import Share

DAY_HEADINGS = (
    gettext_lazy("Day"),
    gettext_lazy("Day is over"),
    gettext_lazy("Pasted"),
    gettext_lazy("Exact"),
    gettext_lazy("Likely"),
    gettext_lazy("General"),
    gettext_lazy("Not recognised"),
    gettext_lazy("Recognised, rate"),
    gettext_lazy("Solved without a ticket"),
    gettext_lazy("Handed over, not solved afterwards"),
    gettext_lazy("Solved without a ticket, rate"),
    gettext_lazy("Fixes that worked"),
    gettext_lazy("Actions to the fix, median"),
    gettext_lazy("Handed over"),
    gettext_lazy("Handed over with fixes tried"),
    gettext_lazy("Handed over with fixes tried, rate"),
    gettext_lazy("Tickets with links"),
    gettext_lazy("Tickets resolved by a link"),
    gettext_lazy("Tickets resolved by a link, rate"),
    gettext_lazy("Links made"),
    gettext_lazy("Links with a report"),
    gettext_lazy("Links behind which a fix worked"),
)


def of_days(period: Period) -> HttpResponse:
    tallies, actions = counting.tally_by_day(period), counting.actions_by_day(period)
    today = timezone.localdate()
    rows = (
        [day, _("yes") if day < today else _("no"), *_of_day(tallies.get(day, Tally()), actions.get(day, Actions()))]
        for day in period.each_day()
    )
    return csv_file(_named("figures", period), DAY_HEADINGS, rows)


def of_guides(period: Period, order: str) -> HttpResponse:
    """All guides with anything recorded, in the order of the page."""
    headings = [_("Guide"), _("Title"), *(str(heading) for _name, heading in guides.COLUMNS), _("Why not")]
    rows = (
        [
            line.reference,
            line.title,
            *(getattr(line, name) for name, _heading in guides.COLUMNS),
            ", ".join(line.reasons),
        ]
        for line in guides.of_guides(period, order)
    )
    return csv_file(_named("guides", period), headings, rows)


def _of_day(tally: Tally, actions: Actions) -> Iterator[object]:
    yield from (tally.recognised.whole, tally.exact, tally.likely, tally.general, tally.unrecognised)
    yield _rate(tally.recognised)
    yield from (tally.solved, tally.unsolved, _rate(tally.solved_without_ticket))
    yield from (tally.fixes, _median(tally, actions))
    yield from (tally.handed_over, tally.handed_over_after_tries, _rate(tally.with_fixes_tried))
    yield from (tally.tickets, tally.tickets_resolved, _rate(tally.resolved_by_link))
    yield from (tally.links, tally.links_reported, tally.links_helped)


def _median(tally: Tally, actions: Actions) -> str:
    if len(actions.numbers) < tally.fixes:
        return _("Not read")
    return _("Too few") if actions.median is None else f"{actions.median:g}"


def _rate(share: Share) -> str:
    return _("Too few") if share.percent is None else f"{share.percent} %"


def _named(what: str, period: Period) -> str:
    return f"{what}-{period.first}-{period.last}"
