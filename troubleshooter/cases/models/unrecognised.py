"""Error texts that no guide is known for."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from guides.models.counted import Counted


class UnrecognisedError(Counted):
    """Pastes of one problem that we do not know, told apart by their fingerprint."""

    KEY = "fingerprint"

    fingerprint = models.CharField(max_length=120, unique=True)
    token = models.CharField(max_length=120, blank=True, help_text=_("The code in it that no guide names."))
    headline = models.CharField(max_length=200)
    text = models.TextField(max_length=4_000, help_text=_("The first such text, redacted."))

    class Meta:
        ordering = ["-count", "-last_seen"]
        verbose_name = _("error without a guide")
        verbose_name_plural = _("errors without a guide")

    def __str__(self) -> str:
        return self.token or self.fingerprint
