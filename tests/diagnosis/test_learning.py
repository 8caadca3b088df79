import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.diagnosis.factories import about, answer, code, make_guide, make_model, make_question, tried
from troubleshooter.diagnosis.belief import weigh
from troubleshooter.diagnosis.frequency import LARGEST_FACTOR
from troubleshooter.diagnosis.learning import WORTH_OF_WORDS, Vote, learned, taught
from troubleshooter.diagnosis.model import Model, Word

OFF = make_question("off")
MODEL = make_model(
    [
        make_guide(1, {"off": {"yes": "always"}}, codes="Alpha", fixes={"FIX-1": "always"}, common=Word.ALWAYS),
        make_guide(2, {"off": {"yes": "never"}}, codes="Beta", fixes={"FIX-2": "usually", "FIX-9": "usually"}),
        make_guide(3, codes="Gamma", fixes={"FIX-9": "usually"}, common=Word.RARELY),
        make_guide(4, codes="Delta", fixes={"FIX-4": "rarely"}, common=Word.NEVER),
    ],
    [OFF],
)
NOTHING = frozenset()

evidences = st.sampled_from([NOTHING, frozenset({code("Alpha")}), frozenset({answer("off", "yes")})])
votes = st.lists(
    st.builds(
        Vote,
        guide=st.sampled_from(["FLOW-1", "FLOW-2", "FLOW-3", "FLOW-4", "FLOW-99"]),
        mitigation=st.sampled_from(["FIX-1", "FIX-2", "FIX-4", "FIX-9", "FIX-99"]),
        worked=st.booleans(),
        evidence=evidences,
        weight=st.floats(0, 1),
    ),
    max_size=30,
)


def worked(mitigation: str, times: int = 1, *facts, guide: str = "FLOW-1", weight: float = 1.0) -> list[Vote]:
    return [Vote(guide, mitigation, True, frozenset(facts), weight)] * times


def stated_shares(model: Model) -> dict[str, float]:
    belief = weigh(model, NOTHING).belief
    return {
        guide.reference: share / (1 - belief.other)
        for guide, share in zip(model.hypotheses, belief.shares, strict=True)
    }


def test_without_votes_every_word_stands_as_it_was_said():
    assert {row.factor for row in learned(MODEL, []).values()} == {1.0}
    assert {row.votes for row in learned(MODEL, []).values()} == {0.0}


def test_a_fix_that_worked_makes_its_problem_commoner_and_all_others_rarer():
    rows = learned(MODEL, worked("FIX-4", 10))
    assert rows["FLOW-4"].factor > 1
    assert rows["FLOW-4"].votes == 10
    assert all(rows[other].factor < 1 and rows[other].votes == 0 for other in ("FLOW-1", "FLOW-2", "FLOW-3"))


def test_the_words_weigh_as_much_as_twenty_solved_cases():
    share = stated_shares(MODEL)["FLOW-1"]
    rows = learned(MODEL, worked("FIX-1", 20))
    assert WORTH_OF_WORDS == 20
    assert rows["FLOW-1"].factor * share == pytest.approx((share + 1) / 2)


def test_a_shared_fix_counts_for_all_that_share_it_by_what_is_known_of_the_case():
    rows = learned(MODEL, worked("FIX-9", 12, code("Alpha"), guide="FLOW-3"))
    assert rows["FLOW-2"].votes == pytest.approx(8), "sometimes against rarely common, the fix works equally often"
    assert rows["FLOW-3"].votes == pytest.approx(4)
    rows = learned(MODEL, worked("FIX-9", 12, code("Gamma"), guide="FLOW-2"))
    assert rows["FLOW-3"].votes > 11.9


@pytest.mark.parametrize("facts", [[], [answer("off", "unsure")], [tried("FIX-2")], [about("FLOW-3")]])
def test_where_nothing_led_to_the_guide_that_was_read_its_reading_is_a_hint(facts):
    rows = learned(MODEL, worked("FIX-9", 15, *facts, guide="FLOW-3"))
    assert rows["FLOW-3"].votes > 8, "a third if reading said nothing"
    assert rows["FLOW-2"].votes > 1, "no more than a hint: the fix may have helped with the other problem"
    assert rows["FLOW-2"].votes + rows["FLOW-3"].votes == pytest.approx(15)


def test_a_guide_that_something_known_led_to_is_not_counted_twice():
    facts = (answer("off", "no"),)
    assert learned(MODEL, worked("FIX-9", 15, *facts, guide="FLOW-3")) == learned(
        MODEL, worked("FIX-9", 15, *facts, guide="FLOW-2")
    )


def test_a_fix_that_failed_or_that_nobody_uses_any_more_counts_for_no_guide():
    failed = [Vote("FLOW-4", "FIX-4", False, NOTHING)] * 500
    assert learned(MODEL, failed + worked("FIX-99", 500)) == learned(MODEL, [])


def test_a_fix_that_failed_first_and_worked_later_counts_as_one_that_worked():
    assert learned(MODEL, worked("FIX-4", 3, tried("FIX-4"))) == learned(MODEL, worked("FIX-4", 3))


def test_old_votes_count_by_their_weight():
    assert learned(MODEL, worked("FIX-4", 8, weight=0.25)) == learned(MODEL, worked("FIX-4", 2))
    assert learned(MODEL, worked("FIX-4", 8, weight=0.0)) == learned(MODEL, [])


@pytest.mark.parametrize("mitigation", ["FIX-1", "FIX-2", "FIX-4", "FIX-9"])
def test_a_thousand_votes_for_one_fix_move_no_guide_further_than_the_bounds(mitigation):
    rows = learned(MODEL, worked(mitigation, 1_000))
    assert all(1 / LARGEST_FACTOR <= row.factor <= LARGEST_FACTOR for row in rows.values())


@given(votes)
def test_no_share_leaves_a_quarter_to_four_times_what_is_stated(said):
    rows, stated = learned(MODEL, said), stated_shares(MODEL)
    assert all(1 / LARGEST_FACTOR <= row.factor <= LARGEST_FACTOR for row in rows.values())
    assert math.fsum(rows[reference].factor * share for reference, share in stated.items()) == pytest.approx(1, 1e-4)


@given(votes, st.randoms(use_true_random=False))
def test_the_order_of_votes_does_not_matter(said, random):
    shuffled = random.sample(said, len(said))
    assert learned(MODEL, shuffled) == learned(MODEL, said)


def test_a_model_without_guides_learns_nothing():
    assert learned(make_model(), worked("FIX-1", 3)) == {}


def test_what_was_learned_multiplies_how_common_the_problem_is_said_to_be():
    plain = make_model([make_guide(1), make_guide(2)])
    taught = make_model([make_guide(1, learned=1.5), make_guide(2, learned=0.5)])
    assert stated_shares(plain) == pytest.approx({"FLOW-1": 0.5, "FLOW-2": 0.5})
    assert stated_shares(taught) == pytest.approx({"FLOW-1": 0.75, "FLOW-2": 0.25})
    assert weigh(taught, NOTHING).belief.other == weigh(plain, NOTHING).belief.other
    assert plain.guides != taught.guides, "a model that learned is not taken for the one it was"


def test_what_is_taken_back_for_one_guide_is_taken_back_at_once_and_in_full():
    """All others became rarer for the sake of the guide that lies spoke for; without it they have their room again."""
    stated = stated_shares(MODEL)
    rows = learned(MODEL, worked("FIX-1", 1_000) + worked("FIX-4", 10))
    assert stated_shares(taught(MODEL, rows))["FLOW-1"] > 1.3 * stated["FLOW-1"]
    back = stated_shares(taught(MODEL, {reference: row for reference, row in rows.items() if reference != "FLOW-1"}))
    assert back == pytest.approx(stated)


def test_where_a_guide_keeps_its_word_the_others_learn_as_if_nobody_had_spoken_for_it():
    lies, honest = worked("FIX-1", 1_000), worked("FIX-4", 10)
    kept = learned(MODEL, lies + honest, kept={"FLOW-1"})
    assert kept["FLOW-1"] == learned(MODEL, lies + honest)["FLOW-1"], "what is said about it can be looked at"
    alone, stated = learned(MODEL, honest, kept={"FLOW-1"}), stated_shares(MODEL)
    assert [kept[key].factor for key in stated if key != "FLOW-1"] == [
        alone[key].factor for key in stated if key != "FLOW-1"
    ]
    assert kept["FLOW-4"].factor > 1 > kept["FLOW-2"].factor


@given(votes, st.sets(st.sampled_from([guide.reference for guide in MODEL.guides])))
def test_whichever_guides_keep_their_word_no_other_leaves_the_bounds(said, kept):
    rows, stated = learned(MODEL, said), stated_shares(MODEL)
    now = stated_shares(taught(MODEL, {key: row for key, row in rows.items() if key not in kept}))
    assert all(now[reference] == pytest.approx(stated[reference]) for reference in kept)
    times = [now[reference] / share for reference, share in stated.items()]
    assert all(0.999 / LARGEST_FACTOR <= factor <= 1.001 * LARGEST_FACTOR for factor in times)
