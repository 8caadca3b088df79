"""How many of how many, told honestly: a rate and its range from twenty cases on, counts below."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot, sqrt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

FEWEST_FOR_A_RATE = 20
"""With fewer cases one person more or less moves a rate by more than anybody should act on."""

Z = 1.959964
"""Standard deviations that hold 95 of 100 cases."""


@dataclass(frozen=True)
class Share:
    """`part` of `whole` cases; `part` is never more."""

    part: int
    whole: int

    def __str__(self) -> str:
        return _("%(part)s of %(whole)s") % {"part": self.part, "whole": self.whole}

    @property
    def has_rate(self) -> bool:
        return self.whole >= FEWEST_FOR_A_RATE

    @property
    def percent(self) -> int | None:
        """The rate in whole percent, None for too few cases."""
        return _percent(self.part / self.whole) if self.has_rate else None

    @property
    def range(self) -> tuple[int, int] | None:
        """Between which rates, in whole percent, the true one lies in 95 of 100 cases; None for too few cases."""
        if not self.has_rate:
            return None
        low, high = wilson(self.part, self.whole)
        return _percent(low), _percent(high)

    @property
    def rate(self) -> str:
        """The rate with its range in words, or that there is none."""
        if self.range is None:
            return _("Too few cases for a rate.")
        words = {"rate": self.percent, "low": self.range[0], "high": self.range[1]}
        return _("%(rate)s\u00a0%%, likely between %(low)s and %(high)s\u00a0%%.") % words

    @property
    def short(self) -> str:
        """The same for a cell of a table."""
        if self.range is None:
            return _("Too few")
        words = {"rate": self.percent, "low": self.range[0], "high": self.range[1]}
        return _("%(rate)s %% (%(low)s to %(high)s %%)") % words

    def change(self, before: Share) -> str:
        """What is different from another time, or "" where one of both has too few cases."""
        if self.percent is None or before.percent is None:
            return ""
        points = self.percent - before.percent
        if points == 0:
            return _("No change.")
        if points > 0:
            said = ngettext("Up %(points)s point.", "Up %(points)s points.", points) % {"points": points}
        else:
            said = ngettext("Down %(points)s point.", "Down %(points)s points.", -points) % {"points": -points}
        low, high = newcombe((self.part, self.whole), (before.part, before.whole))
        return _("%(change)s This may be chance.") % {"change": said} if low <= 0 <= high else said


def wilson(part: int, whole: int) -> tuple[float, float]:
    """The range of Wilson around a rate, both ends between 0 and 1; `whole` is at least 1."""
    rate, spread = part / whole, Z * Z / whole
    middle = (rate + spread / 2) / (1 + spread)
    half = Z * sqrt(rate * (1 - rate) / whole + spread / (4 * whole)) / (1 + spread)
    return max(0.0, middle - half), min(1.0, middle + half)


def newcombe(now: tuple[int, int], before: tuple[int, int]) -> tuple[float, float]:
    """The range around the difference of two rates, (part, whole) each, that Newcombe makes of their ranges of Wilson.

    Two ranges may overlap although the rates differ by more than chance, so they are not compared themselves.
    """
    (low, high), (low_before, high_before) = wilson(*now), wilson(*before)
    rate, rate_before = now[0] / now[1], before[0] / before[1]
    down, up = hypot(rate - low, high_before - rate_before), hypot(high - rate, rate_before - low_before)
    return rate - rate_before - down, rate - rate_before + up


def _percent(rate: float) -> int:
    return int(100 * rate + 0.5)
