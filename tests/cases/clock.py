"""Time for tests: what is counted depends on the day it comes."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

DAY = datetime.timedelta(days=1)


def at(monkeypatch: pytest.MonkeyPatch, moment: datetime.datetime) -> None:
    """From now on it is this moment."""
    monkeypatch.setattr(timezone, "now", lambda: moment)
