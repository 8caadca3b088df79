"""What became of the tries of each guide, and of each mitigation of one guide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guides.models import Guide, Mitigation
from troubleshooter.cases.models import HandOver, Outcome
from troubleshooter.insights.figures import counting
from troubleshooter.insights.figures.period import Period
from troubleshooter.insights.figures.share import Share

MOST_COMMENTS = 20

COLUMNS = (
    ("tries", gettext_lazy("Tries")),
    ("worked", gettext_lazy("Worked")),
    ("rate", gettext_lazy("Rate")),
    ("same", gettext_lazy("Same error")),
    ("new", gettext_lazy("New error")),
    ("could_not", gettext_lazy("Could not do it")),
    ("links", gettext_lazy("Links made")),
    ("reported", gettext_lazy("Reported behind links")),
    ("handed_over", gettext_lazy("Handed over")),
)
"""(field of a line, heading), in the order in which they stand on the page and in the file."""

ORDERS = frozenset({name for name, _heading in COLUMNS} - {"rate"})
"""The numbers that the table can be sorted by."""

RESULTS = {result.name.lower(): Count("pk", filter=Q(result=result)) for result in Outcome.Result}
COULD_NOT = Q(result=Outcome.Result.COULD_NOT)
REASONS = {f"reason_{reason}": Count("pk", filter=COULD_NOT & Q(reason=reason)) for reason in Outcome.Reason.values}


@dataclass(frozen=True)
class Line:
    """The numbers of one guide, or of one of its mitigations. `pk` is None where the thing is gone."""

    reference: str
    title: str
    pk: int | None
    tries: int = 0
    worked: int = 0
    same: int = 0
    new: int = 0
    could_not: int = 0
    reasons: tuple[str, ...] = ()
    """Why people could not do it: “No access: 3”, “Not safe now: 1”."""

    links: int = 0
    reported: int = 0
    """Links with a report of the person they were given to."""

    handed_over: int = 0
    """Cases that went to a person after a try."""

    @property
    def helped(self) -> Share:
        return Share(self.worked, self.tries)

    @property
    def rate(self) -> str:
        return self.helped.short


@dataclass(frozen=True)
class Failing:
    """A step at which people said that they failed."""

    step: str
    times: int


def of_guides(period: Period, order: str = "") -> list[Line]:
    """All guides of which anything was recorded; `order` is one of ORDERS, with "-" for the most first."""
    lines = _lines("guide", Outcome.objects.filter(period.holds()), _links(period, "guide"), Guide)
    lines.sort(key=lambda line: (len(line.reference), line.reference))
    name = order.removeprefix("-") or "tries"
    return sorted(lines, key=lambda line: getattr(line, name), reverse=not order or order.startswith("-"))


def of_mitigations(period: Period, guide: str) -> list[Line]:
    """The mitigations of one guide of which anything was recorded, the one tried most first."""
    outcomes = Outcome.objects.filter(period.holds(), guide=guide)
    links = _links(period, "mitigation", guide)
    lines = _lines("mitigation", outcomes, links, Mitigation)
    return sorted(lines, key=lambda line: (-line.tries, len(line.reference), line.reference))


def failing_steps(period: Period, guide: str) -> list[Failing]:
    rows = Outcome.objects.filter(period.holds(), guide=guide).exclude(step="")
    counted = rows.values("step").order_by("step").annotate(times=Count("pk"))
    return [Failing(row["step"], row["times"]) for row in counted.order_by("-times", "step")]


def comments(period: Period, guide: str) -> list[Outcome]:
    """What people said of a guide, the newest first."""
    rows = Outcome.objects.filter(period.holds(), guide=guide).exclude(comment="")
    return list(rows.order_by("-changed", "-pk")[:MOST_COMMENTS])


def _lines(
    by: str, outcomes: QuerySet[Outcome], links: Mapping[str, dict[str, int]], model: type[Guide] | type[Mitigation]
) -> list[Line]:
    results = {row.pop(by): row for row in _grouped(outcomes, by).annotate(tries=Count("pk"), **RESULTS, **REASONS)}
    later = HandOver.objects.filter(voice=OuterRef("voice"), created__gte=OuterRef("created"))
    went_on = _grouped(outcomes.filter(counting.BY_THEMSELVES).filter(Exists(later)), by)
    handed_over = dict(went_on.annotate(cases=Count("voice", distinct=True)).values_list(by, "cases"))
    references = results.keys() | links.keys()
    known = {thing.reference: thing for thing in model._default_manager.filter(reference__in=references)}
    return [
        Line(
            reference=reference,
            title=known[reference].title if reference in known else "",
            pk=known[reference].pk if reference in known else None,
            reasons=_reasons(results.get(reference, {})),
            handed_over=handed_over.get(reference, 0),
            **{name: number for name, number in results.get(reference, {}).items() if name not in REASONS},
            **links.get(reference, {}),
        )
        for reference in references
    ]


def _grouped(rows: QuerySet[Any], by: str) -> QuerySet[Any, dict[str, Any]]:
    return rows.values(by).order_by(by)


def _links(period: Period, by: str, guide: str = "") -> dict[str, dict[str, int]]:
    """Links made and links with a report, by guide or, of one guide, by the mitigation they name."""
    counts = {"links": Count("pk"), "reported": Count("pk", filter=Q(has_report=True))}
    rows: QuerySet[Any] = counting.links(period)
    if by == "guide":
        return {row.pop(by): row for row in _grouped(rows, by).annotate(**counts)}
    found: dict[str, dict[str, int]] = {}
    for row in _grouped(rows.filter(guide=guide).exclude(part=""), "part").annotate(**counts):
        numbers = found.setdefault(row.pop("part").partition(".")[0], {"links": 0, "reported": 0})
        for name in numbers:
            numbers[name] += row[name]
    return found


def _reasons(row: Mapping[str, int]) -> tuple[str, ...]:
    given = ((reason, row.get(f"reason_{reason.value}", 0)) for reason in Outcome.Reason)
    return tuple(_("%(reason)s: %(times)s") % {"reason": reason.label, "times": n} for reason, n in given if n)
