"""Stated times and people are read as plain words."""

from __future__ import annotations

import pytest

from guides.document import Step
from guides.words import duration, people


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        ((2, 2), "About 2 minutes"),
        ((0, 1), "About 1 minute"),
        ((0, 0), "About 0 minutes"),
        ((10, 20), "10 to 20 minutes"),
        ((60, 60), "About 1 hour"),
        ((60, 120), "1 to 2 hours"),
        ((30, 120), "30 minutes to 2 hours"),
        ((30, 60), "30 minutes to 1 hour"),
        ((90, 100), "90 to 100 minutes"),
    ],
)
def test_a_range_of_minutes_is_said_in_words(minutes: tuple[int, int], words: str) -> None:
    assert duration(*minutes) == words


@pytest.mark.parametrize(
    ("who", "words"),
    [
        (["maker"], "The maker"),
        (["maker", "maker", "flow-owner"], "The maker and the flow owner"),
        (["maker", "flow-owner", "environment-admin"], "The maker, the flow owner and an environment admin"),
        (["anyone", "maker"], "The maker"),
        (["anyone"], "Anyone"),
    ],
)
def test_everybody_who_takes_part_is_named_once(who: list[str], words: str) -> None:
    steps = [Step.model_validate({"number": n, "text": "x", "where": "either", "who": w}) for n, w in enumerate(who, 1)]
    assert people(steps) == words
