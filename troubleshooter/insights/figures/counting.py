"""Counts of what is recorded, by day: pastes, cases, hand-overs, ticket links. A case is one browser on one day."""

from __future__ import annotations

import datetime
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import TruncDate, Upper
from django.utils import timezone

from troubleshooter.cases.models import HandOver, Outcome, PasteCount, TicketLink
from troubleshooter.diagnosis.address import ANSWER_PREFIX
from troubleshooter.diagnosis.model import Kind, Match
from troubleshooter.insights.figures.period import Period
from troubleshooter.insights.figures.share import FEWEST_FOR_A_RATE, Share

MOST_READ = 10_000
"""The newest worked outcomes of a time whose evidence is read; more would not move a median."""

TRIED = f"{Kind.TRIED.value}="
"""How the evidence of a case begins to say which mitigation was tried."""

WORKED = Q(result=Outcome.Result.WORKED)
BY_THEMSELVES = Q(link=None)
"""Outcomes that were not reported behind a ticket link."""


@dataclass(frozen=True)
class Tally:
    """What happened on one day or in one time; each field counts pastes, cases, tickets or links."""

    exact: int = 0
    likely: int = 0
    general: int = 0
    unrecognised: int = 0

    solved: int = 0
    """Cases in which a mitigation worked and that went to nobody afterwards."""

    unsolved: int = 0
    """Cases that went to a person, and in which nothing was said to work afterwards."""

    fixes: int = 0
    """Tries of mitigations that worked."""

    handed_over: int = 0
    """All cases that went to a person."""

    handed_over_after_tries: int = 0

    tickets: int = 0
    tickets_resolved: int = 0
    links: int = 0
    links_reported: int = 0
    links_helped: int = 0

    @property
    def recognised(self) -> Share:
        known = self.exact + self.likely + self.general
        return Share(known, known + self.unrecognised)

    @property
    def solved_without_ticket(self) -> Share:
        return Share(self.solved, self.solved + self.unsolved)

    @property
    def with_fixes_tried(self) -> Share:
        return Share(self.handed_over_after_tries, self.handed_over)

    @property
    def resolved_by_link(self) -> Share:
        return Share(self.tickets_resolved, self.tickets)

    @property
    def reported(self) -> Share:
        return Share(self.links_reported, self.links)

    @property
    def helped(self) -> Share:
        return Share(self.links_helped, self.links_reported)


@dataclass(frozen=True)
class Actions:
    """How many actions led to each of the mitigations that worked; of very many, to the newest."""

    numbers: tuple[int, ...] = ()

    @property
    def has_median(self) -> bool:
        return len(self.numbers) >= FEWEST_FOR_A_RATE

    @property
    def median(self) -> float | None:
        """None for too few cases."""
        return statistics.median(self.numbers) if self.has_median else None

    @property
    def middle_half(self) -> tuple[float, float] | None:
        """The numbers between which the middle half lies; None for too few cases."""
        if not self.has_median:
            return None
        low, _median, high = statistics.quantiles(self.numbers, n=4, method="inclusive")
        return low, high

    @property
    def counts(self) -> list[tuple[int, int]]:
        """(actions, how often), fewest actions first."""
        return sorted(Counter(self.numbers).items())


def tally(period: Period) -> Tally:
    """Everything that was recorded in a time."""
    numbers: dict[str, int] = {}
    for rows, counts in _recorded(period):
        numbers |= rows.aggregate(**counts)
    return Tally(**numbers)


def tally_by_day(period: Period) -> dict[datetime.date, Tally]:
    """The same for each day on which there was anything."""
    numbers: dict[datetime.date, dict[str, int]] = defaultdict(dict)
    for rows, counts in _recorded(period):
        for row in rows.values("day").annotate(**counts):
            numbers[row.pop("day")] |= row
    return {day: Tally(**row) for day, row in numbers.items()}


def solved_without_ticket(period: Period) -> Share:
    """The one figure, where nothing else is wanted."""
    cases = Count("voice", distinct=True)
    number = solved(period).aggregate(cases=cases)["cases"]
    return Share(number, number + unsolved(period).aggregate(cases=cases)["cases"])


def solved(period: Period) -> QuerySet[Outcome]:
    """Mitigations that worked and after which the case went to nobody."""
    later = HandOver.objects.filter(voice=OuterRef("voice"), created__gt=OuterRef("changed"))
    return _worked(period).exclude(Exists(later))


def unsolved(period: Period) -> QuerySet[HandOver]:
    """Hand-overs after which nothing was said to work."""
    later = Outcome.objects.filter(WORKED, BY_THEMSELVES, voice=OuterRef("voice"), changed__gte=OuterRef("created"))
    return HandOver.objects.filter(period.holds()).exclude(Exists(later))


def actions(period: Period) -> Actions:
    """The actions to the mitigations that worked: one, and one for each answer and each mitigation tried before."""
    return Actions(tuple(map(_number_of, _newest_worked(period).values_list("evidence", flat=True))))


def actions_by_day(period: Period) -> dict[datetime.date, Actions]:
    by_day: dict[datetime.date, list[int]] = defaultdict(list)
    for created, evidence in _newest_worked(period).values_list("created", "evidence"):
        by_day[timezone.localdate(created)].append(_number_of(evidence))
    return {day: Actions(tuple(numbers)) for day, numbers in by_day.items()}


def _recorded(period: Period) -> Iterator[tuple[QuerySet[Any], dict[str, Any]]]:
    """Rows with their `day`, and what is counted of them."""
    cases = Count("voice", distinct=True)
    yield PasteCount.objects.filter(day__range=(period.first, period.last)).order_by(), _pastes()
    yield _with_day(solved(period)), {"solved": cases}
    yield _with_day(unsolved(period)), {"unsolved": cases}
    yield _with_day(_worked(period)), {"fixes": Count("pk")}
    tried = Q(evidence__startswith=TRIED) | Q(evidence__contains=f"&{TRIED}")
    yield (
        _with_day(HandOver.objects.filter(period.holds())),
        {"handed_over": cases, "handed_over_after_tries": Count("voice", distinct=True, filter=tried)},
    )
    yield _with_day(links(period)), LINK_COUNTS


def _with_day(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.annotate(day=TruncDate("created")).order_by()


def _pastes() -> dict[str, Any]:
    words = {"exact": Match.EXACT, "likely": Match.LIKELY, "general": Match.GENERAL, "unrecognised": ""}
    return {name: Sum("count", filter=Q(match=word), default=0) for name, word in words.items()}


def links(period: Period) -> QuerySet[TicketLink]:
    """Ticket links made in a time; `has_report` and `has_helped` say what came back behind each."""
    reports = Outcome.objects.filter(link=OuterRef("pk"))
    return TicketLink.objects.filter(period.holds()).annotate(
        has_report=Exists(reports), has_helped=Exists(reports.filter(WORKED)), name=Upper("ticket")
    )


IN_TICKET = ~Q(ticket="")
LINK_COUNTS = {
    "links": Count("pk"),
    "links_reported": Count("pk", filter=Q(has_report=True)),
    "links_helped": Count("pk", filter=Q(has_helped=True)),
    "tickets": Count("name", distinct=True, filter=IN_TICKET),
    "tickets_resolved": Count("name", distinct=True, filter=IN_TICKET & Q(role=TicketLink.Role.RESOLVED)),
}


def _worked(period: Period) -> QuerySet[Outcome]:
    return Outcome.objects.filter(period.holds(), WORKED, BY_THEMSELVES)


def _newest_worked(period: Period) -> QuerySet[Outcome]:
    return _worked(period).order_by("-created", "-pk")[:MOST_READ]


def _number_of(evidence: str) -> int:
    pairs = f"&{evidence}"
    return 1 + pairs.count(f"&{ANSWER_PREFIX}") + pairs.count(f"&{TRIED}")
