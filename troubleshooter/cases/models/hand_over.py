"""Cases that went on to a person."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from troubleshooter.cases.models.outcome import MAX_EVIDENCE


class HandOverQuerySet(models.QuerySet["HandOver"]):
    def count_once(self, voice: str, evidence: str, **first: Any) -> HandOver:
        """The hand-over of this case by this voice; the same case taken twice (copied, then sent) is one hand-over."""
        hand_over, _created = self.get_or_create(voice=voice, evidence=evidence, defaults=first)
        return hand_over


class HandOver(models.Model):
    """Somebody took what we knew of a case to a person. Its number is the one people are told; no text is kept."""

    class Way(models.TextChoices):
        COPIED = "copied", _("Copied")
        DOWNLOADED = "downloaded", _("Downloaded")
        SENT = "sent", _("Sent by e-mail")

    voice = models.CharField(max_length=64)
    """Of one browser on one day (see `troubleshooter.cases.voices`)."""
    evidence = models.CharField(max_length=MAX_EVIDENCE, blank=True)
    """The keys of the diagnosis, tried mitigations among them. Never a pasted text."""
    revisions = models.JSONField(default=list)
    """Primary keys of the live revisions of the mitigations that were tried."""
    content_version = models.PositiveIntegerField()
    way = models.CharField(max_length=10, choices=Way.choices)
    created = models.DateTimeField(default=timezone.now, db_index=True)

    objects = HandOverQuerySet.as_manager()

    class Meta:
        ordering = ["-created"]
        constraints = [models.UniqueConstraint(fields=["voice", "evidence"], name="hand_over_once_per_case")]

    def __str__(self) -> str:
        return f"{self.pk}: {self.get_way_display()}"
