"""What is suggested for the text of a ticket."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from guides import knowledge
from tests.guides.factories import load_small_library

pytestmark = pytest.mark.django_db


def send(body: Any) -> HttpResponse:
    return Client(enforce_csrf_checks=True).post(
        "/api/v1/suggestions", json.dumps(body), content_type="application/json"
    )


def suggested(text: str) -> dict[str, Any]:
    response = send({"text": text})
    assert response.status_code == 200, response.content
    return response.json()


def test_a_ticket_gets_guides_with_reasons_and_links_that_last() -> None:
    load_small_library()
    answer = suggested("Dear team,\nsince Monday it says FlowIsTurnedOff.\nThanks, Jo Bloggs, jo@contoso.com")
    assert (answer["match"], len(answer["guides"])) == ("exact", 1)
    guide = answer["guides"][0]
    assert guide["reasons"] == ["Your error has the code FlowIsTurnedOff."]
    assert (guide["url"], guide["mitigation"]) == ("http://testserver/g/FLOW-1/", "FIX-1")
    assert guide["mitigation_url"] == "http://testserver/g/FLOW-1/FIX-1/"
    assert Client().get(guide["mitigation_url"])["Location"] == "/guides/flow-turned-off/#FIX-1"


def test_the_note_is_ready_for_the_ticket_and_repeats_nothing_personal() -> None:
    load_small_library()
    note = suggested("FlowIsTurnedOff, says Jo Bloggs, jo@contoso.com")["note"]
    assert "1. Turn the flow back on (FLOW-1): http://testserver/g/FLOW-1/" in note
    assert "Try first: Turn on the flow (FIX-1): http://testserver/g/FLOW-1/FIX-1/" in note
    assert "Bloggs" not in note
    assert "contoso" not in note


@pytest.mark.usefixtures("starter_content")
def test_every_guide_that_shares_a_message_is_suggested() -> None:
    answer = suggested("Connection reference 'shared_office365' was not given by invoker.")
    assert {guide["reference"] for guide in answer["guides"]} == {"FLOW-6", "FLOW-7"}
    assert answer["note"].startswith("These guides may help")


@pytest.mark.usefixtures("starter_content")
def test_plain_words_are_enough() -> None:
    answer = suggested("Hi, somebody switched off our flow last week and now the button does nothing.")
    assert answer["guides"][0]["reference"] == "FLOW-3"


@pytest.mark.parametrize("text", ["My printer is out of paper.", "   ", "BrandNewErrorCode", "?"])
def test_nothing_is_suggested_that_nothing_points_to(text: str) -> None:
    load_small_library()
    answer = suggested(text)
    assert (answer["match"], answer["guides"]) == (None, [])
    assert answer["note"].endswith(answer["url"])
    assert Client().get(answer["url"]).status_code == 200


@pytest.mark.parametrize("body", [{}, {"text": ""}, {"text": 1}, {"text": "a\0"}, {"text": "x", "more": 1}, [], None])
def test_what_is_no_text_is_refused(body: Any) -> None:
    response = send(body)
    assert (response.status_code, response["Content-Type"]) == (422, "application/problem+json")


def test_an_empty_text_is_refused_in_plain_words() -> None:
    assert send({"text": ""}).json()["detail"] == "Write something here."


def test_a_text_above_the_bound_is_refused() -> None:
    assert send({"text": "a" * 100_001}).status_code == 413


def test_a_long_text_is_read_at_both_ends_and_the_answer_says_so() -> None:
    load_small_library()
    answer = suggested("word " * 10_000 + "FlowIsTurnedOff")
    assert (answer["guides"][0]["reference"], len(answer["notes"])) == ("FLOW-1", 1)


def test_a_suggestion_takes_one_query_and_is_not_kept(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    load_small_library()
    knowledge.current()
    with django_assert_num_queries(1):
        response = send({"text": "FlowIsTurnedOff"})
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies
