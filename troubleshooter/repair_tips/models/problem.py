"""One error of one flow, however often it came."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from troubleshooter.cases.models import MAX_EVIDENCE

from .flow import Flow

MAX_KEY = 160
MAX_CODE = 120
MAX_TEXT = 4_000
MAX_URL = 1_000
MAILED_AGAIN_AFTER = timedelta(hours=23, minutes=30)
"""A day, less what a flow that runs once a day may be early."""


class FlowProblem(models.Model):
    """Same flow and same error: one problem. Times are UTC; `offset` is the reporter's zone, for showing."""

    class Match(models.TextChoices):
        """How well it was recognised; empty where we do not know the error."""

        EXACT = "exact", _("Exact")
        LIKELY = "likely", _("Likely")
        GENERAL = "general", _("General")

    flow = models.ForeignKey(Flow, on_delete=models.CASCADE, related_name="problems")
    error = models.CharField(max_length=MAX_KEY)
    """What makes it the same error: the observation as kind:value, or the fingerprint of an unknown text."""
    match = models.CharField(max_length=10, choices=Match.choices, blank=True)
    evidence = models.CharField(max_length=MAX_EVIDENCE, blank=True)
    """The keys of the diagnosis, as its address has them."""
    code = models.CharField(max_length=MAX_CODE, blank=True)
    """For people to read: the code, status or hex number; "" where the error has none."""
    text = models.TextField(max_length=MAX_TEXT)
    """The error of the last run, redacted."""
    times = models.PositiveIntegerField(default=0)
    first = models.DateTimeField()
    last = models.DateTimeField(db_index=True)
    offset = models.SmallIntegerField(default=0)
    """Minutes east of UTC in which the first failure was reported."""
    run_url = models.CharField(max_length=MAX_URL, blank=True)
    """Of the last run, without query; "" where none was given."""
    mailed = models.DateTimeField(null=True, blank=True)
    """When a letter about it was last put into the outbox, or sent from there."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["flow", "error"], name="problem_once_per_flow")]
        ordering = ["-last"]

    def __str__(self) -> str:
        return f"{self.flow}: {self.code or self.error}"

    def count(self, occurred: datetime, offset: int, **of_the_run: Any) -> None:
        """Count one more run, whatever the order in which runs are reported. Not saved yet.

        `of_the_run` are fields that show the latest run.
        """
        self.times += 1
        if self.times == 1 or occurred < self.first:
            self.first, self.offset = occurred, offset
        if self.times == 1 or occurred >= self.last:
            self.last = occurred
            for name, value in of_the_run.items():
                setattr(self, name, value)

    def is_due(self, now: datetime) -> bool:
        """Whether a letter may be written about it again."""
        return self.mailed is None or now - self.mailed >= MAILED_AGAIN_AFTER


def worst_first(problems: Iterable[FlowProblem]) -> list[FlowProblem]:
    """What needs work before what we do not know, that before what passes by itself; then the frequent, the late."""
    return sorted(
        problems, key=lambda problem: (_rank(problem), -problem.times, -problem.last.timestamp(), problem.error)
    )


def _rank(problem: FlowProblem) -> int:
    return {"": 1, FlowProblem.Match.GENERAL: 2}.get(problem.match, 0)
