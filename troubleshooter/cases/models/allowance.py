"""How often one address may store something in a day, without keeping the address."""

from __future__ import annotations

import datetime

from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac


class Allowance(models.Model):
    """What one address has used today of one action. The key is a hash that is another one every day."""

    key = models.CharField(max_length=64, unique=True)
    day = models.DateField(db_index=True)
    used = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.used} on {self.day}"

    @classmethod
    def take(cls, caller: str, action: str, most: int) -> bool:
        """Use one of `most` actions that this address has today; False when none is left.

        Safe for several processes at once. Rows of earlier days are removed on the way.
        """
        today = timezone.localdate()
        key = _key(caller, action, today)
        if cls._use(key, most):
            return True
        try:
            with transaction.atomic():
                cls.objects.create(key=key, day=today, used=1)
        except IntegrityError:  # all used, or somebody else made the row just now
            return cls._use(key, most)
        cls.objects.filter(day__lt=today).delete()
        return True

    @classmethod
    def used_today(cls, caller: str, action: str) -> int:
        """How many of an action this address has used today."""
        key = _key(caller, action, timezone.localdate())
        return cls.objects.filter(key=key).values_list("used", flat=True).first() or 0

    @classmethod
    def give_back(cls, caller: str, action: str) -> None:
        """One action of today was not done after all."""
        key = _key(caller, action, timezone.localdate())
        cls.objects.filter(key=key, used__gt=0).update(used=F("used") - 1)

    @classmethod
    def _use(cls, key: str, most: int) -> bool:
        return cls.objects.filter(key=key, used__lt=most).update(used=F("used") + 1) == 1


def _key(caller: str, action: str, day: datetime.date) -> str:
    return salted_hmac("cases.allowance", f"{day}|{action}|{caller}", algorithm="sha256").hexdigest()
