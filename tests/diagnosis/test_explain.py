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
from troubleshooter.diagnosis.agenda import Agenda
from troubleshooter.diagnosis.belief import weigh
from troubleshooter.diagnosis.model import Fact, Kind, Word


def case_of(model, *facts):
    return weigh(model, frozenset(facts))


@few
@given(models(), evidence())
def test_shown_weights_add_up_to_the_log_odds(model, facts):
    case = weigh(model, facts)
    for hypothesis in range(len(case.hypotheses)):
        shown = [pair.weight for pair in explain.weights(case, hypothesis)]
        total = math.fsum(shown) + explain.prior_log_odds(case, hypothesis)
        assert total == pytest.approx(math.log(case.belief.shares[hypothesis] / case.belief.other), abs=1e-9)


@few
@given(models(), evidence())
def test_every_reason_is_about_a_fact_of_the_evidence_that_points_the_way_it_says(model, facts):
    case = weigh(model, facts)
    for hypothesis in range(len(case.hypotheses)):
        counted = explain.weights(case, hypothesis)
        assert {pair.fact for pair in counted} <= facts
        speaking = {explain.sentence(case, pair.fact) for pair in counted if pair.weight > 0}
        against = [pair.fact for pair in counted if pair.weight < 0]
        for reason in explain.reasons_for(case, hypothesis):
            if reason == "Nothing you told us speaks against it.":
                assert not against
            elif reason == "What you told us does not rule it out.":
                assert against
            elif reason.startswith("But "):
                assert reason in {f"But y{explain.sentence(case, fact)[1:]}" for fact in against}
            else:
                assert reason in speaking


@few
@given(models(), evidence())
def test_what_makes_a_guide_less_likely_than_the_leader_really_does(model, facts):
    case = weigh(model, facts)
    leader = case.belief.leading[0] if case.belief.leading else None
    for hypothesis in case.belief.leading[1:]:
        reason = explain.reason_against(case, hypothesis, leader)
        gaps = {
            factor.fact: round(factor.weight(hypothesis) - factor.weight(leader), 9)
            for factor in case.factors
            if factor.weight(hypothesis) - factor.weight(leader) < -explain.NOTICEABLE
        }
        rarer = round(explain.prior_log_odds(case, hypothesis) - explain.prior_log_odds(case, leader), 9)
        if reason == "Less likely: this problem is rarer.":
            assert rarer < min(gaps.values(), default=-explain.NOTICEABLE)
        elif reason == "Less likely: other guides fit better.":
            assert not gaps
        else:
            worst = min(gaps, key=gaps.__getitem__)
            assert gaps[worst] <= rarer
            assert worst.kind in (Kind.ABOUT, Kind.MESSAGE) or explain.sentence(case, worst)[1:] in reason


@few
@given(models(), evidence())
def test_a_question_is_asked_for_guides_that_its_answers_really_move(model, facts):
    case = weigh(model, frozenset(fact for fact in facts if fact.kind is not Kind.TRIED))
    for asking in Agenda(case).askable:
        after = [_after(case, asking.question, choice.slug) for choice in asking.question.choices]
        after = [belief for belief in after if belief]
        reason = explain.why_asking(case, asking.question)
        named = [index for index, guide in enumerate(case.hypotheses) if f"“{guide.title}”" in reason]
        if len(after) < len(asking.question.choices) or not named:
            continue
        now = case.belief.shares
        for index in named:
            assert max(belief.shares[index] for belief in after) > now[index] > min(b.shares[index] for b in after)
        if len(named) == 2:
            one, other = named
            odds = [belief.shares[one] / belief.shares[other] for belief in after]
            assert max(odds) > 1.04 * min(odds)


def _after(case, question, choice):
    """The belief once a question is answered too; None where that takes other answers out of the evidence."""
    answers = {*case.known.answers, answer(question.slug, choice)}
    then = weigh(case.tables.model, frozenset({factor.fact for factor in case.factors} | answers))
    return then.belief if set(then.known.answers) == answers else None


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


def test_words_that_point_to_another_guide_are_no_reason_for_this_one():
    model = make_model([make_guide(1, phrases=("it stopped",)), make_guide(2)])
    assert explain.reason_against(case_of(model, about("FLOW-1")), 1, 0) == (
        "Less likely: some of your words point to another guide."
    )
    assert explain.reason_against(case_of(model, message("FLOW-1")), 1, 0) == (
        "Less likely: your text describes another problem."
    )


def test_a_much_rarer_problem_is_called_rarer_whatever_hardly_matters_beside_it():
    guides = [
        make_guide(1, {"live": {"yes": "usually"}}, common=Word.ALWAYS),
        make_guide(2, {"live": {"yes": "sometimes"}}, common=Word.NEVER),
    ]
    case = case_of(make_model(guides, [make_question("live")]), answer("live", "yes"))
    assert explain.reason_against(case, 1, 0) == "Less likely: this problem is rarer."


def test_a_fix_that_failed_is_told_as_what_speaks_against_a_guide_that_still_fits():
    model = make_model([make_guide(1, codes="TurnedOff", fixes={"FIX-1": "always", "FIX-2": "usually"})])
    reasons = explain.reasons_for(case_of(model, code("TurnedOff"), tried("FIX-1")), 0)
    assert reasons == ("Your error has the code TurnedOff.", "But you tried “Do FIX-1”: same error.")


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
