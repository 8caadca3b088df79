"""What a letter says, for both of its parts: the worst error in full, the others of the same run in a line each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from django.utils.formats import date_format

from guides.knowledge import Knowledge
from troubleshooter.repair_tips import opting
from troubleshooter.repair_tips.advice import Advice, brief, in_full, short_name
from troubleshooter.repair_tips.models import FlowProblem, Letter

RESUBMIT = "There you can resubmit it with the same input. Steps that worked run again too."


@dataclass(frozen=True)
class Contents:
    """A letter in plain values. Addresses are absolute, names are one line; `run_url` may be ""."""

    flow: str
    time: str
    worst: Advice
    others: tuple[Advice, ...]
    times: str
    run_url: str
    off_url: str
    """The page where tips are turned off and on."""

    @property
    def often(self) -> str:
        return f"You get at most one mail a day about {'each' if self.others else 'this'} error."

    @property
    def title(self) -> str:
        return f"Your flow failed: {self.flow}" if self.flow else "Your flow failed"

    @property
    def subject(self) -> str:
        return f"{self.title} ({self.worst.code})" if self.worst.code else self.title


def contents(letter: Letter, problems: list[FlowProblem], known: Knowledge) -> Contents:
    """What to write about problems, worst first. Two queries at most."""
    worst, *others = problems
    told = in_full(known, brief(known, worst, letter.root))
    return Contents(
        flow=short_name(letter.flow.name),
        time=_time(worst),
        worst=told,
        others=tuple(brief(known, problem, letter.root) for problem in others),
        times=_times(worst),
        run_url=worst.run_url,
        off_url=opting.link(letter),
    )


def moment(when: datetime, offset: int) -> str:
    """A time in a zone that many minutes east of UTC: “09:42 on 21 November 2026 (UTC+01:00)”."""
    zone = timezone(timedelta(minutes=offset))
    local = when.astimezone(zone)
    return f"{date_format(local, 'H:i')} on {date_format(local, 'j F Y')} ({zone})"


def _time(problem: FlowProblem) -> str:
    first = moment(problem.first, problem.offset)
    if problem.times > 1:
        return f"Your flow first failed with this error at {first}."
    return f"Your flow failed at {first}."


def _times(problem: FlowProblem) -> str:
    if problem.times > 1:
        last = moment(problem.last, problem.offset)
        return f"It failed {problem.times} times with this error. The last time was at {last}."
    return "It failed once with this error."
