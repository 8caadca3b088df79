import pytest

from tests.diagnosis.factories import answer, code, make_guide, make_model, make_question, tried
from tests.evaluation.simulation import Site, World
from troubleshooter.diagnosis.contradictions import FEWEST, contradictions
from troubleshooter.diagnosis.learning import Vote
from troubleshooter.diagnosis.model import Model, Word

MODEL = make_model(
    [
        make_guide(1, {"off": {"yes": "always"}}, codes="Alpha", fixes={"FIX-1": "always"}),
        make_guide(2, {"late": {"yes": "usually"}}, codes="Beta", fixes={"FIX-2": "usually", "FIX-9": "usually"}),
        make_guide(3, codes="Gamma", fixes={"FIX-3": "usually", "FIX-9": "usually"}),
    ],
    [make_question("off", word="always"), make_question("late")],
)


def votes(mitigation: str, worked: int, failed: int, *facts, weight: float = 1.0) -> list[Vote]:
    evidence = frozenset(facts)
    return [Vote("FLOW-1", mitigation, True, evidence, weight)] * worked + [
        Vote("FLOW-1", mitigation, False, evidence, weight)
    ] * failed


def test_a_word_that_the_answers_bear_out_is_left_alone():
    said = votes("FIX-1", 38, 0, answer("off", "yes")) + votes("FIX-1", 2, 0, answer("off", "no"))
    assert contradictions(MODEL, said) == ()
    assert contradictions(MODEL, []) == ()


def test_always_is_contradicted_by_three_of_forty():
    said = votes("FIX-1", 3, 0, answer("off", "yes")) + votes("FIX-1", 37, 0, answer("off", "no"))
    (found,) = contradictions(MODEL, said)
    assert (found.guide, found.question, found.choice, found.mitigation) == ("FLOW-1", "off", "yes", "")
    assert (found.word, found.fits) == (Word.ALWAYS, Word.NEVER)
    assert (found.seen, found.of) == pytest.approx((3, 40))


def test_too_few_or_too_old_cases_contradict_nothing():
    few = int(FEWEST) - 1
    assert contradictions(MODEL, votes("FIX-1", few, 0, answer("off", "no"))) == ()
    assert contradictions(MODEL, votes("FIX-1", 40, 0, answer("off", "no"), weight=0.2)) == ()
    assert contradictions(MODEL, votes("FIX-1", 40, 0, answer("off", "no")))


def test_a_guide_that_says_nothing_may_contradict_the_normal_answer():
    said = votes("FIX-3", 30, 0, answer("off", "yes")) + votes("FIX-3", 10, 0, answer("off", "no"))
    (found,) = contradictions(MODEL, said)
    assert (found.guide, found.question, found.choice) == ("FLOW-3", "off", "no")
    assert (found.word, found.seen, found.of) == (Word.ALWAYS, 10, 40)


def test_not_sure_is_no_answer():
    assert contradictions(MODEL, votes("FIX-1", 50, 0, answer("off", "unsure"))) == ()


def test_a_fix_that_fails_where_its_guide_plainly_fits_contradicts_how_well_it_is_said_to_work():
    (found,) = contradictions(MODEL, votes("FIX-1", 4, 40, code("Alpha")))
    assert (found.guide, found.mitigation, found.question) == ("FLOW-1", "FIX-1", "")
    assert (found.word, found.fits) == (Word.ALWAYS, Word.RARELY)
    assert found.seen == pytest.approx(4)


def test_a_fix_is_not_blamed_where_another_problem_is_likelier():
    assert contradictions(MODEL, votes("FIX-1", 4, 40)) == ()
    assert contradictions(MODEL, votes("FIX-1", 4, 40, code("Beta"))) == ()


def test_what_failed_before_is_evidence_and_no_answer():
    assert contradictions(MODEL, votes("FIX-9", 20, 0, code("Beta"), tried("FIX-2"))) == ()


def world(model: Model, number: int) -> World:
    return World(model, (4.0, 1.0, 2.0), number)


@pytest.mark.parametrize("number", range(1, 5))
def test_people_for_whom_everything_is_as_stated_contradict_nothing(number):
    site, crowd = Site(MODEL), world(MODEL, number)
    said = [vote for person in range(600) for vote in site.visited_by(crowd.person(person)).votes]
    assert contradictions(MODEL, said) == ()


def test_people_whom_a_fix_fails_more_often_than_stated_contradict_that_word():
    wrong = make_guide(1, {"off": {"yes": "always"}}, codes="Alpha", fixes={"FIX-1": "rarely"})
    site, crowd = Site(MODEL), world(Model((wrong, *MODEL.guides[1:]), MODEL.questions, MODEL.mitigations), 1)
    said = [vote for person in range(600) for vote in site.visited_by(crowd.person(person)).votes]
    assert [(found.guide, found.mitigation) for found in contradictions(MODEL, said)] == [("FLOW-1", "FIX-1")]
