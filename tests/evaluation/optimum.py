"""Questions against the exact optimum: what asking as the engine does costs, beside the best that is possible."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import yaml

from tests.evaluation.bench import DATA, Bench
from tests.evaluation.evidence_sets import FIX, Best, EvidenceSets
from tests.evaluation.figures import Figure, Section, percent
from tests.evaluation.policies import Policy, engine, in_fixed_order, tree
from troubleshooter.diagnosis.model import Ask, Evidence, Fact, HandOver, Kind, Model, Open, Result, Turn
from troubleshooter.diagnosis.tables import compiled
from troubleshooter.diagnosis.worth import SUPPORT_MINUTES

PATIENCE = (1, 2, 4, 8)
"""How many minutes of repair a minute of answering costs."""

SHIPPED = 4

MOST_SETS_SHOWN = 12
NOTICEABLE = 0.001
"""Minutes on average that a deviation must cost to be listed."""


@dataclass(frozen=True)
class Deviation:
    """An evidence set that a policy reaches and in which something else would be better."""

    after: str
    does: str
    best: str
    minutes: float
    """What it costs on average over everybody. All deviations together are all that a policy costs too much."""

    def __str__(self) -> str:
        after = f"after {self.after}" if self.after else "at the start"
        return f"{after} it {self.does}, best is to {self.best}, costs {self.minutes:.3f} min"


@dataclass(frozen=True)
class Course:
    """What a policy costs on average."""

    minutes: float
    """Of asking and of repair."""
    questions: float
    handed_over: float
    """Minutes more where the policy hands over although trying fixes would be expected to take fewer."""
    deviations: tuple[Deviation, ...]
    """Worst first."""

    def above(self, optimum: float) -> float:
        return percent(self.minutes - optimum, optimum)


def measure(bench: Bench) -> Section:
    """`short` looks at the shipped cost of questions alone."""
    sets = EvidenceSets(slice_of(bench.model))
    figures, worst = list[Figure](), list[str]()
    lines = [f"{len(sets):,} evidence sets; minutes of asking and repair (questions), and how far above the optimum"]
    lines.append(f"{'':14}{'optimum':>15}{'engine':>24}{'fixed order':>24}{'hand-drawn tree':>24}{'no questions':>18}")
    for patience in (SHIPPED,) if bench.short else PATIENCE:
        model, best = dataclasses.replace(sets.model, patience=float(patience)), sets.best(patience)
        optimum = course(sets, best, lambda row, best=best: _best_turn(sets, best, row))
        ours, fixed = (course(sets, best, _turns(sets, policy)) for policy in (engine(model), in_fixed_order(model)))
        drawn = to_the_end(dataclasses.replace(bench.model, patience=float(patience)), tree(bench.model))
        none = percent(sets.repair[0] - optimum.minutes, optimum.minutes)
        lines.append(
            f"questions x{patience:<3}{optimum.minutes:8.2f} ({optimum.questions:.2f})"
            f"{_written(ours, optimum.minutes):>24}{_written(fixed, optimum.minutes):>24}"
            f"{_written(drawn, optimum.minutes):>24}{sets.repair[0]:11.2f} +{none:.1f} %"
        )
        figures.append(_above(f"engine above the optimum, questions x{patience}", ours, optimum.minutes))
        if patience == SHIPPED:
            figures += [
                Figure("fixed order above the optimum", fixed.above(optimum.minutes), "%"),
                Figure("hand-drawn tree above the optimum", drawn.above(optimum.minutes), "%"),
                Figure("no questions above the optimum", none, "%"),
                Figure("minutes of repair given up by handing over", ours.handed_over, "min"),
            ]
            worst = ["", *_worst(ours, patience)]
    return Section("Questions against the exact optimum", tuple(figures), "\n".join(lines + worst))


def slice_of(model: Model) -> Model:
    """The model with the questions of the committed slice alone."""
    slugs = yaml.safe_load((DATA / "slice.yaml").read_text(encoding="utf-8"))["questions"]
    return dataclasses.replace(model, questions=tuple(model.question[slug] for slug in slugs))


def course(sets: EvidenceSets, best: Best, turn_at: Callable[[int], Turn]) -> Course:
    """Follow a policy through all answers, each as likely as it is; a turn that does not ask is where repair begins."""
    minutes = questions = handed_over = 0.0
    found: list[Deviation] = []
    waiting = [0]
    while waiting:
        row = waiting.pop()
        turn, probability = turn_at(row), float(sets.probability[row])
        if isinstance(turn, Ask):
            number = sets.number_of(turn.question)
            children = sets.children(number, row)
            waiting += children
            asking = best.costs[number] * probability
            minutes, questions = minutes + asking, questions + probability
            regret = asking + float(sum(best.minutes[child] for child in children)) - float(best.minutes[row])
        else:
            minutes += float(sets.repair[row])
            regret = float(sets.repair[row] - best.minutes[row])
            if isinstance(turn, HandOver):
                handed_over += SUPPORT_MINUTES * probability - float(sets.repair[row])
        if regret > NOTICEABLE:
            after = ", ".join("=".join(answer) for answer in sets.answers(row))
            found.append(Deviation(after, _does(turn), _best_name(sets, best, row), regret))
    found.sort(key=lambda deviation: -deviation.minutes)
    return Course(minutes, questions, handed_over, tuple(found))


def to_the_end(model: Model, policy: Policy) -> Course:
    """What a policy costs that tries its fixes one by one, until one helps or it hands over."""
    tables = compiled(model)

    def follow(evidence: Evidence, masses: Sequence[float]) -> tuple[float, float]:
        """Minutes and questions from here on. `masses`: who is still here, by hypothesis, something else last."""
        turn, here = policy(evidence).turn, sum(masses)
        if isinstance(turn, Ask):
            asking = tables.asking[turn.question.slug]
            minutes, questions = asking.cost * here, here
            answered = [asking.distribution(index) for index in range(len(masses) - 1)] + [asking.normal]
            for place, choice in enumerate(turn.question.choices):
                fact = Fact(Kind.ANSWER, turn.question.slug, choice.slug)
                left = [mass * shares[place] for mass, shares in zip(masses, answered, strict=True)]
                more, asked = follow(evidence | {fact}, left)
                minutes, questions = minutes + more, questions + asked
            return minutes, questions
        if not isinstance(turn, Open):
            return SUPPORT_MINUTES * here, 0.0
        choices = {fact.value: fact.detail for fact in evidence if fact.kind is Kind.ANSWER}
        hopes = {cure.hypothesis: cure.success(choices) for cure in tables.cured_by[turn.mitigation]}
        left = [mass * (1 - hopes.get(index, 0.0)) for index, mass in enumerate(masses)]
        more, asked = follow(evidence | {Fact(Kind.TRIED, turn.mitigation, Result.SAME)}, left)
        return max(model.mitigation[turn.mitigation].minutes, 1.0) * here + more, asked

    minutes, questions = follow(frozenset(), [*tables.priors, tables.other_prior])
    return Course(minutes, questions, 0.0, ())


def _turns(sets: EvidenceSets, policy: Policy) -> Callable[[int], Turn]:
    return lambda row: policy(sets.evidence(row)).turn


def _best_turn(sets: EvidenceSets, best: Best, row: int) -> Turn:
    number = int(best.question[row])
    return HandOver("") if number == FIX else Ask(sets.askings[number].question)


def _best_name(sets: EvidenceSets, best: Best, row: int) -> str:
    number = int(best.question[row])
    return "stop" if number == FIX else f"ask {sets.askings[number].question.slug}"


def _does(turn: Turn) -> str:
    return f"asks {turn.question.slug}" if isinstance(turn, Ask) else "stops"


def _above(name: str, course: Course, optimum: float) -> Figure:
    cases = tuple(str(deviation) for deviation in course.deviations)
    return Figure(name, course.above(optimum), "%", limit=1.2, goal=0.5, slack=0.05, cases=cases)


def _written(course: Course, optimum: float) -> str:
    return f"{course.minutes:.2f} ({course.questions:.2f}) +{course.above(optimum):.2f} %"


def _worst(course: Course, patience: int) -> Iterator[str]:
    yield f"Where the engine gives most away, questions x{patience}"
    yield from (f"  {deviation}" for deviation in course.deviations[:MOST_SETS_SHOWN])
