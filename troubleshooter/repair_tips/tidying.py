"""What is kept of failed runs no longer than it is needed: addresses of owners, and the ids of runs."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Min

from troubleshooter.repair_tips.models import KEPT_DAYS, FailedRun, Flow

RUNS_KEPT_DAYS = 90
"""After which a run that is reported again counts again. Reports from so long ago are not believed anyway."""


def tidy(now: datetime) -> None:
    """Erase what was kept long enough."""
    Flow.objects.forget_owners(now)
    FailedRun.objects.filter(reported__lt=now - timedelta(days=RUNS_KEPT_DAYS)).delete()


def next_due() -> datetime | None:
    """When the next address is to be erased; None where none is kept."""
    oldest = Flow.objects.exclude(owner="").aggregate(at=Min("last_report"))["at"]
    return oldest + timedelta(days=KEPT_DAYS) if oldest else None
