"""A share of cases and its range, a change, a middle: numbers that were worked out by hand or stand in tables."""

from __future__ import annotations

import pytest

from troubleshooter.insights.figures.counting import Actions
from troubleshooter.insights.figures.share import Share, newcombe, wilson


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [(12, 20, 0.387, 0.781), (0, 20, 0, 0.161), (20, 20, 0.839, 1), (50, 100, 0.404, 0.596), (1, 30, 0.006, 0.167)],
)
def test_the_range_of_a_rate_is_that_of_wilson(part: int, whole: int, low: float, high: float) -> None:
    assert wilson(part, whole) == pytest.approx((low, high), abs=0.0006)


@pytest.mark.parametrize(
    ("now", "before", "low", "high"),
    [((56, 70), (48, 80), 0.0524, 0.3339), ((9, 10), (3, 10), 0.1705, 0.8090), ((0, 10), (0, 20), -0.1611, 0.2775)],
)
def test_the_range_of_a_difference_is_that_of_newcombe(
    now: tuple[int, int], before: tuple[int, int], low: float, high: float
) -> None:
    assert newcombe(now, before) == pytest.approx((low, high), abs=0.0001)


def test_a_rate_needs_twenty_cases() -> None:
    assert (Share(12, 19).percent, Share(12, 19).rate) == (None, "Too few cases for a rate.")
    assert Share(12, 20).rate.replace("\u00a0", " ") == "60 %, likely between 39 and 78 %."


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        (Share(12, 19), Share(90, 100), ""),
        (Share(90, 100), Share(12, 19), ""),
        (Share(60, 100), Share(30, 50), "No change."),
        (Share(90, 100), Share(10, 100), "Up 80 points."),
        (Share(10, 100), Share(11, 100), "Down 1 point. This may be chance."),
        (Share(56, 70), Share(48, 80), "Up 20 points."),
        (Share(52, 70), Share(48, 80), "Up 14 points. This may be chance."),
    ],
)
def test_a_change_is_told_where_both_times_have_enough_cases(now: Share, before: Share, said: str) -> None:
    assert now.change(before) == said


def test_the_middle_half_of_actions_is_told() -> None:
    found = Actions((1, 2, 3, 4, 5) * 4)
    assert (found.median, found.middle_half) == (3, (2, 4))
