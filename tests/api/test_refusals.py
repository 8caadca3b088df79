"""A call that cannot be answered gets a problem document in plain words, whatever was sent."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from tests.api.calls import DIAGNOSE, call, send
from tests.guides.factories import load_small_library

pytestmark = pytest.mark.django_db


def refused(response: HttpResponse, status: int) -> dict[str, Any]:
    """The content of a refusal, after checking what is true of each."""
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    assert response["Cache-Control"] == "no-store"
    content = response.json()
    assert content.keys() <= {"type", "title", "status", "detail", "field", "errors"}
    assert content["status"] == status
    assert content["detail"].endswith(".")
    return content


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "{",
        "{'text': 1}",
        '{"text": "cut',
        "nonsense",
        '{"text": "\n"}',
        b"\xff\xfe\xfa",
        b'{"text": "\xff"}',
        "1" * 5_000,
    ],
)
def test_a_body_that_is_no_json_is_refused(raw: str | bytes) -> None:
    refused(send(raw), 400)


def test_the_refusal_says_where_the_json_stops() -> None:
    assert refused(send('{"text": "a",\n oops}'), 400)["detail"] == "The body is not valid JSON (line 2, column 2)."


@pytest.mark.parametrize("opening", ["[", '{"text":', '{"answers":'])
def test_json_nested_a_hundred_thousand_deep_is_refused(opening: str) -> None:
    refused(send(opening * 100_000), 400)
    refused(send('{"text":' + "[" * 100_000 + "]" * 100_000 + "}"), 400)


@pytest.mark.parametrize("body", ["[]", '["text"]', "null", "1", '"text"', "true", "NaN", "1e999"])
def test_json_that_is_no_object_is_refused(body: str) -> None:
    assert "JSON object" in refused(send(body), 422)["detail"]


@pytest.mark.parametrize(
    ("case", "field"),
    [
        ({"text": 1}, "text"),
        ({"text": None}, "text"),
        ({"text": ["a"]}, "text"),
        ({"text": {"a": "b"}}, "text"),
        ({"text": True}, "text"),
        ({"answers": []}, "answers"),
        ({"answers": "flow-on"}, "answers"),
        ({"answers": None}, "answers"),
        ({"answers": {"flow-on": 1}}, "answers.flow-on"),
        ({"answers": {"flow-on": None}}, "answers.flow-on"),
        ({"answers": {"flow-on": ["off"]}}, "answers.flow-on"),
        ({"answers": {"flow-on": ""}}, "answers.flow-on"),
        ({"tried": ["FIX-1"]}, "tried"),
        ({"tried": {"FIX-1": True}}, "tried.FIX-1"),
        ({"tried": {"FIX-1": "worked"}}, "tried.FIX-1"),
        ({"texts": "a"}, "texts"),
        ({"text": "a", "held": "b"}, "held"),
        ({"text": "a\0b"}, "text"),
        ({"text": "\ud800"}, "text"),
        ({"answers": {"flow-on": "\udfff"}}, "answers.flow-on"),
        ({"answers": {"flow-on": "\0"}}, "answers.flow-on"),
    ],
)
def test_a_wrong_field_is_named(case: Any, field: str) -> None:
    assert refused(call(case), 422)["field"] == field


@pytest.mark.parametrize("case", [{"\ud800": "a"}, {"answers": {"\ud800": "a"}}, {"tried": {"a\0": "same"}}])
def test_a_strange_field_name_is_refused_and_repeated_as_valid_text(case: Any) -> None:
    field = refused(call(case), 422).get("field", "")
    assert field == field.encode(errors="replace").decode()


def test_the_fields_there_are_get_named() -> None:
    assert refused(call({"txt": "a"}), 422)["detail"] == "There is no such field. A call may hold text, answers, tried."


def test_all_wrong_fields_are_named_at_once() -> None:
    content = refused(call({"text": 1, "answers": {"flow-on": ""}, "txt": "a"}), 422)
    assert content["field"] == "text"
    assert [error["field"] for error in content["errors"]] == ["text", "answers.flow-on", "txt"]


def test_a_field_name_is_repeated_in_part_only() -> None:
    assert len(refused(call({"x" * 50_000: 1}), 422)["field"]) == 100


def test_the_last_of_equal_keys_counts() -> None:
    load_small_library()
    response = send('{"text": "nothing", "text": "FlowIsTurnedOff"}')
    assert response.status_code == 200
    assert response.json()["redacted_text"] == "FlowIsTurnedOff"


@pytest.mark.parametrize("field", ["answers", "tried"])
def test_too_many_answers_are_refused(field: str) -> None:
    entries = {f"x{number}": "same" for number in range(61)}
    assert refused(call({field: entries}), 422)["field"] == field


def test_too_many_answers_and_fixes_together_are_refused() -> None:
    half = {f"x{number}": "same" for number in range(31)}
    assert "60" in refused(call({"answers": half, "tried": half}), 422)["detail"]


def test_a_text_above_the_bound_is_refused() -> None:
    content = refused(call({"text": "a" * 100_001}), 413)
    assert (content["detail"], content["field"]) == ("The text is too long: 100,000 characters are allowed.", "text")


def test_a_body_of_ten_megabytes_is_refused_unread() -> None:
    class Unread(io.BytesIO):
        def read(self, *_: int) -> bytes:
            raise AssertionError("the body was read")

    stated = {"CONTENT_LENGTH": "10000000", "wsgi.input": Unread()}
    response = Client().generic("POST", DIAGNOSE, headers={"Content-Type": "application/json"}, **stated)
    assert "too large" in refused(response, 413)["detail"]


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_only_json_is_taken(content_type: str) -> None:
    assert "application/json" in refused(send("{}", content_type), 415)["detail"]


def test_json_with_a_charset_is_taken() -> None:
    assert send("{}", "application/json; charset=utf-8").status_code == 200


@pytest.mark.parametrize("method", ["get", "head", "put", "patch", "delete", "options", "trace"])
def test_other_methods_are_refused(method: str) -> None:
    response = getattr(Client(), method)(DIAGNOSE)
    assert response.status_code == 405
    assert response["Allow"] == "POST"
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["/api/v1/diagnose/", "/api/v1/nothing", "/api/v1/%00"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_other_addresses_are_refused(path: str, method: str) -> None:
    refused(getattr(Client(enforce_csrf_checks=True), method)(path), 404)


def test_a_post_to_the_root_is_refused() -> None:
    refused(Client(enforce_csrf_checks=True).post("/api/v1/"), 404)


def test_after_the_allowed_calls_an_address_has_to_wait(settings: Settings) -> None:
    settings.API_CALLS_A_MINUTE = 3
    assert [call().status_code for _ in range(3)] == [200, 200, 200]
    response = call()
    assert "Wait" in refused(response, 429)["detail"]
    assert response["Retry-After"] == "60"
    other = Client(REMOTE_ADDR="192.0.2.7").post(DIAGNOSE, json.dumps({}), content_type="application/json")
    assert other.status_code == 200


def test_an_address_cannot_pass_for_another_by_a_header(settings: Settings) -> None:
    settings.API_CALLS_A_MINUTE = 1
    assert call(X_Forwarded_For="192.0.2.1").status_code == 200
    refused(send("{}", **{"X-Forwarded-For": "192.0.2.2"}), 429)


def test_behind_our_proxy_the_address_is_the_one_the_proxy_saw(settings: Settings) -> None:
    settings.API_CALLS_A_MINUTE, settings.BEHIND_PROXY = 1, True
    assert call(X_Forwarded_For="192.0.2.1").status_code == 200
    assert call(X_Forwarded_For="192.0.2.2").status_code == 200
    refused(send("{}", **{"X-Forwarded-For": "192.0.2.9, 192.0.2.2"}), 429)


def test_no_key_cookie_or_token_is_needed() -> None:
    foreign = {"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"}
    assert send("{}", **foreign).status_code == 200
