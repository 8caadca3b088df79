"""A model compiled for counting: what curators say in words, as numbers in posting lists."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter, mul

from troubleshooter.diagnosis.frequency import how_common
from troubleshooter.diagnosis.model import Choice, Code, Condition, Fact, Guide, Kind, Model, Question, Word

SHARE_OF_WORD: Mapping[Word, float] = {
    Word.ALWAYS: 0.96,
    Word.USUALLY: 0.75,
    Word.SOMETIMES: 0.35,
    Word.RARELY: 0.08,
    Word.NEVER: 0.01,
}
"""Of all people with a problem, how many give an answer; of all tries of a mitigation, how many cure."""

LAPSE = 0.08
"""Of all answers, how many are slips; it keeps any answer from excluding a guide for good."""

SOMETHING_ELSE = 0.08
"""The share of people whom no guide fits, before anything is known."""

SHORTEST = 0.25
"""Minutes that even the quickest question takes."""

Distribution = tuple[float, ...]
"""One probability per choice of a question, in the question's order; they add up to 1."""


@dataclass(frozen=True)
class Asking:
    """One question as the engine uses it. Only the guides that say something about it take up room."""

    question: Question
    number: int
    """Its place in curator order."""
    cost: float
    """What answering costs, in minutes of repair: the stated time as often as `Model.patience` says."""
    normal: Distribution
    spoken: Mapping[int, Distribution]
    """By hypothesis that speaks; all others answer as `normal` says."""
    columns: tuple[tuple[float, ...], ...]
    """One per choice, with one number per speaker: how far its probability is above the normal one."""
    tells: tuple[float, ...]
    """By speaker: how far its answers are from the normal ones, in bits."""
    pick: Callable[[Sequence[float]], Sequence[float]]
    """Takes the speakers' numbers out of one number per hypothesis."""

    def distribution(self, hypothesis: int) -> Distribution:
        return self.spoken.get(hypothesis, self.normal)

    def ratios(self, choice: str) -> dict[int, float]:
        """How much likelier a choice is under each hypothesis that speaks than under a silent one."""
        place = [known.slug for known in self.question.choices].index(choice)
        normal = self.normal[place]
        return {index: shares[place] / normal for index, shares in self.spoken.items()}

    def expected(self, shares: Sequence[float]) -> list[float]:
        """How likely each choice is, given the shares of all hypotheses; what they lack to 1 answers normally."""
        speaking = self.pick(shares)
        return [
            max(normal + sum(map(mul, speaking, column)), 0.0)
            for normal, column in zip(self.normal, self.columns, strict=True)
        ]

    def most_told(self, shares: Sequence[float]) -> float:
        """Bits that the answer tells at most: so many as long as the speakers have but a small share."""
        bits: float = sum(map(mul, self.pick(shares), self.tells))
        return bits


@dataclass(frozen=True)
class Cure:
    """A mitigation as it may cure one hypothesis."""

    hypothesis: int
    mitigation: str
    minutes: float
    """At least one."""
    works: float
    """How often it cures where it applies."""
    when: Condition | None
    holds: Mapping[str, float]
    """How likely `when` is true of people with this problem, by the choice they named; by "" where they named none.

    Even a choice that rules it out may be a slip, all the more where people with this problem hardly ever name it.
    """

    def applies(self, choices: Mapping[str, str], failed: Iterable[Cure] = ()) -> float:
        """How likely it applies, given the choices that count and the cures of the same problem that failed.

        A cure that failed makes its own condition less likely, and the others more (Bayes).
        """
        if self.when is None:
            return 1.0
        said = choices.get(self.when.question, "")
        beside = [cure for cure in failed if cure.when and cure.when.question == self.when.question]
        if not beside:
            return self.holds[said]
        kept = {cure.when: math.prod(1 - other.works for other in beside if other.when == cure.when) for cure in beside}
        shares = {cure.when: cure.holds[said] for cure in beside}
        gone = math.fsum(share * (1 - kept[when]) for when, share in shares.items())
        return self.holds[said] * kept.get(self.when, 1.0) / (1 - gone)

    def success(self, choices: Mapping[str, str], failed: Iterable[Cure] = ()) -> float:
        """How often it cures, given the same."""
        return self.works * self.applies(choices, failed)


@dataclass(frozen=True)
class Tables:
    """A model compiled for counting: built once per model, and only as large as what curators stated."""

    model: Model
    index: Mapping[str, int]
    """Index of each hypothesis by its guide's reference."""
    priors: tuple[float, ...]
    other_prior: float
    asking: Mapping[str, Asking]
    """By slug, in curator order."""
    cures: tuple[tuple[Cure, ...], ...]
    """By hypothesis, in curator order."""
    cured_by: Mapping[str, tuple[Cure, ...]]
    """By mitigation."""
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
        references = [reference for guide in self.pointed(fact) for reference in guide.targets or (guide.reference,)]
        return tuple(sorted({self.index[reference] for reference in references if reference in self.index}))


@lru_cache(maxsize=8)
def compiled(model: Model) -> Tables:
    """The tables of a model, built on first use."""
    hypotheses = model.hypotheses
    stated: dict[str, dict[int, Mapping[str, Word]]] = {question.slug: {} for question in model.questions}
    for index, guide in enumerate(hypotheses):
        for slug, words in guide.expects.items():
            if words and slug in stated:
                stated[slug][index] = words
    asking = {q.slug: _asking(number, q, stated[q.slug], model.patience) for number, q in enumerate(model.questions)}
    cures = [_cures(index, guide, model, asking) for index, guide in enumerate(hypotheses)]
    cured_by: dict[str, list[Cure]] = {mitigation.reference: [] for mitigation in model.mitigations}
    for cure in (cure for row in cures for cure in row):
        cured_by[cure.mitigation].append(cure)
    return Tables(
        model=model,
        index={guide.reference: number for number, guide in enumerate(hypotheses)},
        priors=tuple((1 - SOMETHING_ELSE) * share for share in how_common(hypotheses)),
        other_prior=SOMETHING_ELSE,
        asking=asking,
        cures=tuple(cures),
        cured_by={reference: tuple(found) for reference, found in cured_by.items()},
        observation_order={key: number for number, key in enumerate(model.observed_by)},
        alias={alias.strip().lower(): code for code in reversed(list(model.code.values())) for alias in code.aliases},
    )


def divergence(shares: Sequence[float], normal: Sequence[float]) -> float:
    """How far a distribution is from another one, in bits: what it tells on average that it is not that one."""
    return math.fsum(part * math.log2(part / usual) for part, usual in zip(shares, normal, strict=True) if part > 0)


def answers_of(question: Question, words: Mapping[str, Word]) -> Distribution:
    """What people answer whose guide says these words about the question, by choice; no words: the normal answers."""
    plain = _normally(question)
    return _with_lapse(_shares(question.choices, words, plain) if words else plain)


def _cures(index: int, guide: Guide, model: Model, asking: Mapping[str, Asking]) -> tuple[Cure, ...]:
    cures = []
    for remedy in guide.remedies:
        if mitigation := model.mitigation.get(remedy.mitigation):
            works = SHARE_OF_WORD[remedy.works]
            minutes = max(mitigation.minutes, 1.0)
            when = remedy.when if _is_live(remedy.when, asking) else None
            holds = _holding(when, asking[when.question].distribution(index), asking) if when else {}
            cures.append(Cure(index, remedy.mitigation, minutes, works, when, holds))
    return tuple(cures)


def _is_live(condition: Condition | None, asking: Mapping[str, Asking]) -> bool:
    """Whether people can say that a condition holds."""
    asked = asking.get(condition.question) if condition else None
    return bool(asked and condition and condition.choice in (choice.slug for choice in asked.question.choices))


def _holding(condition: Condition, shares: Distribution, asking: Mapping[str, Asking]) -> dict[str, float]:
    """`Cure.holds` where these shares of the people with a problem name each choice."""
    slugs = [choice.slug for choice in asking[condition.question].question.choices]
    slip = LAPSE / len(slugs)
    true = max(shares[slugs.index(condition.choice)] - slip, 0.0) / (1 - LAPSE)
    named = {slug: slip + (1 - LAPSE) * (slug == condition.choice) for slug in slugs}
    return {"": true} | {slug: true * named[slug] / share for slug, share in zip(slugs, shares, strict=True)}


def _asking(number: int, question: Question, stated: Mapping[int, Mapping[str, Word]], patience: float) -> Asking:
    plain = _normally(question)
    normal = _with_lapse(plain)
    said: dict[tuple[Word | None, ...], Distribution] = {}
    spoken = {}
    for index, words in stated.items():
        key = tuple(words.get(choice.slug) for choice in question.choices)
        if key not in said:
            said[key] = _with_lapse(_shares(question.choices, words, plain))
        spoken[index] = said[key]
    tells = {shares: divergence(shares, normal) for shares in said.values()}
    return Asking(
        question=question,
        number=number,
        cost=patience * max(question.minutes, SHORTEST),
        normal=normal,
        spoken=spoken,
        columns=tuple(tuple(shares[place] - usual for shares in spoken.values()) for place, usual in enumerate(normal)),
        tells=tuple(tells[shares] for shares in spoken.values()),
        pick=_picker(tuple(spoken)),
    )


def _picker(places: Sequence[int]) -> Callable[[Sequence[float]], Sequence[float]]:
    """`itemgetter`, many times quicker than a loop; it needs a slice to give fewer than two numbers as a sequence."""
    return itemgetter(*places) if len(places) > 1 else itemgetter(slice(sum(places), sum(places) + len(places)))


def _normally(question: Question) -> list[float]:
    words = {choice.slug: choice.normal for choice in question.choices if choice.normal}
    return _shares(question.choices, words, [1.0] * len(question.choices))


def _shares(choices: Sequence[Choice], words: Mapping[str, Word], rest: Sequence[float]) -> list[float]:
    """One share per choice from the words; choices without a word part what is left in proportion to `rest`."""
    named = [SHARE_OF_WORD[words[choice.slug]] if choice.slug in words else None for choice in choices]
    left = max(1 - math.fsum(share for share in named if share is not None), 0.01)
    silent = math.fsum(part for share, part in zip(named, rest, strict=True) if share is None) or 1.0
    shares = [left * part / silent if share is None else share for share, part in zip(named, rest, strict=True)]
    total = math.fsum(shares)
    return [share / total for share in shares]


def _with_lapse(shares: Sequence[float]) -> Distribution:
    return tuple((1 - LAPSE) * share + LAPSE / len(shares) for share in shares)
