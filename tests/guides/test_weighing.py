"""What counted is shown with numbers that add up, in words that say the same as the numbers."""

from __future__ import annotations

import math

import pytest
from hypothesis import given

from guides.weighing import Cell, weighing
from tests.diagnosis.factories import about, answer, code, make_guide, make_model, make_question, message
from tests.diagnosis.strategies import evidence, few, models
from troubleshooter.diagnosis import explain
from troubleshooter.diagnosis.belief import weigh
from troubleshooter.diagnosis.model import Evidence, Model


@few
@given(models(), evidence())
def test_the_numbers_shown_add_up_to_the_score_shown_and_that_is_the_belief(model: Model, facts: Evidence) -> None:
    shown = weighing(model, facts)
    if shown is None:
        assert not model.hypotheses
        return
    case, belief = weigh(model, facts), weigh(model, facts).belief
    for column, guide in enumerate(shown.guides):
        assert sum(row.cells[column].tenths for row in shown.rows) == shown.total[column].tenths
        index = case.hypotheses.index(guide)
        decibans = 10 * math.log10(belief.shares[index] / belief.other)
        assert shown.total[column].tenths / 10 == pytest.approx(decibans, abs=0.051)
        exact = [explain.prior_log_odds(case, index), *(pair.weight for pair in explain.weights(case, index))]
        for row, nats in zip(shown.rows, exact, strict=True):
            assert row.cells[column].tenths / 10 == pytest.approx(10 * nats / math.log(10), abs=0.101)


@pytest.mark.parametrize(
    ("tenths", "word", "number"),
    [
        (348, "strongly for", "+34.8"),
        (42, "for", "+4.2"),
        (3, "hardly counts", "+0.3"),
        (0, "says nothing", "0"),
        (-17, "against", "-1.7"),
        (-128, "strongly against", "-12.8"),
    ],
)
def test_a_weight_is_a_word_and_a_number(tenths: int, word: str, number: str) -> None:
    assert (Cell(tenths).word, Cell(tenths).number) == (word, number)


def test_the_leader_stands_beside_the_guide_that_is_asked_about_or_the_second() -> None:
    model = make_model(
        [
            make_guide(1, {"live": {"yes": "always"}}, codes="TurnedOff"),
            make_guide(2, {"live": {"yes": "never"}}),
            make_guide(3, {"live": {"yes": "usually"}}),
        ],
        [make_question("live", word="sometimes")],
    )
    facts = frozenset({code("TurnedOff"), answer("live", "yes")})
    found, chosen = weighing(model, facts), weighing(model, facts, "FLOW-2")
    assert found is not None
    assert chosen is not None
    assert [guide.reference for guide in found.guides] == ["FLOW-1", "FLOW-3"]
    assert [guide.reference for guide in chosen.guides] == ["FLOW-1", "FLOW-2"]
    assert [row.what for row in chosen.rows] == [
        "How common the problem is",
        "Your error has the code TurnedOff.",
        "You said yes to live.",
    ]
    assert [cell.word for cell in chosen.rows[1].cells] == ["strongly for", "says nothing"]
    assert [cell.word for cell in chosen.rows[2].cells] == ["for", "strongly against"]


def test_words_that_point_to_a_guide_name_it() -> None:
    model = make_model([make_guide(1, phrases=("it stopped",)), make_guide(2)])
    for fact in (about("FLOW-1"), message("FLOW-1")):
        shown = weighing(model, frozenset({fact}))
        assert shown is not None
        assert shown.rows[1].what == "Words that point to “Problem 1”"


def test_without_guides_nothing_is_weighed() -> None:
    assert weighing(make_model([]), frozenset()) is None
