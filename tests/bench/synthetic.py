"""Made-up content of any size: guides with codes, messages, phrases, fixes and about fifteen statements each.

The same size always gives the same content, on every machine.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from random import Random
from typing import Any

from tests.evaluation.simulation import chance

STATEMENTS = 15
"""Questions that a guide says something about."""
SECOND_WORD = 0.3
"""Of all statements, how many name two choices."""
ZIPF = 0.8
"""How fast the popularity of hub questions falls: the n-th is named as often as 1/n to this power says."""
EVERY_FORK, EVERY_STATUS = 50, 10
"""Of so many guides one is a fork, and one has an HTTP status."""
STATUSES = 30

WORDS = ("always", "usually", "sometimes", "rarely", "never")
SYLLABLES = tuple(first + vowel for first in "bdfgklmnprstvz" for vowel in "aeiou")

Data = dict[str, Any]
"""A document as plain data, as it is stored."""


@dataclass(frozen=True)
class Size:
    guides: int
    questions: int
    hub: bool = False
    """Whether a few questions are named by very many guides, or all of them about equally often."""

    @property
    def name(self) -> str:
        return f"{self.guides:,} x {self.questions:,} {'hub' if self.hub else 'even'}"


def documents(size: Size) -> Iterator[tuple[str, Data]]:
    """Content of this size, each document with its kind."""
    popularity = list(accumulate(1 / (place + 1) ** (ZIPF if size.hub else 0) for place in range(size.questions)))
    for place in range(size.questions):
        yield "question", _question(place, _Dice(0, place))
    for place in range(size.guides):
        yield "mitigation", _mitigation(place, _Dice(1, place))
        yield "guide", _guide(place, _Dice(2, place), size.guides, popularity)


class _Dice:
    """Throws that depend on nothing but the place they are made for."""

    def __init__(self, *places: int) -> None:
        self.share = Random(int(chance(*places) * 2**53)).random

    def below(self, number: int) -> int:
        return int(self.share() * number)

    def words(self, number: int) -> list[str]:
        """Words that nobody speaks."""
        return ["".join(SYLLABLES[self.below(len(SYLLABLES))] for _ in range(3)) for _ in range(number)]


def _question(place: int, dice: _Dice) -> Data:
    choices: list[Data] = [
        {"slug": f"c{number}", "text": f"Choice {number}", "summary": f"You chose {number} at question {place}."}
        for number in range(_choices(place))
    ]
    choices[0]["normal"] = WORDS[dice.below(4)]
    question: Data = {"slug": f"q{place}", "order": place, "text": f"Is it {' '.join(dice.words(3))}?"}
    if dice.share() < 0.1:
        question["group"] = f"group-{place // 20}"
    if place > 10 and dice.share() < 0.05:
        question["only_if"] = {"question": f"q{dice.below(10)}", "choice": "c0"}
    return question | {"minutes": 0.5 + dice.below(4) / 2, "choices": choices}


def _choices(question: int) -> int:
    return 2 + question % 4


def _mitigation(place: int, dice: _Dice) -> Data:
    steps = [{"number": 1, "text": f"Open the {' '.join(dice.words(8))}.", "where": "source", "who": "maker"}]
    first = dice.below(20)
    return {"reference": f"FIX-{place + 1}", "title": f"Mend {' '.join(dice.words(2))}", "minutes": [first, first + 9],
            "steps": steps}  # fmt: skip


def _guide(place: int, dice: _Dice, guides: int, popularity: Sequence[float]) -> Data:
    first, second, *about = dice.words(14)
    codes = [{"token": f"{first.title()}{second.title()}{place}"}, {"token": f"0x{0x80040000 + place:08x}"}]
    if place % EVERY_STATUS == 0:
        codes.append({"token": str(400 + dice.below(STATUSES)), "group": "http"})
    guide: Data = {
        "reference": f"FLOW-{place + 1}",
        "slug": f"guide-{place + 1}",
        "title": f"Mend the {first} of the {second}",
        "meaning": f"The {first} cannot {about[0]} the {about[1]}.",
        "codes": codes,
        "messages": [{"key": f"m{place}", "text": f"The {' '.join(about[:6])} '<name>' {' '.join(about[6:10])}."}],
        "phrases": [f"my {first} does not {about[10]} the {about[11]}", f"{about[10]} is {about[2]} after {second}"],
    }
    if place % EVERY_FORK == EVERY_FORK - 1:
        return guide | {"kind": "fork", "targets": [f"FLOW-{place - behind}" for behind in range(3)]}
    if common := dice.below(len(WORDS) + 1):
        guide["common"] = WORDS[common - 1]
    return guide | {
        "mitigations": _remedies(dice, guides, len(popularity)),
        "verification": "It runs.",
        "expects": _statements(dice, popularity),
    }


def _statements(dice: _Dice, popularity: Sequence[float]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    while len(found) < min(STATEMENTS, len(popularity) // 2):
        place = bisect_right(popularity, dice.share() * popularity[-1], hi=len(popularity) - 1)
        words = found.setdefault(f"q{place}", {})
        for _ in range(2 if dice.share() < SECOND_WORD else 1):
            words[f"c{dice.below(_choices(place))}"] = WORDS[dice.below(len(WORDS))]
    return found


def _remedies(dice: _Dice, guides: int, questions: int) -> list[Data]:
    """One to three; each fix serves about two guides."""
    found: dict[str, Data] = {}
    for _ in range(1 + dice.below(3)):
        fix = f"FIX-{dice.below(guides) + 1}"
        found[fix] = {"fix": fix, "works": WORDS[dice.below(3)]}
        if dice.share() < 0.1:
            found[fix]["when"] = {"question": f"q{dice.below(questions)}", "choice": "c0"}
    return list(found.values())
