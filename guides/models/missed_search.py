"""What people searched for and did not find."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .counted import Counted


class MissedSearch(Counted):
    """One query without a result, redacted and folded to one case, and how often it came."""

    KEY = "query"

    query = models.CharField(max_length=100, unique=True)

    class Meta:
        ordering = ["-count", "query"]
        verbose_name = _("search without result")
        verbose_name_plural = _("searches without result")

    def __str__(self) -> str:
        return self.query
