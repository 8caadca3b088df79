"""What is kept no longer than it is needed, so that nothing grows for ever: addresses, runs, letters, flows, tests."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Min, QuerySet

from troubleshooter.repair_tips.models import KEPT_DAYS, FailedRun, Flow, FlowProblem, Letter

RUNS_KEPT_DAYS = 90
"""After which a run that is reported again counts again. Reports from so long ago are not believed anyway."""

LETTERS_KEPT_DAYS = 90
"""After nothing is left to do with them."""

PROBLEMS_KEPT_DAYS = 365
"""After the last failure. Flows that do not fail for so long are forgotten as a whole."""

TESTS_KEPT = timedelta(days=7)
"""Longer than a letter is tried."""


def tidy(now: datetime) -> None:
    """Erase what was kept long enough."""
    _tests().filter(last_report__lt=now - TESTS_KEPT).delete()
    Flow.objects.forget_owners(now)
    FailedRun.objects.filter(reported__lt=now - timedelta(days=RUNS_KEPT_DAYS)).delete()
    Letter.objects.over().filter(due__lt=now - timedelta(days=LETTERS_KEPT_DAYS)).delete()
    long_ago = now - timedelta(days=PROBLEMS_KEPT_DAYS)
    FlowProblem.objects.filter(last__lt=long_ago).delete()
    Flow.objects.filter(last_report__lt=long_ago).delete()


def next_due() -> datetime | None:
    """When the next address or test is to be erased; None where none is kept."""
    owned = Flow.objects.exclude(owner="")
    ages = ((owned, timedelta(days=KEPT_DAYS)), (_tests(), TESTS_KEPT))
    oldest = ((flows.aggregate(at=Min("last_report"))["at"], kept) for flows, kept in ages)
    return min((at + kept for at, kept in oldest if at), default=None)


def _tests() -> QuerySet[Flow]:
    return Flow.objects.filter(is_test=True)
