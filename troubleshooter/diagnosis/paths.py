"""How the conversation most likely goes when nothing is known at first: a tree of turns and answers."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field

from troubleshooter.diagnosis.belief import Case, weigh
from troubleshooter.diagnosis.decide import diagnose
from troubleshooter.diagnosis.model import Ask, Choice, Evidence, Fact, Kind, Model, Question, Turn

LEAST = 0.02
"""The share of people from which it is shown what follows an answer."""

DEEPEST = 8
"""Questions on one path."""

MOST_PATHS = 200
"""Turns of one tree."""


@dataclass(frozen=True)
class Branch:
    """One answer to the question that is asked, and what follows."""

    choice: Choice
    path: Path


@dataclass(frozen=True)
class Path:
    """What happens once this is known: a turn, and for a question what follows each answer.

    Every answer of a question that is followed has its branch, in the question's order, however few give it;
    "not sure" has none, since nobody states how often people are. So the shares of the branches add up to `share`.
    """

    evidence: Evidence
    turn: Turn
    share: float
    """Of all people, how many come here, if what the guides state is true: 0 to 1."""
    branches: tuple[Branch, ...] = ()

    @property
    def cut(self) -> bool:
        """True where a question is asked and the tree does not show what follows."""
        return isinstance(self.turn, Ask) and not self.branches

    def walk(self) -> Iterator[Path]:
        """This path and all that follow it, in reading order."""
        yield self
        for branch in self.branches:
            yield from branch.path.walk()


@dataclass
class _Open:
    """A path whose branches are still being found."""

    evidence: Evidence
    turn: Turn
    share: float
    depth: int
    branches: list[tuple[Choice, _Open]] = field(default_factory=list)

    def closed(self) -> Path:
        branches = tuple(Branch(choice, path.closed()) for choice, path in self.branches)
        return Path(self.evidence, self.turn, self.share, branches)


def likely_paths(model: Model, least: float = LEAST, deepest: int = DEEPEST, most: int = MOST_PATHS) -> Path:
    """The tree from nothing. The likeliest path is followed first, so that what is cut is what fewest people meet.

    `least` is the share of people from which a path is followed, `deepest` the questions on one path, `most` the
    turns of the tree.
    """
    root = _Open(frozenset(), diagnose(model, frozenset()).turn, 1.0, 0)
    waiting: list[tuple[float, int, _Open]] = [(-1.0, 0, root)]
    count = 1
    while waiting:
        _share, _number, path = heapq.heappop(waiting)
        if not isinstance(path.turn, Ask):
            continue
        question = path.turn.question
        if count + len(question.choices) > most:
            break
        for choice, chance in zip(question.choices, chances(weigh(model, path.evidence), question), strict=True):
            evidence = path.evidence | {Fact(Kind.ANSWER, question.slug, choice.slug)}
            after = _Open(evidence, diagnose(model, evidence).turn, path.share * chance, path.depth + 1)
            path.branches.append((choice, after))
            if after.share >= least and after.depth < deepest:
                heapq.heappush(waiting, (-round(after.share, 9), count, after))
            count += 1
    return root.closed()


def chances(case: Case, question: Question) -> tuple[float, ...]:
    """How likely each answer to a question is, from somebody who knows an answer; by choice, adding up to 1."""
    return tuple(case.tables.asking[question.slug].expected(case.belief.shares))
