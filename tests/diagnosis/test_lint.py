from dataclasses import replace

import pytest
from hypothesis import given

from guides.exchange import folder
from guides.library import Library
from tests.diagnosis.factories import make_guide, make_model, make_question
from tests.diagnosis.strategies import few, models
from troubleshooter.diagnosis.lint import lint, never_change_order
from troubleshooter.diagnosis.model import Choice, Condition, Message, Question, Remedy, Word

QUESTIONS = tuple(make_question(slug) for slug in ("live", "owner", "import", "error"))


def good_guide(number, yes, **fields):
    expects = {question.slug: {"yes": "usually" if question.slug == yes else "rarely"} for question in QUESTIONS}
    return make_guide(number, {**expects, **fields.pop("expects", {})}, **{"codes": f"Code{number}", **fields})


def good_model(*more, questions=QUESTIONS):
    imported = good_guide(3, "import", expects={"error": {"yes": "sometimes"}})
    return make_model([good_guide(1, "live"), good_guide(2, "owner"), imported, *more], questions)


def found(model):
    return {(problem.key, problem.serious) for problem in lint(model)}


def test_good_content_has_no_problem():
    assert lint(good_model()) == ()
    assert lint(good_model(make_guide(9, targets=("FLOW-1", "FLOW-2"), codes="InstallFailed"))) == ()
    assert lint(make_model()) == ()


@few
@given(models())
def test_every_problem_is_a_sentence_about_something_that_exists(model):
    for problem in lint(model):
        assert problem.key in model.guide or problem.key in model.question
        assert problem.sentence.endswith((".", "”."))


@pytest.mark.parametrize(
    "words",
    [
        {"app": "always", "mail": "always"},
        {"app": "never", "mail": "never", "phone": "never"},
        {"app": "usually", "mail": "usually", "phone": "sometimes"},
    ],
)
def test_words_that_cannot_all_be_true_are_serious(words):
    place = make_question("place", choices="app mail phone", normal="phone")
    model = good_model(good_guide(4, "error", expects={"place": words}), questions=(*QUESTIONS, place))
    assert ("FLOW-4", True) in found(model)


def test_normal_answers_that_cannot_all_be_true_are_serious():
    choices = tuple(Choice(slug, slug, f"You said {slug}.", Word.ALWAYS) for slug in ("yes", "no"))
    model = good_model(
        good_guide(4, "error", expects={"odd": {"yes": "never"}}),
        questions=(*QUESTIONS, Question("odd", "Odd?", choices)),
    )
    assert ("odd", True) in found(model)


def test_a_guide_that_says_too_little_is_named():
    model = good_model(make_guide(4, {"error": {"yes": "always"}, "live": {"yes": "never"}}, codes="Code4"))
    assert ("FLOW-4", False) in found(model)


def test_a_guide_without_a_mitigation_is_serious():
    assert ("FLOW-4", True) in found(good_model(good_guide(4, "error", remedies=())))


def test_a_guide_that_no_error_text_leads_to_is_named():
    assert ("FLOW-4", False) in found(good_model(good_guide(4, "error", codes="")))
    assert found(good_model(good_guide(4, "error", codes="", phrases=("it is blank",)))) == set()


def test_a_short_message_needs_essential_text():
    short = good_guide(4, "error", more_messages=(Message("short", "The <long placeholder name> failed."),))
    assert ("FLOW-4", True) in found(good_model(short))
    essential = good_guide(4, "error", more_messages=(Message("short", "The <name> failed.", ("failed",)),))
    assert found(good_model(essential)) == set()


def test_two_guides_that_no_question_tells_apart_are_named_with_both_titles():
    twin = good_guide(4, "live")
    (problem,) = lint(good_model(twin))
    assert "“Problem 1” and “Problem 4”" in problem.sentence


def test_two_guides_with_the_same_first_fix_need_not_be_told_apart():
    assert lint(good_model(good_guide(4, "live", fixes={"FIX-1": "usually"}))) == ()


def test_a_guide_that_its_own_answers_do_not_lead_to_is_named():
    often = [good_guide(number, "error", common=Word.ALWAYS) for number in range(4, 12)]
    hidden = make_guide(12, {question.slug: {"no": "usually"} for question in QUESTIONS}, codes="Code12")
    named = {
        problem.key for problem in lint(good_model(*often, hidden)) if "are led to other guides" in problem.sentence
    }
    assert "FLOW-12" in named
    assert not named & {"FLOW-1", "FLOW-2", "FLOW-3", "FLOW-4"}


def test_a_question_nobody_mentions_is_named():
    assert found(good_model(questions=(*QUESTIONS, make_question("idle")))) == {("idle", False)}


def test_a_question_that_only_a_mitigation_depends_on_is_fine():
    remedy = Remedy("FIX-1", Word.USUALLY, when=Condition("idle", "yes"))
    model = good_model(good_guide(4, "error", remedies=(remedy,)), questions=(*QUESTIONS, make_question("idle")))
    assert found(model) == set()


def with_idle(word, **fields):
    """A model with a question about which two guides say what anybody would answer, and one of them maybe more."""
    idle = make_question("idle", **fields)
    extra = [
        good_guide(4, "error", expects={"idle": {"no": "usually"}}),
        good_guide(5, "error", codes="Code5", expects={"idle": {"no": word}, "live": {"yes": "usually"}}),
    ]
    return good_model(*extra, questions=(*QUESTIONS, idle))


def test_a_question_of_which_no_answer_changes_an_order_is_named():
    model = with_idle("usually")
    assert never_change_order(model) == ("idle",)
    assert [problem.sentence for problem in lint(model) if problem.key == "idle"] == [
        "No answer to “Idle?” changes the order of the guides. Remove it or say more about it."
    ]


def test_a_question_that_changes_an_order_is_not_named():
    assert never_change_order(with_idle("never")) == ()


def test_a_question_that_only_tells_guides_with_the_same_error_apart_is_not_named():
    """Alone, no answer makes the last guide one of the seven likely ones; beside its error it comes first."""
    often = [make_guide(number, {"live": {"yes": "usually"}}, common=Word.ALWAYS) for number in range(1, 8)]
    rival, rare = make_guide(8, codes="Shared"), make_guide(9, {"idle": {"yes": "usually"}}, codes="Shared")
    questions = [make_question("idle")]
    assert never_change_order(make_model([*often, rival, rare], questions)) == ()
    assert never_change_order(make_model([*often, rival, replace(rare, codes=())], questions)) == ("idle",)


def test_a_question_on_which_another_depends_is_not_named():
    depending = make_question("then", only_if=("idle", "no"))
    model = with_idle("usually")
    model = make_model(
        [*model.guides, good_guide(6, "owner", expects={"then": {"yes": "always"}})], [*model.questions, depending]
    )
    assert never_change_order(model) == ()


def test_every_starter_question_can_change_an_order_and_every_two_starter_guides_are_told_apart():
    assert lint(Library.of(folder.read(folder.STARTER)).model) == ()


def paraphrased(group):
    questions = (*QUESTIONS, make_question("used", choices="no yes", group=group), make_question("in-use", group=group))
    extra = [
        good_guide(n, "error", expects={slug: {"yes": word} for slug in ("used", "in-use")})
        for n, word in ((4, "always"), (5, "never"))
    ]
    return good_model(*extra, questions=questions)


def test_paraphrases_outside_one_group_are_named():
    assert found(paraphrased("")) == {("in-use", False)}


def test_paraphrases_inside_one_group_are_fine():
    assert found(paraphrased("use")) == set()


def test_a_question_that_shares_the_group_it_depends_on_can_never_be_asked():
    questions = (
        *QUESTIONS[:3],
        make_question("error", group="text"),
        make_question("number", group="text", only_if=("error", "yes")),
    )
    model = good_model(good_guide(4, "error", expects={"number": {"yes": "always"}}), questions=questions)
    assert found(model) == {("number", True)}
