import pytest

from tests.evaluation.bench import starter_library
from tests.evaluation.calibration import brier, calibration_error
from tests.evaluation.people import ENGINE, MOODS, NONE, TREE, TRUTHFUL, WRONG, commonness, difference, meet, sites_of
from tests.evaluation.simulation import World
from troubleshooter.diagnosis.model import Ask, HandOver, Open

MODEL = starter_library().model
WORLDS = [World(MODEL, commonness(MODEL), number, misfit=0.8) for number in (7, 8)]


@pytest.fixture(scope="module")
def met():
    return meet(sites_of(MODEL), WORLDS, 40, {ENGINE: (TRUTHFUL, WRONG), TREE: (TRUTHFUL,), NONE: (TRUTHFUL,)})


def test_every_way_of_leading_meets_the_very_same_people(met):
    problems = {tuple(person.problem for person in meeting.people) for meeting in met.values()}
    assert len(problems) == 1
    truthful, wrong = met[ENGINE, TRUTHFUL].people, met[ENGINE, WRONG].people
    given = [
        (one.answers(question), other.answers(question))
        for one, other in zip(truthful, wrong, strict=True)
        for question in MODEL.questions
    ]
    assert 0.05 < sum(one != other for one, other in given) / len(given) < 0.15
    assert all(
        one.is_helped_by(fix.reference) == other.is_helped_by(fix.reference)
        for one, other in zip(truthful, wrong, strict=True)
        for fix in MODEL.mitigations
    )


def test_a_way_does_not_differ_from_itself(met):
    assert difference(met[ENGINE, TRUTHFUL], met[ENGINE, TRUTHFUL]) == (0, 0)
    assert difference(met[NONE, TRUTHFUL], met[ENGINE, TRUTHFUL])[0] > 0


def test_where_the_words_are_wrong_people_answer_otherwise_than_the_content_says():
    right, wrong = World(MODEL, commonness(MODEL), 7), WORLDS[0]
    asking = wrong.tables.asking["flow-on"]
    assert right.answer_steps(asking, 0) != pytest.approx(wrong.answer_steps(asking, 0))
    assert wrong.answer_steps(asking, 0)[-1] == pytest.approx(1)
    cure = wrong.tables.cures[0][0]
    assert right.works(cure) == pytest.approx(cure.works)
    assert 0 < wrong.works(cure) < 1
    assert wrong.works(cure) != pytest.approx(WORLDS[1].works(cure))


def test_the_tree_ends_in_the_fixes_of_a_guide_and_then_at_support(met):
    site = sites_of(MODEL)[TREE]
    assert isinstance(site.diagnosis(frozenset()).turn, Ask)
    for person in met[TREE, TRUTHFUL].people[:20]:
        assert isinstance(site.diagnosis(site.first_stop(person)).turn, Open | HandOver)
        visit = site.visited_by(person)
        assert visit.solved or visit.minutes >= 180


def test_nobody_answers_who_is_not_asked(met):
    assert all(visit.questions == 0 for visit in met[NONE, TRUTHFUL].visits)
    assert set(MOODS) >= {TRUTHFUL, WRONG}


def test_claims_that_are_right_as_often_as_they_say_are_calibrated():
    right, wrong = (0.8, True), (0.8, False)
    assert calibration_error([right] * 8 + [wrong] * 2) == pytest.approx(0)
    assert calibration_error([right] * 5 + [wrong] * 5) == pytest.approx(30)
    assert brier([(1.0, True), (1.0, False)]) == pytest.approx(0.5)
