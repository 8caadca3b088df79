"""What people searched for and did not find."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class MissedSearch(models.Model):
    """One query without a result, redacted and folded to one case, and how often it came."""

    query = models.CharField(max_length=100, unique=True)
    count = models.PositiveIntegerField(default=0)
    days = models.PositiveIntegerField(default=0, help_text=_("On how many days it came."))
    first_seen = models.DateTimeField()
    last_seen = models.DateTimeField()
    set_aside = models.BooleanField(default=False, help_text=_("Staff decided that it needs nothing."))

    class Meta:
        ordering = ["-count", "query"]
        verbose_name = _("search without result")
        verbose_name_plural = _("searches without result")

    def __str__(self) -> str:
        return self.query
