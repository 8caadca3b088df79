"""Seventeen answer sheets of people with a known problem: whether the questions alone lead each to its end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import yaml

from tests.evaluation.bench import DATA, Bench
from tests.evaluation.figures import Figure, Section
from tests.evaluation.policies import engine
from troubleshooter.diagnosis.model import UNSURE, Ask, Choose, Evidence, Fact, Kind, Model, Open, Turn

NONE = "none"
"""The end of people whom no guide fits: we say so."""


@dataclass(frozen=True)
class Sheet:
    case: str
    choices: Mapping[str, str]
    """By question; every other one is answered "not sure"."""
    ends: Sequence[str]
    """Slugs of the guides at which this person may end, the best first; NONE for an honest end."""


@dataclass(frozen=True)
class Walk:
    """What one person was asked, and where that ended."""

    sheet: Sheet
    answers: Sequence[tuple[str, str]]
    turn: Turn

    @property
    def offered(self) -> Sequence[str]:
        """Slugs, in the order in which they are offered; none where the turn hands over."""
        if isinstance(self.turn, Choose):
            return [guide.slug for guide in self.turn.guides]
        return [self.turn.guide.slug] if isinstance(self.turn, Open) else [NONE]

    def __str__(self) -> str:
        path = ", ".join(f"{question}={choice}" for question, choice in self.answers)
        return f"{self.sheet.case}: {path} -> {' / '.join(self.offered)}, expected {' / '.join(self.sheet.ends)}"


def measure(bench: Bench) -> Section:
    data = yaml.safe_load((DATA / "sheets.yaml").read_text(encoding="utf-8"))
    sheets = [_sheet(row, data["choices"]) for row in data["sheets"]]
    scored = [(walk, score(bench.model, walk, data["alike"])) for walk in (walked(bench.model, row) for row in sheets)]
    missed = tuple(str(walk) for walk, points in scored if points < 1)
    reached = Figure(
        "expected ends reached",
        sum(points for _, points in scored),
        f"of {len(scored)}",
        limit=14,
        more_is_better=True,
        cases=missed,
        slack=0,
    )
    return Section("Answer sheets", (reached,), "\n".join(f"{points:<4g}{walk}" for walk, points in scored))


def walked(model: Model, sheet: Sheet) -> Walk:
    """Answer what the engine asks until it stops for the first time.

    Raises ValueError where a sheet names a choice that the content has not: it would be asked for again and again.
    """
    policy, evidence, answers = engine(model), Evidence(), list[tuple[str, str]]()
    while isinstance(turn := policy(evidence).turn, Ask):
        choice = sheet.choices.get(turn.question.slug, UNSURE)
        if choice not in (UNSURE, *(known.slug for known in turn.question.choices)):
            raise ValueError(f"{sheet.case}: {turn.question.slug} has no choice {choice}")
        answers.append((turn.question.slug, choice))
        evidence |= {Fact(Kind.ANSWER, turn.question.slug, choice)}
    return Walk(sheet, answers, turn)


def score(model: Model, walk: Walk, alike: Sequence[Sequence[str]]) -> float:
    """1 where the first guide that is offered is an expected one, 0.5 where it is as good as that, else 0.

    A fork is reached where everything to which it leads is offered, and half where one of these comes first.
    """
    first, ends = walk.offered[0], walk.sheet.ends
    forks = {guide.slug: {model.guide[target].slug for target in guide.targets} for guide in model.guides}
    if first in ends or any(forks.get(end) and forks[end] <= set(walk.offered) for end in ends):
        return 1.0
    near = any(first in group and end in group for group in alike for end in ends)
    return 0.5 if near or any(first in forks.get(end, ()) for end in ends) else 0.0


def _sheet(row: Mapping[str, object], rules: Mapping[str, Sequence[Mapping[str, object]]]) -> Sheet:
    answers = {f"Q{number}": answer for number, answer in enumerate(str(row["answers"]).split(), 1)}
    choices = {}
    for question, choices_in_order in rules.items():
        holding = [rule for rule in choices_in_order if dict(rule["when"]).items() <= answers.items()]
        if holding:
            choices[question] = str(holding[0]["choice"])
    return Sheet(str(row["case"]), choices, [str(end) for end in row["ends"]])
