"""The five figures in words: how many, the rate, what is different from before, and what is counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from troubleshooter.insights.figures import counting
from troubleshooter.insights.figures.counting import Actions, Tally
from troubleshooter.insights.figures.period import Period
from troubleshooter.insights.figures.share import Share


@dataclass(frozen=True)
class Figure:
    """One figure. `percent` is for its bar, None without a rate; `details` are counts that it is made of."""

    title: str
    value: str
    rate: str
    percent: int | None
    before: str
    """The same of as many days before, with the change where both have enough cases."""

    about: str
    details: tuple[str, ...] = ()


def five(period: Period) -> Iterator[Figure]:
    """The figures, in the order in which a case goes."""
    now, before = counting.tally(period), counting.tally(period.before)
    yield _of_share(
        _("Recognised"),
        (now.recognised, before.recognised, period),
        _("Counts pasted texts that led to a guide. Typing, questions without a text and the API are not counted."),
        _match_words(now),
    )
    yield _of_share(
        _("Solved without a ticket"),
        (now.solved_without_ticket, before.solved_without_ticket, period),
        _(
            "Counts cases where a fix worked and nobody else was asked afterwards, beside those that went to a person. "
            "People who say nothing, and reports behind ticket links, are not counted."
        ),
    )
    yield _of_actions(counting.actions(period), counting.actions(period.before), now.fixes, period)
    yield _of_share(
        _("Handed over with fixes tried"),
        (now.with_fixes_tried, before.with_fixes_tried, period),
        _(
            "Counts cases that went to a person, and those in which a fix was tried before. "
            "Tickets that were written elsewhere are not counted."
        ),
    )
    yield _of_share(
        _("Tickets resolved by a link"),
        (now.resolved_by_link, before.resolved_by_link, period),
        _(
            "Counts tickets that links were made for, and those “resolved by” a link. "
            "Tickets without links are not counted. New tickets may still be resolved, so the newest days look worse."
        ),
        _links(now),
    )


def _of_share(title: str, found: tuple[Share, Share, Period], about: str, details: tuple[str, ...] = ()) -> Figure:
    share, before, period = found
    if not share.whole:
        return Figure(title, _("No cases"), "", None, _before(str(before) if before.whole else "", "", period), about)
    said = _before(str(before), share.change(before), period) if before.whole else ""
    return Figure(title, str(share), share.rate, share.percent, said, about, details)


def _of_actions(now: Actions, before: Actions, fixes: int, period: Period) -> Figure:
    title = _("Actions to the fix")
    about = _("Counts the start, each answer and each fix tried before. Fixes behind ticket links are not counted.")
    number = len(now.numbers)
    then = _median(before.median) if before.median is not None else ""
    if now.median is None or now.middle_half is None:
        value = ngettext("%(number)s fix", "%(number)s fixes", number) % {"number": number} if number else _("No cases")
        rate = _("Too few cases for a median.") if number else ""
        return Figure(title, value, rate, None, _before(then, "", period), about, _actions_counted(now))
    low, high = now.middle_half
    rate = _("Median of %(number)s fixes. The middle half took %(low)s to %(high)s actions.") % {
        "number": number,
        "low": f"{low:g}",
        "high": f"{high:g}",
    }
    cut = _("Read from the newest %(read)s of %(fixes)s.") % {"read": number, "fixes": fixes} if number < fixes else ""
    said = _before(then, _actions_change(now.median, before.median), period)
    return Figure(title, _median(now.median), rate, None, said, about, (cut,) if cut else ())


def _actions_counted(found: Actions) -> tuple[str, ...]:
    return tuple(
        ngettext("%(actions)s action: %(times)s", "%(actions)s actions: %(times)s", actions)
        % {"actions": actions, "times": times}
        for actions, times in found.counts
    )


def _median(number: float) -> str:
    word = _("%(number)s action") if number == 1 else _("%(number)s actions")
    return word % {"number": f"{number:g}"}


def _actions_change(now: float, before: float | None) -> str:
    if before is None:
        return ""
    if now == before:
        return _("No change.")
    said = _("%(number)s more.") if now > before else _("%(number)s fewer.")
    return said % {"number": f"{abs(now - before):g}"}


def _before(value: str, change: str, period: Period) -> str:
    """What stood there in the time before, or "" where nothing did."""
    if not value:
        return ""
    said = _("In the %(days)s before: %(value)s.") % {"days": period.in_days, "value": value}
    return f"{said} {change}".strip()


def _match_words(now: Tally) -> tuple[str, ...]:
    words = (
        (_("Exact"), now.exact),
        (_("Likely"), now.likely),
        (_("General"), now.general),
        (_("Not recognised"), now.unrecognised),
    )
    return tuple(f"{word}: {number}" for word, number in words)


def _links(now: Tally) -> tuple[str, ...]:
    made = _("Links made: %(number)s") % {"number": now.links}
    if not now.links:
        return (made,)
    reported = _("With a report: %(share)s. %(rate)s") % {"share": now.reported, "rate": now.reported.rate}
    if not now.links_reported:
        return made, reported
    helped = _("Of these, a fix worked: %(share)s. %(rate)s") % {"share": now.helped, "rate": now.helped.rate}
    return made, reported, helped
