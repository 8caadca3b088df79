from dataclasses import replace
from itertools import permutations

import pytest
import yaml

from tests.diagnosis.factories import make_guide, make_model, make_question
from tests.evaluation.bench import DATA, starter_library
from tests.evaluation.evidence_sets import FIX, EvidenceSets
from tests.evaluation.optimum import course, slice_of, to_the_end
from tests.evaluation.policies import SUPPORT, engine, in_fixed_order, without_questions
from troubleshooter.diagnosis.belief import weigh
from troubleshooter.diagnosis.model import Ask, HandOver
from troubleshooter.diagnosis.tables import compiled
from troubleshooter.diagnosis.worth import SUPPORT_MINUTES, Repairs

MODEL = make_model(
    [
        make_guide(1, {"off": {"yes": "always"}}, fixes={"FIX-1": "always"}),
        make_guide(2, {"late": {"yes": "usually"}, "how": {"a": "usually"}}, fixes={"FIX-2": "usually"}),
        make_guide(3, {"late": {"yes": "usually"}, "how": {"b": "usually"}}, fixes={"FIX-3": "sometimes"}),
    ],
    [
        make_question("off"),
        make_question("late", minutes=2.0),
        make_question("how", normal="c", choices="a b c", only_if=("late", "yes")),
    ],
    minutes={"FIX-1": 5.0, "FIX-2": 60.0, "FIX-3": 20.0},
)


def least_minutes(model, patience, answers=()) -> float:
    """The optimum by trying everything: every order of repair with support after any of them, and every question."""
    tables = compiled(model)
    masses = [*tables.priors, tables.other_prior]
    for question, place in answers:
        asking = tables.asking[question]
        shares = [asking.distribution(index)[place] for index in range(len(tables.priors))] + [asking.normal[place]]
        masses = [mass * share for mass, share in zip(masses, shares, strict=True)]
    found = [SUPPORT_MINUTES * sum(masses)]
    cures = [row[0] for row in tables.cures]
    for order in permutations(cures):
        left, minutes = list(masses), 0.0
        for cure in order:
            minutes += cure.minutes * sum(left)
            left[cure.hypothesis] *= 1 - cure.works
            found.append(minutes + SUPPORT_MINUTES * sum(left))
    known = dict(answers)
    groups = {model.question[slug].group for slug in known} - {""}
    for question in model.questions:
        met = question.only_if is None or known.get(question.only_if.question) == 0  # "yes" comes first
        if question.slug not in known and question.group not in groups and met:
            after = (
                least_minutes(model, patience, (*answers, (question.slug, place)))
                for place in range(len(question.choices))
            )
            found.append(patience * question.minutes * sum(masses) + sum(after))
    return min(found)


@pytest.mark.parametrize("patience", [0.5, 1, 4, 30])
@pytest.mark.parametrize("group", ["", "same"])
def test_dynamic_programming_finds_what_trying_everything_finds(patience, group):
    off, late, how = MODEL.questions
    model = replace(MODEL, questions=(replace(off, group=group), replace(late, group=group), how))
    best = EvidenceSets(model).best(patience)
    assert best.minutes[0] == pytest.approx(least_minutes(model, patience), abs=1e-6)


def test_repair_costs_what_the_engine_plans():
    sets = EvidenceSets(slice_of(starter_library().model))
    for row in range(0, len(sets), len(sets) // 200):
        case = weigh(sets.model, sets.evidence(row))
        cures = [cure for cured in case.tables.cures for cure in cured]
        planned = Repairs((cure.hypothesis, cure, cure.success(case.known.choices)) for cure in cures)
        minutes = planned.minutes(case.belief.shares, case.belief.other)
        assert sets.repair[row] / sets.probability[row] == pytest.approx(minutes)


def test_every_set_that_can_come_up_is_there_once():
    sets = EvidenceSets(MODEL)
    assert len(sets) == 3 * (2 + 4), (
        "nothing, no, and yes with nothing or one of three choices; three times for the other"
    )
    assert len({sets.evidence(row) for row in range(len(sets))}) == len(sets)
    assert sets.probability[0] == pytest.approx(1)
    assert not sets.children(2, 0)[0] >= 0, "nobody is asked how, as long as it is not late"


def test_the_questions_of_a_group_are_never_asked_together():
    questions = [make_question("one", group="same"), make_question("two", group="same")]
    assert len(EvidenceSets(make_model([make_guide(1)], questions))) == 5


def test_where_asking_costs_too_much_nothing_is_asked():
    best = EvidenceSets(MODEL).best(1_000)
    assert set(best.question) == {FIX}


def test_a_policy_costs_what_the_optimum_costs_and_its_deviations():
    sets = EvidenceSets(MODEL)
    best = sets.best(MODEL.patience)
    for policy in (engine(MODEL), in_fixed_order(MODEL)):
        taken = course(sets, best, lambda row, policy=policy: policy(sets.evidence(row)).turn)
        missing = sum(deviation.minutes for deviation in taken.deviations)
        assert taken.minutes == pytest.approx(best.minutes[0] + missing, abs=0.05)


def test_what_costs_most_is_named_with_what_would_be_better():
    sets = EvidenceSets(MODEL)
    best = sets.best(MODEL.patience)
    late = course(sets, best, lambda row: HandOver("") if row else Ask(MODEL.question["late"]))
    assert late.deviations[0].after == "late=yes"
    assert str(late.deviations[0]).startswith("after late=yes it stops, best is to ask how, costs ")
    never = course(sets, best, lambda row: HandOver(""))
    (only,) = never.deviations
    assert str(only) == f"at the start it stops, best is to ask late, costs {only.minutes:.3f} min"
    assert never.minutes - only.minutes == pytest.approx(best.minutes[0])
    assert never.handed_over == pytest.approx(SUPPORT_MINUTES - sets.repair[0])


def test_following_a_policy_to_its_end_gives_the_order_of_repair():
    sets = EvidenceSets(MODEL)
    assert to_the_end(MODEL, without_questions(MODEL)).minutes == pytest.approx(sets.repair[0], rel=0.02)


def test_a_slice_that_grew_too_large_is_refused():
    many = tuple(make_question(f"q{number}", choices="yes no a b c d e") for number in range(7))
    with pytest.raises(ValueError, match="evidence sets"):
        EvidenceSets(replace(MODEL, questions=many))


def test_what_is_measured_with_names_live_questions_choices_and_guides():
    model = starter_library().model
    choices = {question.slug: {choice.slug for choice in question.choices} for question in model.questions}
    guides = {guide.slug for guide in model.guides}
    assert len(slice_of(model).questions) <= 10
    waiting = [yaml.safe_load((DATA / "tree.yaml").read_text(encoding="utf-8"))]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            assert node in guides | {SUPPORT}
        else:
            assert set(node) - {"ask", "else"} <= choices[node["ask"]]
            waiting += [following for answer, following in node.items() if answer != "ask"]
    sheets = yaml.safe_load((DATA / "sheets.yaml").read_text(encoding="utf-8"))
    for question, rules in sheets["choices"].items():
        assert {rule["choice"] for rule in rules} <= choices[question]
    for sheet in sheets["sheets"]:
        assert len(sheet["answers"].split()) == 13
        assert set(sheet["ends"]) <= guides | {"none"}
