"""Ten times as many guides make a turn slower, but not ten times; and what a row says is what was measured."""

from dataclasses import replace

import pytest

from guides import parsing
from guides.library import Library
from tests.bench import table
from tests.bench.growth import Growth, measured
from tests.bench.synthetic import Size, documents
from tests.bench.timing import percentile
from tests.bench.walks import TURNS, after, beginning
from troubleshooter.diagnosis.decide import diagnose


@pytest.fixture(scope="module")
def row() -> Growth:
    return measured(Size(20, 16), people=2)


def test_every_number_of_a_row_is_measured(row: Growth) -> None:
    assert all(getattr(row, name) > 0 for name, _head in table.COLUMNS)
    assert row.turn_p50_ms <= row.turn_p99_ms


def test_times_of_an_ordinary_machine_are_divided_and_room_is_not(row: Growth) -> None:
    ordinary = replace(row, slowness=4.0, turn_p99_ms=8.0, memory_mb=10.0).ordinary
    assert (ordinary.turn_p99_ms, ordinary.memory_mb) == (2.0, 10.0)


def test_a_turn_above_its_limit_fails_and_names_itself(row: Growth) -> None:
    slow = replace(row, size=Size(1_000, 200), slowness=2.0, turn_p99_ms=12.0, compile_s=0.1)
    failures = [why for figure in table.figures([slow]) for why in figure.failures(None)]
    assert failures == ["1,000 x 200 even: a turn, p99 is 6 ms, the limit is 5."]


def test_ten_times_as_many_guides_cost_less_than_ten_times_as_much_a_turn() -> None:
    small, large = measured(Size(20, 20), 2, texts=False), measured(Size(200, 20), 2, texts=False)
    assert large.turn_p50_ms / large.slowness < 10 * small.turn_p50_ms / small.slowness


@pytest.mark.parametrize("person", range(8))
def test_whatever_somebody_begins_with_every_turn_makes_more_known(person: int) -> None:
    model = Library.of(parsing.validate(kind, data) for kind, data in documents(Size(30, 40, hub=True))).model
    evidence = beginning(model, person)
    for _ in range(TURNS):
        more = after(diagnose(model, evidence), person)
        if more is None:
            break
        assert more > evidence
        evidence = more


def test_a_percentile_is_one_of_the_values() -> None:
    assert [percentile([3, 1, 2], percent) for percent in (0, 50, 99)] == [1, 2, 3]
