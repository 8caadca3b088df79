import pytest
from hypothesis import given

from guides.exchange import folder
from guides.library import Library
from tests.diagnosis.factories import make_guide, make_model, make_question
from tests.diagnosis.strategies import few, models
from troubleshooter.diagnosis.model import Word
from troubleshooter.diagnosis.overlap import ALIKE, Overlaps, says
from troubleshooter.diagnosis.statements import FEWEST_STATEMENTS, effects, most_helpful
from troubleshooter.diagnosis.tables import compiled

YES, NO = {"live": {"yes": "always"}}, {"live": {"no": "always"}}
OFTEN = {"live": {"no": "usually"}}


def model_of(*expects, questions=("live",), **fields):
    questions = [make_question(slug, **fields) if isinstance(slug, str) else slug for slug in questions]
    return make_model([make_guide(number, said) for number, said in enumerate(expects, 1)], questions)


def effect(model, question="live", reference="FLOW-1"):
    return effects(model, reference)[question]


def test_a_statement_separates_a_guide_from_those_that_answer_otherwise():
    found = effect(model_of(YES, {}, YES, NO))
    assert found.separates == ("FLOW-4", "FLOW-2")
    assert found.sentence == "Separates this guide from “Problem 4” and “Problem 2”."


@pytest.mark.parametrize(("others", "ending"), [(1, "“Problem 2”"), (3, "1 other"), (5, "3 others")])
def test_at_most_two_guides_are_named(others, ending):
    found = effect(model_of(YES, *[{}] * others))
    assert len(found.separates) == others
    assert found.sentence.count("“") == min(others, 2)
    assert found.sentence.endswith(f"{ending}.")


def test_the_guides_that_only_this_statement_tells_apart_are_named_first():
    said = {**YES, "owner": {"yes": "always"}}
    model = model_of(said, {"owner": {"no": "always"}}, {"owner": {"yes": "always"}}, questions=("live", "owner"))
    assert effect(model).separates == ("FLOW-3", "FLOW-2")


def test_a_statement_that_everybody_makes_separates_nothing():
    assert effect(model_of(YES, YES, YES)).sentence == "Separates this guide from no other: 2 guides say the same."


def test_a_statement_of_the_normal_answer_changes_nothing():
    assert effect(model_of(OFTEN, OFTEN, {})).sentence == "Changes nothing: 1 guide says the same."
    assert effect(model_of(OFTEN, {}, {})).sentence == "Changes nothing: anybody would answer so."
    assert effect(model_of(YES)).sentence == "Changes nothing: there is no other guide."


def test_a_normal_answer_still_separates_from_a_guide_that_answers_otherwise_only_by_what_it_adds():
    assert effect(model_of(OFTEN, YES)).separates == ()
    assert effect(model_of({"live": {"yes": "never"}}, YES)).separates == ("FLOW-2",)


def test_a_weaker_question_of_the_same_group_changes_nothing():
    said = {"live": {"yes": "always"}, "owner": {"yes": "usually"}}
    model = model_of(said, {}, questions=("live", "owner"), group="one")
    assert effect(model).separates == ("FLOW-2",)
    assert effect(model, "owner").sentence == "Changes nothing: another question of the same group tells more."


def test_a_question_without_a_statement_says_nothing():
    found = effect(model_of({}, YES))
    assert found.separates == ()
    assert found.sentence == "Says nothing. People with this problem answer as anybody would."


def test_a_fork_and_an_unknown_guide_have_no_effects_and_no_suggestion():
    model = make_model([make_guide(1, YES), make_guide(9, targets=("FLOW-1",))], [make_question("live")])
    for reference in ("FLOW-9", "FLOW-77"):
        assert effects(model, reference) == {}
        assert most_helpful(model, reference) is None


@few
@given(models())
def test_what_a_statement_separates_would_be_more_alike_without_it(model):
    tables = compiled(model)
    overlaps = Overlaps(tables)
    for guide in model.hypotheses:
        own = says(tables, tables.index[guide.reference])
        row = overlaps.row(own)
        found = effects(model, guide.reference)
        assert list(found) == [question.slug for question in model.questions]
        for slug, one in found.items():
            without = overlaps.row({question: shares for question, shares in own.items() if question != slug})
            assert guide.reference not in one.separates
            for reference in one.separates:
                assert row[tables.index[reference]] < 0.951 * without[tables.index[reference]]


def test_the_most_helpful_statement_tells_twins_apart():
    model = model_of({}, {}, {"owner": {"yes": "always"}}, questions=("live", "owner"))
    found = most_helpful(model, "FLOW-1")
    assert (found.question, found.choice, found.word) == ("live", "yes", Word.USUALLY)
    assert found.apart_from == ("FLOW-2",)
    assert found.sentence == (
        "Say what people answer to “Live?”: “Yes, live” usually. That helps to tell this guide apart from “Problem 2”."
    )


def test_a_stronger_question_is_suggested_first_and_then_tells_apart():
    rare = make_question("rare", normal="yes", word="never")
    found = most_helpful(model_of({}, {}, questions=("live", rare)), "FLOW-1")
    assert (found.question, found.choice, found.word) == ("rare", "yes", Word.USUALLY)
    assert found.sentence.endswith("That tells this guide apart from “Problem 2”.")


def test_no_word_is_suggested_that_contradicts_what_is_said():
    assert most_helpful(model_of(NO, NO), "FLOW-1") is None
    seldom = {"live": {"no": "rarely"}}
    assert most_helpful(model_of(seldom, seldom), "FLOW-1") is None


def test_rarely_is_suggested_where_usually_would_separate_nothing():
    found = most_helpful(model_of({}, {}, normal="neither"), "FLOW-1")
    assert (found.choice, found.word) == ("yes", Word.RARELY)


def test_nothing_is_suggested_for_a_guide_that_is_told_apart_from_all_others():
    assert most_helpful(model_of(YES, {}, NO), "FLOW-1") is None
    assert most_helpful(model_of(YES), "FLOW-1") is None


def test_guides_with_the_same_first_fix_need_not_be_told_apart():
    fix = {"FIX-1": "usually"}
    model = make_model([make_guide(1, fixes=fix), make_guide(2, fixes=fix)], [make_question("live")])
    assert most_helpful(model, "FLOW-1") is None


@few
@given(models())
def test_a_suggestion_names_something_unsaid_and_guides_that_are_alike_unless_the_guide_says_too_little(model):
    tables = compiled(model)
    for guide in model.hypotheses:
        if found := most_helpful(model, guide.reference):
            assert found.choice not in guide.expects.get(found.question, {})
            said = says(tables, tables.index[guide.reference])
            row = Overlaps(tables).row(said)
            assert found.apart_from
            if len(said) >= FEWEST_STATEMENTS:
                assert all(row[tables.index[reference]] > ALIKE for reference in found.apart_from)
            assert found == most_helpful(model, guide.reference)


def test_starter_guides_say_something_that_separates_them():
    model = Library.of(folder.read(folder.STARTER)).model
    for guide in model.hypotheses:
        assert any(one.separates for one in effects(model, guide.reference).values())
