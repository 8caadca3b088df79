"""A model compiled for counting: what curators say in words, as numbers in posting lists."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from troubleshooter.diagnosis.model import Choice, Code, Fact, Guide, Kind, Model, Question, Word

SHARE_OF_WORD: Mapping[Word, float] = {
    Word.ALWAYS: 0.96,
    Word.USUALLY: 0.75,
    Word.SOMETIMES: 0.35,
    Word.RARELY: 0.08,
    Word.NEVER: 0.01,
}
"""Of all people with a problem, how many give an answer; of all tries of a mitigation, how many cure."""

PRIOR_OF_WORD: Mapping[Word | None, float] = {
    Word.ALWAYS: 8.0,
    Word.USUALLY: 4.0,
    Word.SOMETIMES: 2.0,
    None: 2.0,
    Word.RARELY: 1.0,
    Word.NEVER: 0.5,
}
"""How common a guide's problem is beside the others; a guide that does not say counts as "sometimes"."""

LAPSE = 0.08
"""Of all answers, how many are slips; it keeps any answer from excluding a guide for good."""

SOMETHING_ELSE = 0.08
"""The share of people whom no guide fits, before anything is known."""

Distribution = tuple[float, ...]
"""One probability per choice of a question, in the question's order; they add up to 1."""


@dataclass(frozen=True)
class Asking:
    """One question as the engine uses it. `spoken` holds only the guides that say something about it."""

    question: Question
    number: int
    cost: float
    """Minutes of a person's patience: twice the stated time, and at least one."""
    normal: Distribution
    normal_entropy: float
    spoken: Mapping[int, Distribution]
    entropies: Mapping[int, float]
    """Of the distributions in `spoken`, in bits."""
    ratios: Mapping[str, Mapping[int, float]]
    """By choice: how much likelier that choice is under a guide that speaks than under a silent one."""

    def distribution(self, hypothesis: int) -> Distribution:
        return self.spoken.get(hypothesis, self.normal)


@dataclass(frozen=True)
class Tables:
    """A model compiled for counting: built once per model, and only as large as what curators stated."""

    model: Model
    index: Mapping[str, int]
    """Index of each hypothesis by its guide's reference."""
    priors: tuple[float, ...]
    other_prior: float
    asking: Mapping[str, Asking]
    statements: tuple[tuple[tuple[int, Distribution, float], ...], ...]
    """By hypothesis: (question number, distribution, its entropy) for every question it speaks about."""
    observation_order: Mapping[tuple[Kind, str], int]
    alias: Mapping[str, Code]
    """Codes by their other spellings, in lower case."""

    def pointed(self, fact: Fact) -> tuple[Guide, ...]:
        """The guides and forks an observation or an "about" points to, in curator order."""
        if fact.kind is Kind.ABOUT:
            guide = self.model.guide.get(fact.value)
            return (guide,) if guide else ()
        return self.model.observed_by.get((fact.kind, fact.value.lower()), ())

    def hypotheses_of(self, fact: Fact) -> tuple[int, ...]:
        """Indices of the hypotheses a fact points to; a fork stands for its targets."""
        found: dict[int, None] = {}
        for guide in self.pointed(fact):
            for reference in guide.targets or (guide.reference,):
                if reference in self.index:
                    found[self.index[reference]] = None
        return tuple(sorted(found))


@lru_cache(maxsize=8)
def compiled(model: Model) -> Tables:
    """The tables of a model, built on first use."""
    hypotheses = model.hypotheses
    weights = [PRIOR_OF_WORD[guide.common] for guide in hypotheses]
    total = math.fsum(weights) or 1.0
    asking = {question.slug: _asking(number, question, hypotheses) for number, question in enumerate(model.questions)}
    statements: list[list[tuple[int, Distribution, float]]] = [[] for _ in hypotheses]
    for ask in asking.values():
        for index, spoken in ask.spoken.items():
            statements[index].append((ask.number, spoken, ask.entropies[index]))
    return Tables(
        model=model,
        index={guide.reference: number for number, guide in enumerate(hypotheses)},
        priors=tuple((1 - SOMETHING_ELSE) * weight / total for weight in weights),
        other_prior=SOMETHING_ELSE,
        asking=asking,
        statements=tuple(tuple(stated) for stated in statements),
        observation_order={key: number for number, key in enumerate(model.observed_by)},
        alias={alias.strip().lower(): code for code in reversed(tuple(model.code.values())) for alias in code.aliases},
    )


def entropy(distribution: Sequence[float]) -> float:
    """In bits."""
    return -math.fsum(part * math.log2(part) for part in distribution if part > 0)


def _asking(number: int, question: Question, hypotheses: Sequence[Guide]) -> Asking:
    normal_words = {choice.slug: choice.normal for choice in question.choices if choice.normal}
    plain = _shares(question.choices, normal_words, [1.0] * len(question.choices))
    normal = _with_lapse(plain)
    spoken: dict[int, Distribution] = {}
    for index, guide in enumerate(hypotheses):
        if words := guide.expects.get(question.slug):
            spoken[index] = _with_lapse(_shares(question.choices, words, plain))
    ratios = {
        choice.slug: {index: shares[place] / normal[place] for index, shares in spoken.items()}
        for place, choice in enumerate(question.choices)
    }
    return Asking(
        question=question,
        number=number,
        cost=max(1.0, 2 * question.minutes),
        normal=normal,
        normal_entropy=entropy(normal),
        spoken=spoken,
        entropies={index: entropy(shares) for index, shares in spoken.items()},
        ratios=ratios,
    )


def _shares(choices: Sequence[Choice], words: Mapping[str, Word], rest: Sequence[float]) -> list[float]:
    """One share per choice from the words; choices without a word part what is left in proportion to `rest`."""
    stated = math.fsum(SHARE_OF_WORD[words[choice.slug]] for choice in choices if choice.slug in words)
    silent = math.fsum(part for choice, part in zip(choices, rest, strict=True) if choice.slug not in words) or 1.0
    left = max(1 - stated, 0.01)
    shares = [
        SHARE_OF_WORD[words[choice.slug]] if choice.slug in words else left * part / silent
        for choice, part in zip(choices, rest, strict=True)
    ]
    total = math.fsum(shares)
    return [share / total for share in shares]


def _with_lapse(shares: Sequence[float]) -> Distribution:
    return tuple((1 - LAPSE) * share + LAPSE / len(shares) for share in shares)
