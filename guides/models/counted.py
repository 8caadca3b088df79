"""Texts of people that are counted, not kept one by one, and shown to staff only once several people sent them."""

from __future__ import annotations

import datetime
import logging
from typing import Any, Self

from django.db import DatabaseError, IntegrityError, models, transaction
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

FEWEST_TIMES = 3
FEWEST_DAYS = 2
"""A text that came less often, or on fewer days, could be one person's own and stays unread."""

MOST_ROWS = 10_000
PRUNED_EVERY = 100
"""New rows between two looks at how many there are."""


log = logging.getLogger(__name__)


class CountedQuerySet(models.QuerySet["Counted"]):
    def count_once(self, key: str, **first: Any) -> None:
        """Count one more `key` now; `first` are the other fields of a new row. Safe for several processes at once.

        A database that cannot write is no reason to fail somebody who only asked: it is logged, and not counted.
        """
        now = timezone.now()
        try:
            with transaction.atomic():
                if not self._count_again(key, now):
                    self._count_first(key, now, first)
        except DatabaseError:
            log.warning("One %s was not counted.", self.model._meta.verbose_name, exc_info=True)

    def _count_first(self, key: str, now: datetime.datetime, first: dict[str, Any]) -> None:
        times = {"count": 1, "days": 1, "first_seen": now, "last_seen": now}
        try:
            with transaction.atomic():
                row = self.create(**{self.model.KEY: key}, **first, **times)
        except IntegrityError:  # somebody else sent it first, just now
            self._count_again(key, now)
            return
        if row.pk % PRUNED_EVERY == 0:
            self.prune()

    def _count_again(self, key: str, now: datetime.datetime) -> int:
        midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
        new_day = Case(When(last_seen__lt=midnight, then=Value(1)), default=Value(0))
        return self.filter(**{self.model.KEY: key}).update(
            count=F("count") + 1, days=F("days") + new_day, last_seen=now
        )

    def prune(self) -> None:
        """Forget what is too much: first what came once, the longest ago first."""
        excess = self.count() - MOST_ROWS
        if excess > 0:
            came_once = Case(When(count=1, then=Value(0)), default=Value(1))
            stale = self.order_by(came_once, "last_seen").values_list("pk", flat=True)[:excess]
            self.filter(pk__in=list(stale)).delete()

    def open(self) -> Self:
        """What nobody has set aside."""
        return self.filter(set_aside=False)

    def readable(self) -> Self:
        """Those whose text staff may read."""
        return self.filter(READABLE)


READABLE = Q(count__gte=FEWEST_TIMES, days__gte=FEWEST_DAYS)


class Counted(models.Model):
    """How often something came, and when. `KEY` names the field that tells one from another."""

    KEY = ""

    count = models.PositiveIntegerField(default=0)
    days = models.PositiveIntegerField(default=0, help_text=_("On how many days it came."))
    first_seen = models.DateTimeField()
    last_seen = models.DateTimeField()
    set_aside = models.BooleanField(default=False, help_text=_("Staff decided that it needs nothing."))

    objects = CountedQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def is_readable(self) -> bool:
        """Whether staff may read the text."""
        return self.count >= FEWEST_TIMES and self.days >= FEWEST_DAYS
