import math

import pytest
from hypothesis import given

from tests.diagnosis.factories import (
    about,
    answer,
    code,
    make_guide,
    make_model,
    make_question,
    message,
    status,
    tried,
    unknown,
)
from tests.diagnosis.strategies import evidence, few, models
from troubleshooter.diagnosis.belief import weigh
from troubleshooter.diagnosis.model import TEXT_GROUP, UNSURE, Code, Condition, Fact, Kind, Remedy, Word
from troubleshooter.diagnosis.tables import compiled


def share(model, reference, *facts):
    belief = weigh(model, frozenset(facts)).belief
    return belief.shares[compiled(model).index[reference]]


def two_guides(**question):
    return make_model([make_guide(1, {"live": {"yes": "always"}}), make_guide(2)], [make_question("live", **question)])


@few
@given(models(), evidence())
def test_shares_are_a_distribution_whatever_the_evidence(model, facts):
    belief = weigh(model, facts).belief
    assert math.fsum(belief.shares) + belief.other == pytest.approx(1)
    assert all(0 < part < 1 for part in (*belief.shares, belief.other))


@few
@given(models(), evidence())
def test_the_same_evidence_in_another_model_object_gives_the_same_belief(model, facts):
    again = make_model(model.guides, model.questions, {fix.reference: fix.minutes for fix in model.mitigations})
    assert weigh(model, facts).belief == weigh(again, frozenset(sorted(facts))).belief


def test_without_evidence_the_common_words_decide():
    model = make_model([make_guide(1, common=Word.RARELY), make_guide(2, common=Word.ALWAYS)])
    assert share(model, "FLOW-2") == pytest.approx(8 * share(model, "FLOW-1"))
    assert weigh(model, frozenset()).belief.other == pytest.approx(0.08)


def test_guides_that_do_not_say_how_common_they_are_start_equal():
    model = make_model([make_guide(1), make_guide(2)])
    assert share(model, "FLOW-1") == share(model, "FLOW-2") == pytest.approx(0.46)


def test_an_answer_raises_the_guide_that_always_gets_it():
    model = two_guides(normal="no")
    assert share(model, "FLOW-1", answer("live", "yes")) > share(model, "FLOW-1")
    assert share(model, "FLOW-1", answer("live", "no")) < share(model, "FLOW-1")


def test_a_silent_guide_moves_exactly_as_something_else_does():
    model = two_guides()
    before, after = weigh(model, frozenset()).belief, weigh(model, frozenset({answer("live", "yes")})).belief
    assert after.shares[1] / after.other == pytest.approx(before.shares[1] / before.other)


def test_the_normal_answer_tells_less_than_the_unusual_one():
    model = two_guides(normal="yes", word="always")
    usual, unusual = share(model, "FLOW-1", answer("live", "yes")), share(model, "FLOW-1", answer("live", "no"))
    start = share(model, "FLOW-1")
    assert abs(usual - start) < 0.01
    assert abs(unusual - start) < 0.01, "the guide says what everybody says, so neither answer tells anything"


def test_choices_a_guide_does_not_name_part_the_rest_as_the_normal_answers_do():
    question = make_question("place", choices="app phone mail", normal="phone", word="always")
    model = make_model([make_guide(1, {"place": {"app": "usually"}}), make_guide(2)], [question])
    told = {choice: share(model, "FLOW-1", answer("place", choice)) for choice in ("app", "phone", "mail")}
    assert told["app"] > share(model, "FLOW-1") > told["phone"]
    assert told["mail"] < told["app"]


def test_no_single_answer_excludes_a_guide_for_good():
    model = make_model(
        [make_guide(1, {"live": {"yes": "never"}}), make_guide(2)], [make_question("live", normal="yes")]
    )
    assert share(model, "FLOW-1", answer("live", "yes")) > 0.01


def test_not_sure_changes_nothing():
    model = two_guides()
    assert weigh(model, frozenset({answer("live", UNSURE)})).belief == weigh(model, frozenset()).belief


def test_a_code_outweighs_two_answers_against_it():
    questions = [make_question("live"), make_question("owner")]
    guides = [make_guide(1, {"live": {"yes": "never"}, "owner": {"yes": "never"}}, codes="TurnedOff"), make_guide(2)]
    facts = (code("TurnedOff"), answer("live", "yes"), answer("owner", "yes"))
    assert share(make_model(guides, questions), "FLOW-1", *facts) > 0.8


def test_a_code_beats_a_message_beats_a_status():
    guides = [
        make_guide(1, codes="TurnedOff"),
        make_guide(2, messages={"m": "long enough"}),
        make_guide(3, codes="401"),
    ]
    model = make_model(guides)
    order = [
        share(model, f"FLOW-{n}", fact) for n, fact in ((1, code("TurnedOff")), (2, message("m")), (3, status("401")))
    ]
    assert order == sorted(order, reverse=True)
    assert share(model, "FLOW-1", code("TurnedOff"), message("m"), status("401")) == order[0]


def test_a_phrase_is_only_a_hint():
    model = make_model([make_guide(1, phrases=("it stopped",)), make_guide(2)])
    assert 0.8 < share(model, "FLOW-1", message("FLOW-1")) < 0.95


def test_words_about_a_guide_raise_it_a_little():
    model = make_model([make_guide(1), make_guide(2)])
    assert share(model, "FLOW-1") < share(model, "FLOW-1", about("FLOW-1")) < 0.8


def test_a_fork_is_no_hypothesis_and_its_code_speaks_for_its_targets():
    guides = [
        make_guide(1),
        make_guide(2),
        make_guide(3),
        make_guide(4, targets=("FLOW-1", "FLOW-2"), codes="InstallFailed"),
    ]
    model = make_model(guides)
    assert len(weigh(model, frozenset()).belief.shares) == 3
    belief = weigh(model, frozenset({code("InstallFailed")})).belief
    assert belief.shares[0] == belief.shares[1] > 100 * belief.shares[2]


def test_an_unknown_code_raises_something_else_and_silences_a_status():
    model = make_model([make_guide(1, codes="401"), make_guide(2)])
    belief = weigh(model, frozenset({unknown("NeverHeard"), status("401")})).belief
    assert belief.other > 0.25
    assert belief.shares[0] == belief.shares[1]


def test_a_text_with_nothing_known_in_it_leaves_its_status_standing():
    model = make_model([make_guide(1, codes="401"), make_guide(2)])
    assert share(model, "FLOW-1", unknown(), status("401")) > share(model, "FLOW-2", unknown(), status("401"))


def test_only_the_first_question_of_a_group_counts():
    questions = [make_question("live", group="use"), make_question("used", group="use")]
    model = make_model(
        [make_guide(1, {"live": {"yes": "always"}, "used": {"yes": "always"}}), make_guide(2)], questions
    )
    once, twice = frozenset({answer("live", "yes")}), frozenset({answer("live", "yes"), answer("used", "yes")})
    assert weigh(model, once).belief == weigh(model, twice).belief


def test_in_a_group_an_answer_counts_where_the_first_question_was_not_sure():
    questions = [make_question("live", group="use"), make_question("used", group="use")]
    model = make_model([make_guide(1, {"used": {"yes": "always"}}), make_guide(2)], questions)
    assert share(model, "FLOW-1", answer("live", UNSURE), answer("used", "yes")) > share(model, "FLOW-1")


def test_answers_about_the_text_do_not_count_beside_an_observation():
    questions = [make_question("says", group=TEXT_GROUP)]
    model = make_model([make_guide(1, {"says": {"yes": "always"}}, codes="401"), make_guide(2, codes="Off")], questions)
    assert share(model, "FLOW-1", answer("says", "yes")) > share(model, "FLOW-1")
    assert (
        weigh(model, frozenset({code("Off"), answer("says", "yes")})).belief
        == weigh(model, frozenset({code("Off")})).belief
    )


def test_an_answer_whose_condition_was_answered_differently_does_not_count():
    questions = [make_question("error"), make_question("number", only_if=("error", "yes"))]
    model = make_model([make_guide(1, {"number": {"yes": "always"}}), make_guide(2)], questions)
    assert share(model, "FLOW-1", answer("number", "yes")) > share(model, "FLOW-1")
    stale = frozenset({answer("error", "no"), answer("number", "yes")})
    assert weigh(model, stale).belief == weigh(model, frozenset({answer("error", "no")})).belief


def test_conditions_in_a_circle_do_no_harm():
    questions = [make_question("one", only_if=("two", "yes")), make_question("two", only_if=("one", "yes"))]
    model = make_model([make_guide(1, {"one": {"yes": "always"}})], questions)
    assert share(model, "FLOW-1", answer("one", "yes"), answer("two", "yes")) > share(model, "FLOW-1")


def test_a_fix_that_failed_lowers_every_guide_that_it_should_have_cured():
    guides = [make_guide(1, fixes={"FIX-1": "always"}), make_guide(2, fixes={"FIX-1": "rarely"}), make_guide(3)]
    model = make_model(guides)
    assert share(model, "FLOW-1", tried("FIX-1")) < 0.1
    assert share(model, "FLOW-2", tried("FIX-1")) > share(model, "FLOW-2")


@pytest.mark.parametrize("result", ["new", "could-not"])
def test_other_results_of_a_fix_tell_nothing_about_the_problem(result):
    model = make_model([make_guide(1), make_guide(2)])
    assert weigh(model, frozenset({tried("FIX-1", result)})).belief == weigh(model, frozenset()).belief


def test_a_fix_that_an_answer_rules_out_tells_little_when_it_fails():
    remedy = Remedy("FIX-1", Word.ALWAYS, when=Condition("live", "yes"))
    model = make_model(
        [make_guide(1, {"live": {"yes": "usually"}}, remedies=(remedy,)), make_guide(2)], [make_question("live")]
    )
    fall = {
        known: share(model, "FLOW-1", *known) - share(model, "FLOW-1", *known, tried("FIX-1"))
        for known in ((), (answer("live", "yes"),), (answer("live", "no"),))
    }
    ruled_out, open_, called_for = sorted(fall.values())
    assert list(fall.values()) == [open_, called_for, ruled_out]
    assert 0 < ruled_out < 0.1 < called_for


def test_all_fixes_of_a_guide_that_failed_weigh_as_much_in_any_order():
    """Which of two cases is true may be unknown; that both their fixes failed speaks against the guide as a whole."""
    remedies = tuple(
        Remedy(fix, Word.ALWAYS, when=Condition("live", choice)) for fix, choice in (("FIX-1", "yes"), ("FIX-2", "no"))
    )
    model = make_model(
        [make_guide(1, remedies=remedies), make_guide(2, fixes={"FIX-3": "always"})], [make_question("live")]
    )
    both = share(model, "FLOW-1", tried("FIX-1"), tried("FIX-2"))
    left = 0.04 * share(model, "FLOW-1")
    assert both == pytest.approx(left / (left + 1 - share(model, "FLOW-1")))


def test_contradictory_facts_are_settled_by_curator_order():
    model = two_guides()
    both = frozenset({answer("live", "no"), answer("live", "yes"), answer("live", UNSURE)})
    assert weigh(model, both).known.answers == (answer("live", "yes"),)
    results = frozenset({tried("FIX-1", "new"), tried("FIX-1", "same")})
    assert weigh(model, results).known.tried == (tried("FIX-1", "same"),)


def test_of_two_codes_the_first_in_curator_order_counts_whatever_its_spelling():
    model = make_model([make_guide(1, codes="Zulu"), make_guide(2, more_codes=(Code("Alpha"),))])
    assert weigh(model, frozenset({code("Alpha"), code("zulu")})).known.observation == code("zulu")


def test_facts_that_the_model_does_not_know_change_nothing():
    model = two_guides()
    strange = {
        code("Gone"),
        answer("retired", "yes"),
        answer("live", "perhaps"),
        tried("FIX-77"),
        Fact(Kind.ABOUT, "FLOW-77"),
    }
    assert weigh(model, frozenset(strange)).belief == weigh(model, frozenset()).belief


def test_a_fix_under_an_unanswered_condition_is_hoped_for_as_often_as_the_answer_is_likely():
    remedies = (Remedy("FIX-1", Word.ALWAYS, when=Condition("live", "yes")), Remedy("FIX-2", Word.SOMETIMES))
    rare = make_model([make_guide(1, {"live": {"yes": "rarely"}}, remedies=remedies)], [make_question("live")])
    common = make_model([make_guide(1, {"live": {"yes": "usually"}}, remedies=remedies)], [make_question("live")])
    first = [weigh(model, frozenset()).mitigation(0) for model in (rare, common)]
    assert first == ["FIX-2", "FIX-1"]
    assert weigh(rare, frozenset({answer("live", "yes")})).mitigation(0) == "FIX-1"


def test_a_condition_on_a_question_that_is_not_live_holds_nothing_back():
    remedy = Remedy("FIX-1", Word.ALWAYS, when=Condition("retired", "yes"))
    assert weigh(make_model([make_guide(1, remedies=(remedy,))]), frozenset()).mitigation(0) == "FIX-1"
