"""Every evidence set that answers to a few questions can give, with the exact best thing to do in each."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from troubleshooter.diagnosis.model import Evidence, Fact, Kind, Model, Question
from troubleshooter.diagnosis.tables import Asking, Cure, compiled
from troubleshooter.diagnosis.worth import SUPPORT_MINUTES

MOST_SETS = 500_000
AT_ONCE = 8_192
"""Sets whose order of repair is worked out together, to bound the memory."""

FIX = -1
"""What is best where no question is: to stop asking."""


@dataclass(frozen=True, eq=False)
class Best:
    """The optimum at one cost of questions; one entry per evidence set."""

    costs: tuple[float, ...]
    """What each question costs, in minutes."""
    minutes: np.ndarray
    """Expected minutes of asking and repair, times the probability of the set."""
    question: np.ndarray
    """The number of the question to ask, or FIX."""


class EvidenceSets:
    """The sets that can come up when questions are asked as they may be: conditions met, one question per group.

    A set has a row. Everything here is weighed by the probability of the set, so that a sum over the answers of a
    question is an expectation.
    """

    def __init__(self, model: Model) -> None:
        self.model = model
        self.tables = compiled(model)
        self.askings: tuple[Asking, ...] = tuple(self.tables.asking.values())
        self._number = {asking.question.slug: number for number, asking in enumerate(self.askings)}
        radixes = [len(asking.question.choices) + 1 for asking in self.askings]
        self._strides = [math.prod(radixes[:number]) for number in range(len(radixes))]
        everything = np.arange(math.prod(radixes), dtype=np.int64)
        sizes = zip(self._strides, radixes, strict=True)
        digits = [(everything // stride % radix).astype(np.int8) for stride, radix in sizes]
        possible = self._possible(digits, len(everything))
        self._codes = everything[possible]
        if len(self._codes) > MOST_SETS:
            raise ValueError(f"The slice has {len(self._codes):,} evidence sets; {MOST_SETS:,} is the most.")
        self.digits = np.stack([digit[possible] for digit in digits])
        """By question and set: 0 where it was not asked, else the place of the choice, from 1."""
        self._row = np.full(len(everything), -1, dtype=np.int32)
        self._row[self._codes] = np.arange(len(self._codes), dtype=np.int32)

    def __len__(self) -> int:
        return len(self._codes)

    @cached_property
    def masses(self) -> np.ndarray:
        """Probability of each set together with each hypothesis; something else in the last column."""
        found = np.tile(np.array([*self.tables.priors, self.tables.other_prior]), (len(self), 1))
        for number, asking in enumerate(self.askings):
            rows = [asking.distribution(index) for index in range(len(self.tables.priors))] + [asking.normal]
            likelihood = np.vstack([np.ones(len(rows)), np.array(rows).T])
            found *= likelihood[self.digits[number]]
        return found

    @cached_property
    def probability(self) -> np.ndarray:
        return self.masses.sum(axis=1)

    @cached_property
    def repair(self) -> np.ndarray:
        """Expected minutes of repair without another question: the order of repair that the engine plans."""
        return np.concatenate([self._repair(slice(start, start + AT_ONCE)) for start in range(0, len(self), AT_ONCE)])

    def best(self, patience: float) -> Best:
        """Dynamic programming from the sets with most answers to the empty one.

        `patience` is what a minute of answering costs; the model's own makes no difference here.
        """
        costs = tuple(asking.cost / self.model.patience * patience for asking in self.askings)
        minutes, question = self.repair.copy(), np.full(len(self), FIX, dtype=np.int8)
        answered = (self.digits > 0).sum(axis=0)
        for many in range(int(answered.max()) - 1, -1, -1):
            layer = np.flatnonzero(answered == many)
            for number in range(len(self.askings)):
                rows = layer[self.askable(number, layer)]
                asked = costs[number] * self.probability[rows] + minutes[self.after(number, rows)].sum(axis=0)
                better = asked < minutes[rows] - 1e-12
                minutes[rows[better]] = asked[better]
                question[rows[better]] = number
        return Best(costs, minutes, question)

    def askable(self, number: int, rows: np.ndarray) -> np.ndarray:
        """Whether a question may be asked in these sets."""
        return self.after(number, rows)[0] >= 0 if len(rows) else np.zeros(0, dtype=bool)

    def after(self, number: int, rows: np.ndarray) -> np.ndarray:
        """By choice and set: the row of the set to which an answer leads; below 0 where it may not be asked."""
        unasked = self.digits[number, rows] == 0
        places = range(1, len(self.askings[number].question.choices) + 1)
        found = [self._row[np.where(unasked, self._codes[rows] + self._strides[number] * place, 0)] for place in places]
        return np.where(unasked, np.stack(found), -1)

    def children(self, number: int, row: int) -> list[int]:
        """The rows to which the answers to one question lead."""
        return [int(child) for child in self.after(number, np.array([row]))[:, 0]]

    def number_of(self, question: Question) -> int:
        return self._number[question.slug]

    def evidence(self, row: int) -> Evidence:
        return frozenset(Fact(Kind.ANSWER, slug, choice) for slug, choice in self.answers(row))

    def answers(self, row: int) -> Iterator[tuple[str, str]]:
        """Question and choice, in curator order."""
        for asking, place in zip(self.askings, self.digits[:, row], strict=True):
            if place:
                yield asking.question.slug, asking.question.choices[place - 1].slug

    def _possible(self, digits: list[np.ndarray], many: int) -> np.ndarray:
        possible = np.ones(many, dtype=bool)
        groups: dict[str, np.ndarray] = {}
        for digit, asking in zip(digits, self.askings, strict=True):
            condition, group, asked = asking.question.only_if, asking.question.group, digit > 0
            if condition:
                possible &= ~asked | (digits[self._number[condition.question]] == self._place(*condition))
            if group:
                possible &= ~(asked & groups.get(group, False))
                groups[group] = asked | groups.get(group, False)
        return possible

    def _place(self, question: str, choice: str) -> int:
        """The digit of a choice."""
        choices = self.tables.asking[question].question.choices
        return 1 + next(place for place, known in enumerate(choices) if known.slug == choice)

    def _repair(self, rows: slice) -> np.ndarray:
        """Minutes of trying mitigations in order of success per minute, support last, or wherever it is cheaper."""
        masses = self.masses[rows]
        names = list(dict.fromkeys(cure.mitigation for row in self.tables.cures for cure in row))
        spent = np.array([max(self.model.mitigation[name].minutes, 1.0) for name in names])
        hope = np.zeros((len(masses), len(names), masses.shape[1]))
        for cure in (cure for row in self.tables.cures for cure in row):
            hope[:, names.index(cure.mitigation), cure.hypothesis] = self._hope(cure, rows)
        success = np.round(np.einsum("sfh,sh->sf", hope, masses) / masses.sum(axis=1)[:, None] / spent, 9)
        every, left, trying = np.arange(len(masses)), masses.copy(), np.ones(len(masses), dtype=bool)
        stages = []
        for fix in np.argsort(-success, axis=1, kind="stable").T:
            unsolved = left.sum(axis=1)
            trying = trying & (success[every, fix] * masses.sum(axis=1) * SUPPORT_MINUTES >= unsolved)
            stages.append((trying, unsolved, spent[fix]))
            left = np.where(trying[:, None], left * (1 - hope[every, fix]), left)
        minutes = SUPPORT_MINUTES * left.sum(axis=1)
        for tried, reached, takes in reversed(stages):
            minutes = np.where(tried, np.minimum(SUPPORT_MINUTES * reached, takes * reached + minutes), minutes)
        return minutes

    def _hope(self, cure: Cure, rows: slice) -> np.ndarray | float:
        """How often a cure works, by set: `Cure.success` for what was answered in it."""
        number = self._number.get(cure.when.question) if cure.when else None
        if cure.when is None or number is None:
            return cure.success({})
        choices = ["", *(choice.slug for choice in self.askings[number].question.choices)]
        works = np.array([cure.success({cure.when.question: choice}) for choice in choices])
        return works[self.digits[number, rows]]
