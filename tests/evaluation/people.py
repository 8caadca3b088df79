"""Made-up people with a known problem: how many questions, fixes and minutes each way of leading them takes."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import fmean, median, quantiles, stdev

from tests.evaluation.bench import Bench
from tests.evaluation.figures import Figure, Section, percent
from tests.evaluation.policies import in_fixed_order, tree, without_questions
from tests.evaluation.simulation import NO_EVIDENCE, Person, Site, Visit, World, chance
from troubleshooter.diagnosis.belief import weigh
from troubleshooter.diagnosis.frequency import how_common
from troubleshooter.diagnosis.model import NOTHING_KNOWN, Evidence, Model
from troubleshooter.diagnosis.worth import is_worth_trying

MISFIT = 0.8
"""How wrong the content's own words are in the headline: "usually" (75 %) is then anything from 49 to 90 % for four
in five answers, cures and commonness likewise."""

WORLDS = 20
PEOPLE = 1_000
"""In each world; the very same for every way of leading them, and however they answer."""

OF_OWN = 4_000
"""People in the one world in which things are as the content says."""

MOST_SHOWN = 8
"""Fixes not worth trying that are printed; the stored report has them all."""

TRUTHFUL, WRONG, UNSURE, BOTH = "truthful", "10 % wrong", "20 % not sure", "both"
MOODS: Mapping[str, tuple[float, float]] = {
    TRUTHFUL: (0.0, 0.0),
    WRONG: (0.1, 0.0),
    UNSURE: (0.0, 0.2),
    BOTH: (0.1, 0.2),
}
"""How people answer: the share of wrong answers and of "not sure"."""

RECOGNISED, NOTHING = 0.83, 0.13
"""Of the people who paste a text: for how many the right guide is read in it, and for how many nothing; for the others
it is a wrong one."""

ENGINE, FIXED, TREE, NONE = "engine", "fixed order", "hand-drawn tree", "no questions"

FULL_MOODS: Mapping[str, Sequence[str]] = {
    ENGINE: tuple(MOODS),
    FIXED: (TRUTHFUL,),
    TREE: tuple(MOODS),
    NONE: (TRUTHFUL,),
}
"""How people answer whom each leads: a fixed order takes long to measure, and who is asked nothing answers nothing."""

SHORT_MOODS: Mapping[str, Sequence[str]] = {ENGINE: (TRUTHFUL, WRONG), TREE: (TRUTHFUL, WRONG)}
SHORT = 150
"""People in each world of the short form."""


@dataclass(frozen=True)
class Meeting:
    """People and what happened to them, in the same order."""

    people: Sequence[Person]
    visits: Sequence[Visit]

    def mean(self, of: Callable[[Visit], float]) -> float:
        return fmean(map(of, self.visits))

    @property
    def questions(self) -> float:
        return self.mean(lambda visit: visit.questions)

    @property
    def minutes(self) -> float:
        return self.mean(lambda visit: visit.minutes)

    def within(self, places: int) -> float:
        """Of the people whom a guide fits, for how many it is among the first ones at the first stop, in percent."""
        fitting = [visit for person, visit in self._rows if person.has_a_guide]
        return percent(sum(0 < visit.place <= places for visit in fitting), len(fitting))

    def of_guide(self, problem: int) -> Meeting:
        """Those people alone who have one problem."""
        rows = [(person, visit) for person, visit in self._rows if person.problem == problem]
        return Meeting([person for person, _ in rows], [visit for _, visit in rows])

    @property
    def fixes_in_vain(self) -> float:
        """Fixes that people try whom no guide fits."""
        return fmean(len(visit.votes) for person, visit in self._rows if not person.has_a_guide)

    @property
    def _rows(self) -> Iterator[tuple[Person, Visit]]:
        return zip(self.people, self.visits, strict=True)

    def as_text(self) -> str:
        asked = [visit.questions for visit in self.visits]
        return (
            f"{self.questions:9.2f}{median(asked):7.0f}{quantiles(asked, n=20)[-1]:5.0f}"
            f"{self.mean(lambda visit: len(visit.votes)):7.2f}{100 * self.mean(lambda visit: visit.solved):8.1f} %"
            f"{self.minutes:8.1f}{self.within(1):8.1f} %{self.within(3):8.1f} %"
        )


HEADER = (
    f"{'questions':>9}{'median':>7}{'p95':>5}{'fixes':>7}{'solved':>10}{'minutes':>8}{'right 1st':>10}{'of three':>10}"
)


def measure(bench: Bench) -> Section:
    """`short`: fewer people, too few to compare with what was kept, and only what has a limit or takes no time."""
    sites = sites_of(bench.model)
    many, moods = (SHORT, SHORT_MOODS) if bench.short else (PEOPLE, FULL_MOODS)
    misfit = [World(bench.model, commonness(bench.model), 100 + number, misfit=MISFIT) for number in range(WORLDS)]
    headline = meet(sites, misfit, many, moods)
    texts = texts_of(bench)
    pasted = meeting(sites[ENGINE], misfit, many, TRUTHFUL, lambda person: pasted_by(person, texts))
    lines = [f"{many * WORLDS:,} people for whom the content's words are wrong", *_table(headline)]
    lines += ["", "The same people with an error text, truthful", f"  {ENGINE:32}{pasted.as_text()}"]
    lines += ["", *_differences(headline), "", *_by_guide(bench.model, headline[ENGINE, TRUTHFUL])]
    worthless = _not_worth_trying(bench.model, headline[ENGINE, TRUTHFUL])
    lines += ["", f"{worthless.name.capitalize()}, most often", *(f"  {case}" for case in worthless.cases[:MOST_SHOWN])]
    figures = (*_figures(bench.model, headline), worthless, *_with_text(pasted))
    if bench.short:
        figures = tuple(replace(figure, slack=None) for figure in figures)
    else:
        own = [World(bench.model, commonness(bench.model), 99)]
        lines += ["", f"{OF_OWN:,} people for whom the content's words are right"]
        lines += _table(meet(sites, own, OF_OWN, moods))
    return Section("Made-up people", figures, "\n".join(lines))


def sites_of(model: Model) -> Mapping[str, Site]:
    """One for each way of leading people; each keeps what it once worked out."""
    return {
        ENGINE: Site(model),
        FIXED: Site(model, in_fixed_order(model)),
        TREE: Site(model, tree(model)),
        NONE: Site(model, without_questions(model)),
    }


def commonness(model: Model) -> tuple[float, ...]:
    return tuple(how_common(model.hypotheses))


def meet(
    sites: Mapping[str, Site], worlds: Sequence[World], many: int, moods: Mapping[str, Sequence[str]]
) -> dict[tuple[str, str], Meeting]:
    """By way of leading and by how people answer: the same people for all."""
    return {(name, mood): meeting(sites[name], worlds, many, mood) for name in moods for mood in moods[name]}


def meeting(
    site: Site,
    worlds: Sequence[World],
    many: int,
    mood: str,
    knowing: Callable[[Person], Evidence] = lambda person: NO_EVIDENCE,
) -> Meeting:
    """The first people of each world, who answer as `mood` says; `knowing` is what was read in their text."""
    wrong, unsure = MOODS[mood]
    moody = [replace(world, wrong=wrong, unsure=unsure) for world in worlds]
    people = [world.person(number) for world in moody for number in range(many)]
    return Meeting(people, [site.visited_by(person, knowing(person)) for person in people])


def texts_of(bench: Bench) -> Sequence[Sequence[Evidence]]:
    """By hypothesis: what is read in those samples of a guide that lead to it."""
    library = bench.library
    return [
        [
            library.recogniser.read(sample.text).evidence
            for sample in library.guides[guide.reference].samples
            if library.owner(sample.text) == guide.reference
        ]
        for guide in bench.model.hypotheses
    ]


def pasted_by(person: Person, texts: Sequence[Sequence[Evidence]]) -> Evidence:
    """What is read in this person's error text."""
    luck, which, other = (chance(person.world.number, person.number, 3, place) for place in range(3))
    problem = person.problem
    if luck >= RECOGNISED + NOTHING:
        problem = (problem + 1 + int(other * (len(texts) - 1))) % len(texts)
    elif luck >= RECOGNISED or not person.has_a_guide or not texts[problem]:
        return NOTHING_KNOWN
    return texts[problem][int(which * len(texts[problem]))] if texts[problem] else NOTHING_KNOWN


def difference(one: Meeting, other: Meeting) -> tuple[float, float]:
    """By how many minutes one course is dearer for the same people, on average, and the standard error of that."""
    pairs = zip(one.visits, other.visits, strict=True)
    differences = [mine.minutes - theirs.minutes for mine, theirs in pairs]
    return fmean(differences), stdev(differences) / math.sqrt(len(differences))


def _figures(model: Model, headline: Mapping[tuple[str, str], Meeting]) -> Iterator[Figure]:
    truthful, wrong = headline[ENGINE, TRUTHFUL], headline[ENGINE, WRONG]
    yield Figure(
        "questions of truthful people, median",
        median(visit.questions for visit in truthful.visits),
        "questions",
        limit=5,
        goal=4,
    )
    yield Figure(
        "right guide among three, truthful",
        truthful.within(3),
        "%",
        limit=92,
        goal=95,
        more_is_better=True,
        cases=_seldom_found(model, truthful),
        slack=0.5,
    )
    extra = percent(wrong.minutes - truthful.minutes, truthful.minutes)
    yield Figure("minutes that 10 % wrong answers cost", extra, "%", limit=10, goal=6, slack=1)
    yield Figure(
        "fixes tried in vain where no guide fits", truthful.fixes_in_vain, "fixes", limit=2, goal=1.5, slack=0.1
    )
    yield Figure("minutes of truthful people", truthful.minutes, "min", slack=1)
    for (name, mood), met in headline.items():
        if name != ENGINE:
            saved = percent(met.minutes - headline[ENGINE, mood].minutes, met.minutes)
            yield Figure(f"minutes saved against {name}, {mood}", saved, "%", more_is_better=True)


def _seldom_found(model: Model, met: Meeting) -> tuple[str, ...]:
    """The guides that are among the first three less often than the goal, the worst first."""
    found = [(met.of_guide(number).within(3), guide.slug) for number, guide in enumerate(model.hypotheses)]
    return tuple(f"{slug} {share:.0f} %" for share, slug in sorted(found) if share < 95)


def _not_worth_trying(model: Model, met: Meeting) -> Figure:
    """Fixes that were offered although support would have been expected to take fewer minutes."""
    tries = Counter((vote.evidence, vote.mitigation) for visit in met.visits for vote in visit.votes)
    found = Counter({key: many for key, many in tries.items() if not is_worth_trying(weigh(model, key[0]), key[1])})
    cases = (
        f"{mitigation} after {', '.join(sorted(f'{fact.value}={fact.detail}' for fact in evidence))} ({many} times)"
        for (evidence, mitigation), many in found.most_common()
    )
    return Figure("fixes tried that are worth less than support", found.total() / len(met.visits), cases=tuple(cases))


def _by_guide(model: Model, met: Meeting) -> Iterator[str]:
    yield f"  {'truthful people whom the engine leads, by guide':48}{HEADER}"
    for number, guide in enumerate(model.hypotheses):
        yield f"  {guide.slug:48}{met.of_guide(number).as_text()}"
    yield f"  {'no guide fits':48}{met.of_guide(len(model.hypotheses)).as_text()}"


def _with_text(pasted: Meeting) -> Iterator[Figure]:
    none = 100 * pasted.mean(lambda visit: visit.questions == 0)
    yield Figure("questions with a pasted text", pasted.questions, "questions", limit=1.9, goal=1.5, slack=0.05)
    yield Figure("no question with a pasted text", none, "%", limit=100 / 3, goal=50, more_is_better=True, slack=1)


def _table(meetings: Mapping[tuple[str, str], Meeting]) -> Iterator[str]:
    yield f"  {'':32}{HEADER}"
    for (name, mood), met in meetings.items():
        yield f"  {name + ', ' + mood:32}{met.as_text()}"


def _differences(meetings: Mapping[tuple[str, str], Meeting]) -> Iterator[str]:
    yield "Minutes more than the engine, for the same people (standard error)"
    for (name, mood), met in meetings.items():
        if name != ENGINE:
            yield "  {:32}{:9.1f} ({:.1f})".format(name + ", " + mood, *difference(met, meetings[ENGINE, mood]))
    wrong = difference(meetings[ENGINE, WRONG], meetings[ENGINE, TRUTHFUL])
    yield "  {:32}{:9.1f} ({:.1f})".format(f"{ENGINE}, {WRONG} (than truthful)", *wrong)
