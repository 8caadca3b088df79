"""How common problems are beside each other: as curators state it, and as outcomes have shown, within bounds."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence

from troubleshooter.diagnosis.model import Guide, Word

PRIOR_OF_WORD: Mapping[Word | None, float] = {
    Word.ALWAYS: 8.0,
    Word.USUALLY: 4.0,
    Word.SOMETIMES: 2.0,
    None: 2.0,
    Word.RARELY: 1.0,
    Word.NEVER: 0.5,
}
"""How common a guide's problem is beside the others; a guide that does not say counts as "sometimes"."""

LARGEST_FACTOR = 4.0
"""A problem is never taken to be commoner than this many times its stated share, nor rarer than this part of it."""


def how_common(guides: Sequence[Guide]) -> list[float]:
    """The share of cases that each guide's problem has; they add up to 1.

    What was learned moves shares only among the guides it counts for. All others keep the share that is stated: who
    takes back what was learned about one guide takes back all of it, although the rest became rarer for its sake; and
    room that this makes lifts nobody out of bounds.
    """
    stated = _shares([PRIOR_OF_WORD[guide.common] for guide in guides])
    moved = [place for place, guide in enumerate(guides) if guide.learned != 1]
    if len(moved) == len(guides):
        return _shares([share * guide.learned for share, guide in zip(stated, guides, strict=True)])
    factors = within_bounds([stated[place] for place in moved], [guides[place].learned for place in moved])
    for place, factor in zip(moved, factors, strict=True):
        stated[place] *= factor
    return stated


def within_bounds(stated: Sequence[float], ratios: Sequence[float]) -> list[float]:
    """Factors in proportion to the ratios and within bounds, with which the stated shares add up to what they did.

    What the bounds take from one problem all others get in proportion, as far as their own bounds allow. Together they
    grow evenly with the scale of the ratios, but for a bend wherever one of them reaches a bound.
    """

    def scaled(scale: float) -> list[float]:
        return [min(max(scale * ratio, 1 / LARGEST_FACTOR), LARGEST_FACTOR) for ratio in ratios]

    def together(factors: Iterable[float]) -> float:
        return math.fsum(share * factor for share, factor in zip(stated, factors, strict=True))

    whole = math.fsum(stated)
    scale = whole / together(ratios) if ratios else 1.0
    factors = [scale * ratio for ratio in ratios]
    if factors == scaled(scale):
        return factors
    bends = sorted(bound / ratio for ratio in ratios for bound in (1 / LARGEST_FACTOR, LARGEST_FACTOR))
    above = bisect_left(bends, whole, key=lambda scale: together(scaled(scale)))
    low, high = bends[above - 1 : above + 1]
    less, more = together(scaled(low)), together(scaled(high))
    return scaled(low + (high - low) * (whole - less) / (more - less))


def _shares(weights: Sequence[float]) -> list[float]:
    total = math.fsum(weights) or 1.0
    return [weight / total for weight in weights]
