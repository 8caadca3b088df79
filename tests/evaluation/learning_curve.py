"""What learning is worth: questions and minutes of made-up people before the site learned, after, and when misled.

In every world the guides tell the truth about answers and fixes and say nothing about how common their problems are.
In truth these are very unequal. All the site sees is which fix helped whom.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from statistics import fmean, stdev

from tests.evaluation.simulation import NO_EVIDENCE, Person, Site, Visit, World, chance
from troubleshooter.diagnosis.frequency import LARGEST_FACTOR, PRIOR_OF_WORD, how_common, within_bounds
from troubleshooter.diagnosis.learning import Learned, Vote, learned, taught
from troubleshooter.diagnosis.model import NOTHING_KNOWN, Evidence, Fact, Guide, Kind, Model, Word

SKEWS: Mapping[str, float] = {"Zipf 1": 1.0, "Zipf 2 (80/20)": 2.0}
"""The n-th commonest problem is 1 / n**s as common as the first. With 2 a fifth of the problems make four fifths of
the cases."""

WORLDS = 8
"""Of each skew; in each, chance says which problem is the commonest, the second and so on."""

PEOPLE = 400
"""Who are measured in each world; the very same at every stage, and none of those from whom the site learned."""

FEW, MANY = 100, 1_000
"""Cases after which is measured."""

FALSE = 0.2
"""Of the many cases, how many are lies: a dear fix is said to have worked that hardly anybody needs. The bounds of
learning count from the curators' words, so the harm is also measured where there are such words."""

STATED, AFTER_FEW, AFTER_MANY = "as stated", f"after {FEW} cases", f"after {MANY:,} cases"
MISLED = f"{FALSE:.0%} false reports".replace("%", " %")
BOUNDED, KNOWN = f"known, up to {LARGEST_FACTOR:.0f} times", "known exactly"
"""How common everything really is: as near to it as the bounds of learning allow, and without bounds."""

_LEARNING_FROM = 1_000_000
"""The number of the first person from whom the site learns."""


@dataclass(frozen=True)
class Figures:
    """Means over some people."""

    questions: float
    minutes: float
    """Of answering, fixes and support."""
    solved: float
    """Share of people helped by a fix."""
    first_right: float
    """Share of people whose first guide was the right one."""

    @classmethod
    def of(cls, visits: Sequence[Visit]) -> Figures:
        return cls(
            questions=fmean(visit.questions for visit in visits),
            minutes=fmean(visit.minutes for visit in visits),
            solved=fmean(visit.solved for visit in visits),
            first_right=fmean(visit.first_right for visit in visits),
        )

    @classmethod
    def mean(cls, figures: Sequence[Figures]) -> Figures:
        return cls(*(fmean(values) for values in zip(*(asdict(row).values() for row in figures), strict=True)))


@dataclass(frozen=True)
class Trial:
    """One world."""

    skew: str
    stages: Mapping[str, Figures]
    """Of people without an error text, by stage."""
    with_text: Mapping[str, Figures]
    """Of the same people with the code or message of their problem."""
    with_words: Mapping[str, Figures]
    """Of the people without a text where every guide says about rightly how common its problem is."""


@dataclass(frozen=True)
class Change:
    """How much less of something than before, as a share of it (negative: more), and the standard error over worlds."""

    saved: float
    error: float

    @classmethod
    def between(cls, pairs: Iterable[tuple[float, float]]) -> Change:
        saved = [1 - after / before if before else 0.0 for before, after in pairs]
        return cls(fmean(saved), stdev(saved) / math.sqrt(len(saved)) if len(saved) > 1 else 0.0)

    def __str__(self) -> str:
        return f"{100 * self.saved:.1f} ± {100 * self.error:.1f} %"


def trials(model: Model, worlds: int = WORLDS, people: int = PEOPLE, first: int = 1) -> Iterator[Trial]:
    """One trial after the other, for each skew as many as `worlds`; `first` is the number of the first world."""
    silent = _saying(model, {})
    number = first
    for skew, exponent in SKEWS.items():
        for _world in range(worlds):
            yield _trial(World(silent, _unequal(len(silent.hypotheses), exponent, number), number), skew, people)
            number += 1


def _trial(world: World, skew: str, people: int) -> Trial:
    few, cases = _learn(world)
    honest = [vote for votes in cases for vote in votes]
    kept = [vote for votes in cases[: round(MANY * (1 - FALSE))] for vote in votes]
    misled = [*kept, *_false_votes(world, round(MANY * FALSE))]
    silent, wordy = world.model, _saying(world.model, _words(world))
    truth = [weight / fmean(world.common) for weight in world.common]
    sites = {
        STATED: Site(silent),
        AFTER_FEW: few,
        AFTER_MANY: _taught(silent, honest),
        MISLED: _taught(silent, misled),
        BOUNDED: Site(_knowing(silent, within_bounds(how_common(silent.hypotheses), truth))),
        KNOWN: Site(_knowing(silent, truth)),
    }
    others = {AFTER_MANY: _taught(wordy, honest), MISLED: _taught(wordy, misled)}
    crowd = [world.person(number) for number in range(people)]
    return Trial(
        skew,
        stages={stage: _measured(site, crowd) for stage, site in sites.items()},
        with_text={stage: _measured(sites[stage], crowd, _text) for stage in (STATED, AFTER_MANY, KNOWN)},
        with_words={stage: _measured(site, crowd) for stage, site in others.items()},
    )


def _measured(site: Site, crowd: Sequence[Person], read: Callable[[Person], Evidence] | None = None) -> Figures:
    return Figures.of([site.visited_by(person, read(person) if read else NO_EVIDENCE) for person in crowd])


def _saying(model: Model, words: Mapping[str, Word]) -> Model:
    """The model with other words about how common problems are, by reference; nothing is learned in it."""
    guides = tuple(replace(guide, common=words.get(guide.reference), learned=1.0) for guide in model.guides)
    return replace(model, guides=guides)


def _words(world: World) -> Mapping[str, Word]:
    """By reference: the word nearest to how common a problem really is."""
    rows = zip(world.model.hypotheses, world.common, strict=True)
    usual = PRIOR_OF_WORD[None] / fmean(world.common)
    return {guide.reference: _nearest(usual * weight) for guide, weight in rows}


def _nearest(weight: float) -> Word:
    return min(Word, key=lambda word: abs(math.log(PRIOR_OF_WORD[word] / weight)))


def _learn(world: World) -> tuple[Site, list[tuple[Vote, ...]]]:
    """The site that learned from the first few cases, and the votes of all cases; the later ones met that site."""
    start = Site(world.model)
    votes = [start.visited_by(world.person(_LEARNING_FROM + number)).votes for number in range(FEW)]
    few = _taught(world.model, [vote for case in votes for vote in case])
    votes += [few.visited_by(world.person(_LEARNING_FROM + number)).votes for number in range(FEW, MANY)]
    return few, votes


def _taught(model: Model, votes: Sequence[Vote]) -> Site:
    return Site(taught(model, learned(model, votes)))


def _knowing(model: Model, factors: Sequence[float]) -> Model:
    """The model, told by hypothesis how many times commoner each problem is than guides say that say nothing."""
    rows = zip(model.hypotheses, factors, strict=True)
    return taught(model, {guide.reference: Learned(factor, 0.0) for guide, factor in rows})


def _false_votes(world: World, count: int) -> list[Vote]:
    """Praise for the dearest fix among the rarer half of the problems, with the error text that fits it best."""
    minutes = {mitigation.reference: mitigation.minutes for mitigation in world.model.mitigations}
    order = sorted(range(len(world.common)), key=lambda index: world.common[index])
    rare = [world.model.hypotheses[index] for index in order[: (len(order) + 1) // 2]]
    guide = max((guide for guide in rare if guide.remedies), key=lambda guide: minutes[guide.remedies[0].mitigation])
    return [Vote(guide.reference, guide.remedies[0].mitigation, True, _text_of(guide))] * count


def _text(person: Person) -> Evidence:
    """What is recognised in the error text of a person; in that of a problem without a guide, nothing."""
    hypotheses = person.world.model.hypotheses
    return _text_of(hypotheses[person.problem]) if person.problem < len(hypotheses) else NOTHING_KNOWN


def _text_of(guide: Guide) -> Evidence:
    """The first code of a guide, or its first message; a problem that shows no error has no text."""
    if guide.codes:
        return frozenset({Fact(guide.codes[0].kind, guide.codes[0].token)})
    return frozenset({Fact(Kind.MESSAGE, guide.messages[0].key)}) if guide.messages else NO_EVIDENCE


def _unequal(count: int, exponent: float, number: int) -> tuple[float, ...]:
    """How common each of so many problems is, in an order that chance made."""
    order = sorted(range(count), key=lambda place: chance(number, 0, 0, place))
    return tuple(1 / (place + 1) ** exponent for place in order)


@dataclass(frozen=True)
class Report:
    """What the trials say together."""

    trials: tuple[Trial, ...]
    people: int = PEOPLE

    def saved(self, skew: str, what: str, stage: str, since: str = STATED) -> Change:
        """How much less of `questions` or `minutes` people need than at an earlier stage; skew "" for all worlds."""
        rows = self._of(skew)
        return Change.between((getattr(row.stages[since], what), getattr(row.stages[stage], what)) for row in rows)

    def damage_with_words(self, skew: str = "") -> Change:
        """What false reports save (negative: cost) in minutes where guides say how common their problems are."""
        rows = [row.with_words for row in self._of(skew)]
        return Change.between((row[AFTER_MANY].minutes, row[MISLED].minutes) for row in rows)

    def _of(self, skew: str) -> list[Trial]:
        return [trial for trial in self.trials if skew in ("", trial.skew)]

    def as_dict(self) -> dict[str, object]:
        """The report as JSON-ready data; shares between 0 and 1, "" stands for all worlds."""
        return {
            "people": self.people,
            "worlds": len(self.trials),
            "by_skew": {skew: self._data(skew) for skew in ("", *SKEWS)},
        }

    def _data(self, skew: str) -> dict[str, object]:
        rows = self._of(skew)
        later = [stage for stage in rows[0].stages if stage != STATED]
        return {
            "stages": {stage: asdict(Figures.mean([row.stages[stage] for row in rows])) for stage in rows[0].stages},
            "with_text": {
                stage: asdict(Figures.mean([row.with_text[stage] for row in rows])) for stage in rows[0].with_text
            },
            "questions_saved": {stage: asdict(self.saved(skew, "questions", stage)) for stage in later},
            "minutes_saved": {stage: asdict(self.saved(skew, "minutes", stage)) for stage in later},
            "damage": asdict(self.saved(skew, "minutes", MISLED, since=AFTER_MANY)),
            "damage_with_words": asdict(self.damage_with_words(skew)),
        }

    def as_text(self) -> str:
        """The report as tables for people."""
        lines = [
            f"What outcomes teach: {self.people} people without an error text in each of {len(self.trials)} worlds;",
            "5 % wrong answers, 10 % “not sure”, 8 % whom no guide fits; no guide says how common its problem is.",
            "A case is one person, who says what became of each fix. Saved: less than as stated, ± standard error.",
            f"False reports: {FALSE * MANY:.0f} of {MANY:,} cases praise a dear fix that few people need.",
        ]
        for skew in ("", *SKEWS):
            lines += ["", *self._table(skew)]
        return "\n".join([*lines, "", *self._summary()])

    def _table(self, skew: str) -> Iterator[str]:
        name = f"{skew}" if skew else "all worlds"
        yield f"{name:24}questions  minutes  solved  first right  questions saved   minutes saved"
        rows = self._of(skew)
        for stage in rows[0].stages:
            mean = Figures.mean([row.stages[stage] for row in rows])
            line = f"{stage:24}{mean.questions:9.2f}{mean.minutes:9.1f}{mean.solved:8.0%}{mean.first_right:13.0%}"
            saved = [f"{self.saved(skew, what, stage)!s:>17}" for what in ("questions", "minutes")]
            yield line if stage == STATED else f"{line}{''.join(saved)}"

    def _summary(self) -> Iterator[str]:
        few, many, most, known = (
            self.saved("", "questions", stage) for stage in (AFTER_FEW, AFTER_MANY, BOUNDED, KNOWN)
        )
        yield f"Questions saved (goal: at least 18 %): {few} after {FEW} cases, {many} after {MANY:,}."
        yield f"  To know how common everything is would save {most} within the four times, {known} without bounds."
        yield f"Minutes that {MISLED} cost (goal: at most +3 %):"
        yield f"  {_cost(self.damage_with_words())} where every guide says about rightly how common its problem is"
        yield f"  {_cost(self.saved('', 'minutes', MISLED, since=AFTER_MANY))} where no guide says it"
        stages = self.trials[0].with_text
        text = {stage: Figures.mean([trial.with_text[stage] for trial in self.trials]) for stage in stages}
        told = ", ".join(f"{row.questions:.2f} {stage}" for stage, row in text.items())
        yield f"Questions of the same people with an error text: {told}."


def _cost(change: Change) -> str:
    return f"{-100 * change.saved:+.1f} ± {100 * change.error:.1f} %"
