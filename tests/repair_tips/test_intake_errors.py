"""Whatever shape a flow tells its errors in, each action that failed gives one text, without what went into it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from troubleshooter.repair_tips.errors import MOST_CHARACTERS, MOST_ERRORS, texts


def action(name: str = "Get_row", status: str = "Failed", **fields: Any) -> dict[str, Any]:
    """One action as `result('Scope')` lists it."""
    return {
        "name": name,
        "inputs": {"parameters": {"item": "salary of Anna"}},
        "outputs": {"statusCode": 404, "headers": {"x-ms-request-id": "1"}, "body": {"error": {"code": "NoSuchRow"}}},
        "startTime": "2026-03-09T08:14:58.1360838Z",
        "endTime": "2026-03-09T08:15:00.1368194Z",
        "trackingId": f"tracked-{name}",
        "clientTrackingId": "08585004363290835095277375624CU45",
        "code": "NotFound",
        "status": status,
        **fields,
    }


def test_only_actions_that_failed_are_errors() -> None:
    scope = [
        action("Compose", "Succeeded"),
        action("Get_row"),
        action("Wait", "TimedOut", code="ActionTimedOut"),
        action("Send", "Skipped", code="ActionBranchingConditionNotSatisfied"),
    ]
    first, second = texts(scope)
    assert "NoSuchRow" in first
    assert "ActionTimedOut" in second


def test_what_went_into_an_action_and_what_differs_from_run_to_run_is_left_out() -> None:
    (text,) = texts(action())
    assert json.loads(text) == {
        "name": "Get_row",
        "outputs": {"statusCode": 404, "body": {"error": {"code": "NoSuchRow"}}},
        "code": "NotFound",
        "status": "Failed",
    }


@pytest.mark.parametrize(
    "raw",
    [
        [action()],
        action(),
        {"Scope": [action()], "Other_scope": [action("Compose", "Succeeded")]},
        {"value": [action(), action("Compose", "Succeeded")]},
        json.dumps([action()]),
        json.dumps(json.dumps([action()])),
        [[action()], [action("Compose", "Cancelled")]],
    ],
)
def test_lists_objects_and_texts_of_them_say_the_same(raw: Any) -> None:
    assert texts(raw) == texts([action()])


@pytest.mark.parametrize(
    "raw",
    [
        {"statusCode": 502, "headers": {"Via": "1.1"}, "body": {"error": {"code": "NoResponse"}}},
        {"error": {"code": "NoResponse", "message": "The server did not answer."}},
        {"code": "NoResponse", "message": "The server did not answer."},
    ],
)
def test_outputs_and_bodies_are_errors_of_their_own(raw: Any) -> None:
    (text,) = texts(raw)
    assert "NoResponse" in text
    assert "Via" not in text


def test_a_plain_text_stays_as_it_is() -> None:
    assert texts("The flow was turned off.\n{see above}") == ["The flow was turned off.\n{see above}"]


def test_a_cut_json_stays_a_text() -> None:
    cut = '[{"name": "Get_row", "code": "NotFou'
    assert texts(cut) == [cut]


@pytest.mark.parametrize("raw", ["", "  ", [], {}, None, [None], 404, [action("Compose", "Succeeded")], "[]"])
def test_nothing_that_failed_is_no_error(raw: Any) -> None:
    assert texts(raw) == []


def test_a_scope_that_only_repeats_what_failed_inside_is_no_error_of_its_own() -> None:
    inner = {"code": "ActionFailed", "message": "An action failed. No dependent actions succeeded."}
    echo = {"name": "Inner", "status": "Failed", "code": "ActionFailed", "error": inner}
    assert texts([echo, action()]) == texts([action()])
    assert len(texts([echo])) == 1


def test_a_loop_that_failed_in_the_same_way_each_time_is_one_error() -> None:
    assert len(texts([action(trackingId=str(number)) for number in range(50)])) == 1


def test_ten_errors_and_a_hundred_thousand_characters_are_enough() -> None:
    assert len(texts([f"error {number}" for number in range(50)])) == MOST_ERRORS
    long = texts([letter * 30_000 for letter in "abcdef"])
    assert sum(map(len, long)) == MOST_CHARACTERS


def test_what_is_nested_too_deeply_is_cut_and_breaks_nothing() -> None:
    deep: Any = "the end"
    for _ in range(2_000):
        deep = {"error": deep}
    assert len(texts(deep)) == 1
    assert "the end" not in texts(deep)[0]
    assert texts("[" * 90_000) == ["[" * 90_000]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda parts: st.lists(parts) | st.dictionaries(st.sampled_from(["status", "error", "code", "value", "x"]), parts),
    max_leaves=30,
)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(JSON)
def test_any_json_gives_texts(raw: Any) -> None:
    assert all(isinstance(text, str) and text for text in texts(raw))
