"""The days that figures are about, and the form that asks for them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.validators import MinValueValidator
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

DAYS = 28
"""What is shown until somebody asks for other days: four whole weeks, so that weekends do not move the figures."""

QUICK = (7, 28, 90)
MOST_DAYS = 366
EARLIEST = datetime.date(2020, 1, 1)


@dataclass(frozen=True)
class Period:
    """Whole days in the site's time zone, `first` and `last` included."""

    first: datetime.date
    last: datetime.date

    @classmethod
    def of_days(cls, number: int) -> Period:
        """The newest days, today the last of them."""
        today = timezone.localdate()
        return cls(today - datetime.timedelta(days=number - 1), today)

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def before(self) -> Period:
        """As many days, just before these."""
        return Period(self.first - datetime.timedelta(days=self.days), self.first - datetime.timedelta(days=1))

    @property
    def has_today(self) -> bool:
        """Whether its last day is not over yet."""
        return self.last >= timezone.localdate()

    @property
    def query(self) -> str:
        return urlencode({"since": self.first.isoformat(), "until": self.last.isoformat()})

    @property
    def in_days(self) -> str:
        """Its length in words: “28 days”."""
        return ngettext("%(days)s day", "%(days)s days", self.days) % {"days": self.days}

    def each_day(self) -> list[datetime.date]:
        return [self.first + datetime.timedelta(days=number) for number in range(self.days)]

    def holds(self, field: str = "created") -> Q:
        """That a moment lies in these days."""
        end = self.last + datetime.timedelta(days=1)
        return Q(**{f"{field}__gte": _midnight(self.first), f"{field}__lt": _midnight(end)})


def _midnight(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))


def _day(label: Any, how_to_write: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": how_to_write, "invalid": how_to_write},
        validators=[MinValueValidator(EARLIEST, _("There are no figures before 2020."))],
    )


class PeriodForm(forms.Form):
    """The first and the last day of the figures. Nothing sent means the newest days."""

    since = _day(_("From"), _("Write the first day like 2026-01-31."))
    until = _day(_("To"), _("Write the last day like 2026-01-31."))

    @classmethod
    def asked(cls, sent: QueryDict) -> PeriodForm:
        newest = Period.of_days(DAYS)
        days = sent if {"since", "until"} & sent.keys() else {"since": newest.first, "until": newest.last}
        return cls(days, label_suffix="")

    def clean(self) -> dict[str, Any]:
        days = super().clean() or {}
        first, last = days.get("since"), days.get("until")
        if last and last > timezone.localdate():
            self.add_error("until", _("The last day is not here yet. Choose today or a day before."))
        elif first and last and first > last:
            self.add_error("since", _("The first day is after the last. Swap them, or choose other days."))
        elif first and last and (last - first).days >= MOST_DAYS:
            self.add_error("since", _("That is more than a year. Choose at most %(days)s days.") % {"days": MOST_DAYS})
        return days

    @property
    def period(self) -> Period:
        """The days that were asked for; only of a form that is valid."""
        return Period(self.cleaned_data["since"], self.cleaned_data["until"])
