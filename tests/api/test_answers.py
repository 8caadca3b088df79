"""What the API answers to a case."""

from __future__ import annotations

import html
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from guides import knowledge
from tests.api.calls import call
from tests.guides.factories import load_small_library
from troubleshooter.diagnosis import address

pytestmark = pytest.mark.django_db


def answered(body: Any = None) -> dict[str, Any]:
    response = call(body)
    assert response.status_code == 200, response.content
    return response.json()


def test_a_code_opens_its_guide() -> None:
    load_small_library()
    answer = answered({"text": "It says FlowIsTurnedOff again."})
    assert (answer["turn"], answer["match"]) == ("open", "exact")
    first = answer["guides"][0]
    assert first["reference"] == "FLOW-1"
    assert first["slug"] == "flow-turned-off"
    assert first["title"] == "Turn the flow back on"
    assert first["url"] == "/guides/flow-turned-off/"
    assert first["match"] == "exact"
    assert first["mitigation"] == "FIX-1"
    assert first["reasons"]
    assert answer["question"] is None
    assert answer["at_most"] is None
    assert answer["url"] == "/diagnose/?code=FlowIsTurnedOff"
    assert answer["content_version"] == knowledge.current().version


def test_spans_point_into_the_redacted_text() -> None:
    load_small_library()
    answer = answered({"text": "Mail from jo.bloggs@example.com: FlowIsTurnedOff"})
    assert "jo.bloggs" not in answer["redacted_text"]
    code = next(piece for piece in answer["evidence"] if piece["kind"] == "code")
    start, end = code["span"]
    assert answer["redacted_text"][start:end] == code["value"] == "FlowIsTurnedOff"


def test_an_empty_case_gets_the_first_question_with_all_choices_of_the_page() -> None:
    load_small_library()
    answer = answered()
    assert (answer["turn"], answer["match"], answer["url"]) == ("ask", None, "/diagnose/")
    assert answer["question"]["slug"] == "flow-on"
    assert answer["question"]["text"] == "Is the flow turned on?"
    assert [choice["slug"] for choice in answer["question"]["choices"]] == ["on", "off", "unsure"]
    assert answer["at_most"] == 0
    assert answer["redacted_text"] == ""


def test_answers_and_tried_fixes_are_evidence_and_part_of_the_address() -> None:
    load_small_library()
    answer = answered({"text": "FlowIsTurnedOff", "answers": {"flow-on": "off"}, "tried": {"FIX-1": "same"}})
    assert [(piece["kind"], piece["value"], piece["span"]) for piece in answer["evidence"]] == [
        ("code", "FlowIsTurnedOff", [0, 15]),
        ("answer", "flow-on=off", None),
        ("tried", "FIX-1=same", None),
    ]
    assert answer["url"] == "/diagnose/?code=FlowIsTurnedOff&q.flow-on=off&tried=FIX-1.same"
    assert answer["notes"] == []


def test_not_sure_is_an_answer_to_every_question() -> None:
    load_small_library()
    answer = answered({"answers": {"flow-on": "unsure"}})
    assert [piece["value"] for piece in answer["evidence"]] == ["flow-on=unsure"]
    assert answer["notes"] == []


@pytest.mark.parametrize(
    "case",
    [
        {"answers": {"no-such-question": "yes"}},
        {"answers": {"flow-on": "no-such-choice"}},
        {"tried": {"FIX-999": "same"}},
        {"tried": {"FLOW-1": "new"}},
        {"answers": {"x" * 5_000: "yes"}},
        {"answers": {"flow-on": "x" * 5_000}},
    ],
)
def test_what_is_not_known_any_more_is_left_out_with_a_note(case: dict[str, Any]) -> None:
    load_small_library()
    answer = answered(case)
    assert answer["evidence"] == []
    assert len(answer["notes"]) == 1
    assert len(answer["notes"][0]) < 200


def test_the_notes_are_those_of_the_page() -> None:
    load_small_library()
    _, notes = address.from_query([("q.gone", "yes"), ("tried", "FIX-9.same")], knowledge.current().model)
    assert answered({"answers": {"gone": "yes"}, "tried": {"FIX-9": "same"}})["notes"] == list(notes)


def test_a_long_text_is_read_at_both_ends_and_the_answer_says_so() -> None:
    load_small_library()
    answer = answered({"text": "word " * 19_990 + " FlowIsTurnedOff"})
    assert answer["guides"][0]["reference"] == "FLOW-1"
    assert answer["notes"] == ["The text is long, so we read its beginning and its end."]


def test_a_hundred_thousand_characters_are_read() -> None:
    load_small_library()
    assert answered({"text": "\U0001f600" * 100_000})["redacted_text"]


def test_without_guides_the_answer_says_that_none_fits() -> None:
    answer = answered({"text": "FlowIsTurnedOff"})
    assert (answer["turn"], answer["guides"], answer["content_version"]) == ("hand-over", [], 0)
    assert answer["reason"]


def test_guides_that_are_not_published_are_not_there() -> None:
    guide = load_small_library()
    guide.title = "A draft nobody may see"
    guide.save()
    assert "draft" not in call({"text": "FlowIsTurnedOff"}).content.decode()


@pytest.mark.parametrize("body", [{}, {"text": "FlowIsTurnedOff"}, {"answers": {"flow-on": "off"}}])
def test_a_call_asks_the_database_once(body: dict[str, Any], django_assert_num_queries: DjangoAssertNumQueries) -> None:
    load_small_library()
    knowledge.current()
    with django_assert_num_queries(1):
        answered(body)


def test_the_answer_may_not_be_kept_and_sets_no_cookie() -> None:
    load_small_library()
    response = call({"text": "FlowIsTurnedOff"})
    assert response["Cache-Control"] == "no-store"
    assert response["Content-Type"].startswith("application/json")
    assert not response.cookies


def test_the_same_case_has_the_same_answer() -> None:
    load_small_library()
    case = {"text": "Cannot run 'x': the trigger is not enabled.", "answers": {"flow-on": "off"}}
    assert answered(case) == answered(case)


@pytest.mark.usefixtures("starter_content")
def test_the_page_gives_every_starter_sample_the_same_diagnosis() -> None:
    samples = [sample.text for guide in knowledge.current().library.guides.values() for sample in guide.samples]
    assert len(samples) > 10
    for text in samples:
        check_against_page(text)


@pytest.mark.parametrize("text", ["", "Nothing that anybody knows", "BrandNewErrorCode", "word FlowIsTurnedOff " * 999])
def test_the_page_gives_other_texts_the_same_diagnosis(text: str) -> None:
    load_small_library()
    check_against_page(text, answers={"flow-on": "off"}, tried={"FIX-1": "new"})


def check_against_page(text: str, answers: dict[str, str] | None = None, tried: dict[str, str] | None = None) -> None:
    """Paste the text on the page and send it to the API: both must know the same and do the same next."""
    answer = answered({"text": text, "answers": answers or {}, "tried": tried or {}})
    form = {
        "text": text,
        **{f"q.{question}": choice for question, choice in (answers or {}).items()},
        "tried": [f"{fix}.{result}" for fix, result in (tried or {}).items()],
    }
    pasted = Client(headers={"Sec-Fetch-Site": "same-origin"}).post(
        "/diagnose/", urlencode(form, doseq=True), content_type="application/x-www-form-urlencoded"
    )
    assert pasted.status_code == 303
    page = urlsplit(pasted["Location"])
    known = [pair for pair in parse_qsl(page.query) if pair[0] != "held"]
    assert known == parse_qsl(urlsplit(answer["url"]).query)
    assert page.path == (answer["guides"][0]["url"] if answer["turn"] == "open" else "/diagnose/")
    if answer["turn"] != "open":
        shown = Client().get(answer["url"]).content.decode()
        assert answer["question"] is None or answer["question"]["text"] in html.unescape(shown)
        assert answer["turn"] != "choose" or html.escape(answer["guides"][0]["title"]) in shown
