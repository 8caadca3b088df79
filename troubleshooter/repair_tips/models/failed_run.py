"""Runs that were reported, so that a run that is reported again counts once."""

from __future__ import annotations

from django.db import models

from .flow import MAX_ID, Flow


class FailedRun(models.Model):
    """One failed run of a flow."""

    flow = models.ForeignKey(Flow, on_delete=models.CASCADE, related_name="runs")
    run_id = models.CharField(max_length=MAX_ID)
    occurred = models.DateTimeField()
    reported = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["flow", "run_id"], name="run_once_per_flow")]

    def __str__(self) -> str:
        return self.run_id
