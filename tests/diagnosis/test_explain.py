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
from troubleshooter.diagnosis import explain
from troubleshooter.diagnosis.belief import weigh
from troubleshooter.diagnosis.model import Fact, Kind


def case_of(model, *facts):
    return weigh(model, frozenset(facts))


@few
@given(models(), evidence())
def test_shown_weights_add_up_to_the_log_odds(model, facts):
    case = weigh(model, facts)
    for hypothesis in range(len(case.hypotheses)):
        shown = [pair.weight for pair in explain.weights(case, hypothesis)]
        total = math.fsum(shown) + explain.prior_log_odds(case, hypothesis)
        assert total == pytest.approx(explain.log_odds(case, hypothesis), abs=1e-9)


@few
@given(models(), evidence())
def test_every_reason_is_a_sentence_about_a_fact_that_points_that_way(model, facts):
    case = weigh(model, facts)
    fallbacks = {"What you told us does not rule it out.", "Nothing you told us speaks against it."}
    for hypothesis in range(len(case.hypotheses)):
        weights = explain.weights(case, hypothesis)
        true = {
            explain.sentence(case, pair.fact) for pair in weights if pair.weight > 0 or pair.fact.kind is Kind.TRIED
        }
        reasons = explain.reasons_for(case, hypothesis)
        assert reasons
        assert set(reasons) <= true | fallbacks


def test_reasons_name_what_was_seen_strongest_first():
    model = make_model(
        [make_guide(1, {"live": {"yes": "always"}}, codes="TurnedOff"), make_guide(2)], [make_question("live")]
    )
    reasons = explain.reasons_for(case_of(model, code("TurnedOff"), answer("live", "yes")), 0)
    assert reasons == ("Your error has the code TurnedOff.", "You said yes to live.")


def test_each_kind_of_fact_reads_as_a_plain_sentence():
    guides = [
        make_guide(1, codes="401 0x80040265", messages={"gone": "The <thing> is\n gone"}, phrases=("it went away",)),
    ]
    case = case_of(make_model(guides))
    seen = [status("401"), Fact(Kind.HEX, "0x80040265"), message("gone"), message("FLOW-1")]
    sentences = [explain.sentence(case, fact) for fact in (*seen, about("FLOW-1"), tried("FIX-1"))]
    assert sentences == [
        "Your error has the HTTP status 401.",
        "Your error has the code 0x80040265.",
        "Your error has the message “The <thing> is gone”.",
        "Your text describes this problem.",
        "Some of your words point to it.",
        "You tried “Do FIX-1”: same error.",
    ]


def test_a_long_message_is_quoted_short():
    model = make_model([make_guide(1, messages={"long": "word " * 100})])
    assert len(explain.sentence(case_of(model), message("long"))) < 120


def test_unknown_codes_are_named_but_never_at_length():
    assert explain.unknown_sentence(unknown("NeverHeard")) == "We do not know the code NeverHeard yet."
    assert explain.unknown_sentence(unknown()) == "We do not know this error yet."
    assert len(explain.unknown_sentence(unknown("x" * 500))) < 120


def test_a_less_likely_guide_says_what_speaks_most_against_it():
    model = make_model(
        [make_guide(1, {"live": {"yes": "always"}}), make_guide(2, {"live": {"yes": "never"}})], [make_question("live")]
    )
    case = case_of(model, answer("live", "yes"))
    assert explain.reason_against(case, 1, 0) == "Less likely: you said yes to live."


def test_a_guide_behind_a_code_of_another_says_so():
    model = make_model([make_guide(1, codes="TurnedOff"), make_guide(2)])
    assert (
        explain.reason_against(case_of(model, code("TurnedOff")), 1, 0)
        == "Less likely: your error has the code TurnedOff."
    )


def test_a_failed_fix_is_named_as_a_reason_against():
    model = make_model([make_guide(1, fixes={"FIX-1": "always"}), make_guide(2)])
    against = explain.reason_against(case_of(model, tried("FIX-1")), 0, 1)
    assert against == "Less likely: you tried “Do FIX-1”: same error."


def test_nothing_known_gives_an_honest_reason():
    assert explain.reasons_for(case_of(make_model([make_guide(1)])), 0) == ("Nothing you told us speaks against it.",)


def test_a_guide_with_only_negative_evidence_claims_no_support():
    model = make_model([make_guide(1, {"live": {"yes": "never"}})], [make_question("live")])
    assert explain.reasons_for(case_of(model, answer("live", "yes")), 0) == ("What you told us does not rule it out.",)


def test_the_question_says_which_guides_it_tells_apart():
    model = make_model(
        [make_guide(1, {"live": {"yes": "always"}}), make_guide(2, {"live": {"no": "always"}}), make_guide(3)],
        [make_question("live", word="sometimes")],
    )
    why = explain.why_question(model, frozenset(), model.question["live"])
    assert why == "Your answer tells “Problem 1” and “Problem 2” apart."


def test_a_question_that_one_guide_mentions_shows_whether_it_fits():
    model = make_model(
        [make_guide(1, {"live": {"yes": "always"}}), make_guide(2)], [make_question("live", word="always")]
    )
    assert (
        explain.why_question(model, frozenset(), model.question["live"])
        == "Your answer shows whether “Problem 1” fits."
    )


def test_a_question_nobody_mentions_can_still_be_explained():
    model = make_model([make_guide(1)], [make_question("live")])
    assert explain.why_question(model, frozenset(), model.question["live"])


def test_answers_that_fit_badly_with_the_leader_are_offered_for_correction():
    model = make_model(
        [make_guide(1, {"live": {"yes": "always"}, "owner": {"yes": "always"}}, codes="TurnedOff"), make_guide(2)],
        [make_question("live"), make_question("owner", normal="no", word="always")],
    )
    facts = frozenset({code("TurnedOff"), answer("live", "no"), answer("owner", "yes")})
    assert explain.misfits(model, facts) == (answer("live", "no"),)
    assert explain.misfits(model, frozenset({answer("live", "yes")})) == ()
