"""A flow that reported failed runs, with the address of its owner for as long as it is needed."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models

from .sender import Sender

KEPT_DAYS = 30
"""Days without a failure after which an owner's address is erased."""

MAX_ID = 200
MAX_NAME = 200


class FlowQuerySet(models.QuerySet["Flow"]):
    def forget_owners(self, now: datetime) -> int:
        """Erase the addresses of owners whose flows have not failed for KEPT_DAYS; returns how many."""
        quiet = self.filter(last_report__lt=now - timedelta(days=KEPT_DAYS)).exclude(owner="")
        return quiet.update(owner="")

    def real(self) -> FlowQuerySet:
        return self.filter(is_test=False)


class Flow(models.Model):
    """One flow of a sender. `owner` is the one personal thing that is kept anywhere."""

    sender = models.ForeignKey(Sender, on_delete=models.CASCADE, related_name="flows")
    flow_id = models.CharField(max_length=MAX_ID)
    environment = models.CharField(max_length=MAX_ID, blank=True)
    name = models.CharField(max_length=MAX_NAME)
    """Redacted, one line."""
    owner = models.EmailField(max_length=254, blank=True)
    """Only for sending; "" once it was erased."""
    last_report = models.DateTimeField(db_index=True)
    is_test = models.BooleanField(default=False)
    """Made up by staff to see what arrives. Nothing in it counts as a failure."""

    objects = FlowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sender", "flow_id", "environment"], name="flow_once_per_sender")
        ]

    def __str__(self) -> str:
        return self.name
