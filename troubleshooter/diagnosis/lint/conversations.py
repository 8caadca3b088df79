"""What shows only when people are followed through their conversations: who never arrives, what is never asked."""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterator
from typing import NamedTuple

from troubleshooter.diagnosis.agenda import Agenda
from troubleshooter.diagnosis.belief import weigh
from troubleshooter.diagnosis.decide import diagnose, likely_in
from troubleshooter.diagnosis.lint.problem import Defect, Problem
from troubleshooter.diagnosis.lint.questions import dominated, needed_elsewhere
from troubleshooter.diagnosis.model import Ask, Evidence, Fact, Kind, Model, Question
from troubleshooter.diagnosis.overlap import needs_telling_apart
from troubleshooter.diagnosis.tables import LAPSE, Tables, compiled
from troubleshooter.diagnosis.worth import best_questions, gain

FIRST = 3
"""Among so many guides people find their own."""

FOLLOWED = 40
"""Turns for the people of one guide; what most of them answer is followed first."""

MOST_TURNS = 1_500
"""Turns worked out for all guides together. Those for which nothing is left are not judged."""


class _Turn(NamedTuple):
    question: str
    """The slug of what is asked, "" at the end of a conversation."""
    first: tuple[int, ...]
    """The hypotheses shown first."""


def of_conversations(model: Model, told: Collection[Problem], only: Collection[str] | None = None) -> Iterator[Problem]:
    """Guides that their own people do not find, and questions never asked; `only` these references and slugs.

    What was told already is not judged again, and nothing at all where no first question parts the guides.
    """
    if any(problem.kind is Defect.NEEDS_FACET for problem in told):
        return
    known = {problem.key for problem in told}
    conversations = _Conversations(compiled(model))
    for index, guide in enumerate(model.hypotheses):
        is_wanted = guide.reference not in known and (only is None or guide.reference in only)
        if is_wanted and conversations.lose(index):
            sentence = (
                f"Half of the people who answer as “{guide.title}” says, or more, do not find it among the first "
                f"{FIRST} guides. Say what only they answer, or how common the problem is."
            )
            yield Problem(Defect.UNREACHABLE, guide.reference, sentence, field="expects")
    if only is None:
        unasked, never = conversations.unasked() - known, conversations.never_asked() - known
        yield from dominated(model, unasked - never)
        yield from (_never_asked(model.question[slug]) for slug in model.question if slug in never)


def _never_asked(question: Question) -> Problem:
    why = "another question of its group always tells more" if question.group else "it never tells anything"
    sentence = (
        f"“{question.text}” is never asked: where it could be, {why}. "
        "Say more about it, change its group or its condition, or remove it."
    )
    return Problem(Defect.NEVER_ASKED, question.slug, sentence)


class _Conversations:
    """How it goes for people who answer truthfully, as their guide says. Every turn is worked out once."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._turns: dict[Evidence, _Turn] = {}
        self._offered: set[str] = set()
        self._without_end = False

    def lose(self, hypothesis: int) -> bool:
        """Whether at least half of the people with this problem, as far as they are followed, do not find it."""
        if not any(hypothesis in asking.spoken for asking in self._tables.asking.values()):
            return False  # it says nothing, which is told elsewhere
        if self._is_hidden(hypothesis):
            return True
        waiting: list[tuple[float, int, Evidence]] = [(-1.0, 0, frozenset())]
        number, found, lost = 0, 0.0, 0.0
        for _step in range(FOLLOWED):
            if not waiting:
                break
            share, _number, evidence = heapq.heappop(waiting)
            turn = self._turn(evidence)
            if turn is None:
                self._without_end = True
                break
            if not turn.question:
                found, lost = (found - share, lost) if self._is_among(hypothesis, turn.first) else (found, lost - share)
                continue
            for choice, part in self._answers(hypothesis, turn.question):
                number += 1
                after = evidence | {Fact(Kind.ANSWER, turn.question, choice)}
                heapq.heappush(waiting, (round(share * part, 12), number, after))
        return lost > 0 and round(lost - found, 9) >= 0

    def unasked(self) -> frozenset[str]:
        """Slugs of the questions that guides speak of and that nobody who was followed is asked."""
        if self._without_end or not self._turns:
            return frozenset()
        self._look_beside_errors()
        spoken = (slug for slug, asking in self._tables.asking.items() if asking.spoken)
        asked = {turn.question for turn in self._turns.values()} | needed_elsewhere(self._tables.model)
        return frozenset(spoken) - asked

    def never_asked(self) -> frozenset[str]:
        """Those of them that could not come next in any turn, whatever people are not sure about."""
        return self.unasked() - self._offered

    def _look_beside_errors(self) -> None:
        for key in self._tables.model.observed_by:
            if len(self._tables.hypotheses_of(Fact(*key))) > 1:
                self._turn(frozenset({Fact(*key)}))

    def _turn(self, evidence: Evidence) -> _Turn | None:
        """The turn; None where too many were worked out already."""
        if evidence not in self._turns:
            if len(self._turns) >= MOST_TURNS:
                return None
            model = self._tables.model
            diagnosis = diagnose(model, evidence)
            references = [candidate.guide.reference for candidate in diagnosis.ranking if not candidate.guide.is_fork]
            first = tuple(self._tables.index[reference] for reference in references[:FIRST])
            asked = diagnosis.turn.question.slug if isinstance(diagnosis.turn, Ask) else ""
            self._turns[evidence] = _Turn(asked, first)
            if asked:
                self._note_offered(evidence)
        return self._turns[evidence]

    def _note_offered(self, evidence: Evidence) -> None:
        """A question can come next where it tells as much as any of its group: of the others people may be unsure."""
        if len(self._offered) < len(self._tables.asking):
            case = weigh(self._tables.model, evidence)
            most: dict[str, float] = {}
            for asking in best_questions(case, Agenda(case).askable):
                bits = round(gain(asking, case.belief.shares), 9)
                if bits >= most.setdefault(asking.question.family, bits):
                    self._offered.add(asking.question.slug)

    def _answers(self, hypothesis: int, slug: str) -> Iterator[tuple[str, float]]:
        """Choices with the share of truthful people who give them."""
        asking = self._tables.asking[slug]
        slips = LAPSE / len(asking.normal)
        for choice, share in zip(asking.question.choices, asking.distribution(hypothesis), strict=True):
            yield choice.slug, max((share - slips) / (1 - LAPSE), 0.0)

    def _is_hidden(self, hypothesis: int) -> bool:
        """Whether the guide is not even likely to somebody who answers every question as it says."""
        typical = []
        for slug, asking in self._tables.asking.items():
            if hypothesis in asking.spoken:
                shares = asking.spoken[hypothesis]
                choice = asking.question.choices[shares.index(max(shares))]
                typical.append(Fact(Kind.ANSWER, slug, choice.slug))
        return hypothesis not in likely_in(weigh(self._tables.model, frozenset(typical)))

    def _is_among(self, hypothesis: int, first: Collection[int]) -> bool:
        """Whether the guide, or one that begins with the same mitigation, is among these."""
        guides = self._tables.model.hypotheses
        return any(not needs_telling_apart(guides[hypothesis], guides[index]) for index in first)
