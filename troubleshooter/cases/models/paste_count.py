"""How many texts were pasted on a day, and how well they were recognised. Counts only."""

from __future__ import annotations

import logging
from typing import Any

from django.db import DatabaseError, IntegrityError, models, transaction
from django.db.models import F
from django.utils import timezone

from troubleshooter.diagnosis.model import Match

log = logging.getLogger(__name__)


class PasteCount(models.Model):
    """Pastes of one day with one match word; "" where nothing was recognised."""

    day = models.DateField()
    match = models.CharField(max_length=10, blank=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-day", "match"]
        constraints = [models.UniqueConstraint(fields=["day", "match"], name="paste_count_once_per_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.match or 'not recognised'}: {self.count}"

    @classmethod
    def add(cls, match: Match | None) -> None:
        """Count one paste. A database that cannot write is logged: nobody's diagnosis fails for a number."""
        place: dict[str, Any] = {"day": timezone.localdate(), "match": match.value if match else ""}
        try:
            with transaction.atomic():
                if not cls.objects.filter(**place).update(count=F("count") + 1):
                    cls._first(place)
        except DatabaseError:
            log.warning("One paste was not counted.", exc_info=True)

    @classmethod
    def _first(cls, place: dict[str, Any]) -> None:
        try:
            with transaction.atomic():
                cls.objects.create(**place, count=1)
        except IntegrityError:  # somebody else pasted the day's first, just now
            cls.objects.filter(**place).update(count=F("count") + 1)
