"""Error texts that no guide is known for."""

from __future__ import annotations

import re

from django.db import models
from django.utils.translation import gettext_lazy as _

from guides.models.counted import Counted
from troubleshooter.diagnosis.model import ANY_CODE, Kind, Model, Reading
from troubleshooter.diagnosis.text.fingerprint import fingerprint, headline

MAX_TEXT = 4_000
_BARE = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{2,79}|0x[0-9a-fA-F]{4,16}")
"""A code that a system prints, as opposed to words of a person."""


class UnrecognisedError(Counted):
    """Pastes of one problem that we do not know, told apart by their fingerprint."""

    KEY = "fingerprint"

    fingerprint = models.CharField(max_length=120, unique=True)
    token = models.CharField(max_length=120, blank=True, help_text=_("The code in it that no guide names."))
    headline = models.CharField(max_length=200)
    text = models.TextField(max_length=MAX_TEXT, help_text=_("The first such text, redacted."))

    class Meta:
        ordering = ["-count", "-last_seen"]
        verbose_name = _("error without a guide")
        verbose_name_plural = _("errors without a guide")

    def __str__(self) -> str:
        return self.token or self.fingerprint

    @classmethod
    def remember(cls, reading: Reading, model: Model) -> None:
        """Count a pasted text if nothing in it is known. Only the redacted text is looked at and kept."""
        unknown = next((seen.fact.value for seen in reading.seen if seen.fact.kind is Kind.UNKNOWN), None)
        if unknown is None:
            return
        is_code = unknown != ANY_CODE and _BARE.fullmatch(unknown) and unknown.lower() not in model.code
        cls.objects.count_once(
            fingerprint(reading),
            token=unknown if is_code else "",
            headline=headline(reading),
            text=reading.text[:MAX_TEXT],
        )
