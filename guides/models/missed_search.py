"""What people searched for and did not find."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from troubleshooter.diagnosis.redact import redact

from .counted import Counted

MAX_QUERY = 100
"""Characters of a search; a longer text is an error text, which belongs into the paste box."""


class MissedSearch(Counted):
    """One query without a result, redacted and folded to one case, and how often it came."""

    KEY = "query"

    query = models.CharField(max_length=MAX_QUERY, unique=True)

    class Meta:
        ordering = ["-count", "query"]
        verbose_name = _("search without result")
        verbose_name_plural = _("searches without result")

    def __str__(self) -> str:
        return self.query

    @classmethod
    def remember(cls, query: str) -> None:
        """Count what somebody typed, without what is personal in it."""
        folded = " ".join(redact(query).text.casefold().split())
        cls.objects.count_once(folded[:MAX_QUERY])
