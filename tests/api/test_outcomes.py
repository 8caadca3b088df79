"""Other programs say what became of a fix, and each case counts once."""

from __future__ import annotations

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.api.writes import a_key, refused, write
from tests.guides.factories import load_small_library
from troubleshooter.api.models import ApiKey
from troubleshooter.cases.models import Outcome

pytestmark = pytest.mark.django_db

TOLD: dict[str, Any] = {"guide": "FLOW-1", "mitigation": "FIX-1", "result": "worked", "case": "INC-1"}


@pytest.fixture
def secret() -> str:
    load_small_library()
    return a_key("outcomes")


def test_an_outcome_is_kept_with_the_texts_of_now(secret: str) -> None:
    response = write("outcomes", {**TOLD, "evidence": "/diagnose/?code=FlowIsTurnedOff"}, secret)
    assert response.status_code == 201, response.content
    kept = Outcome.objects.get()
    assert (kept.guide, kept.mitigation, kept.result) == ("FLOW-1", "FIX-1", "worked")
    assert (kept.revision.key, kept.mitigation_revision.key) == ("FLOW-1", "FIX-1")
    assert kept.evidence == "code=FlowIsTurnedOff"
    assert "INC-1" not in kept.voice


@pytest.mark.parametrize("name", ["FLOW-1", "flow-1", "flow-turned-off"])
def test_a_guide_goes_by_its_reference_or_its_address(secret: str, name: str) -> None:
    assert write("outcomes", {**TOLD, "guide": name}, secret).json()["guide"] == "FLOW-1"


def test_the_same_case_counts_once(secret: str) -> None:
    answers = [write("outcomes", TOLD, secret) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [201, 200, 200]
    assert [answer.json()["repeated"] for answer in answers] == [False, True, True]
    assert Outcome.objects.count() == 1


def test_what_is_told_again_replaces_what_was_told(secret: str) -> None:
    write("outcomes", {**TOLD, "result": "could-not", "reason": "no-access", "comment": "Not mine."}, secret)
    write("outcomes", TOLD, secret)
    kept = Outcome.objects.get()
    assert (kept.result, kept.reason, kept.comment) == ("worked", "", "")


def test_another_case_and_another_program_count_on_their_own(secret: str) -> None:
    write("outcomes", TOLD, secret)
    write("outcomes", {**TOLD, "case": "INC-2"}, secret)
    write("outcomes", TOLD, a_key("outcomes"))
    assert Outcome.objects.count() == 3


def test_a_program_stays_the_same_when_its_key_is_replaced(secret: str) -> None:
    write("outcomes", TOLD, secret)
    rotated = ApiKey.objects.get().rotate(by=None)
    assert rotated is not None
    assert write("outcomes", TOLD, rotated[1]).status_code == 200
    assert Outcome.objects.count() == 1


def test_a_text_is_read_and_not_kept(secret: str) -> None:
    write("outcomes", {**TOLD, "text": "Jo Miller saw FlowIsTurnedOff"}, secret)
    assert Outcome.objects.get().evidence == "code=FlowIsTurnedOff"


def test_a_comment_is_kept_without_what_is_personal(secret: str) -> None:
    write("outcomes", {**TOLD, "comment": " Ask jo@contoso.com "}, secret)
    assert Outcome.objects.get().comment == "Ask [email]"


def test_the_answer_leads_on(secret: str) -> None:
    same = write("outcomes", {**TOLD, "result": "same", "evidence": "code=FlowIsTurnedOff"}, secret).json()
    assert same["url"].startswith("http://testserver/")
    assert "tried=FIX-1.same" in same["url"]


def test_what_is_not_known_any_more_is_left_out_with_a_note(secret: str) -> None:
    answer = write("outcomes", {**TOLD, "evidence": "q.gone=yes&code=FlowIsTurnedOff"}, secret).json()
    assert len(answer["notes"]) == 1
    assert Outcome.objects.get().evidence == "code=FlowIsTurnedOff"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"guide": "FLOW-99"}, "guide"),
        ({"guide": ""}, "guide"),
        ({"mitigation": "FIX-99"}, "mitigation"),
        ({"mitigation": "x" * 101}, "mitigation"),
        ({"result": "helped"}, "result"),
        ({"result": 1}, "result"),
        ({"reason": "no-access"}, "reason"),
        ({"reason": "lazy"}, "reason"),
        ({"comment": "x" * 501}, "comment"),
        ({"comment": "a\0b"}, "comment"),
        ({"case": ""}, "case"),
        ({"case": "x" * 201}, "case"),
        ({"case": "\ud800"}, "case"),
        ({"evidence": "code=A", "text": "B"}, "text"),
        ({"evidence": ["code=A"]}, "evidence"),
        ({"held": "x"}, "held"),
    ],
)
def test_a_wrong_field_is_named(secret: str, change: dict[str, Any], field: str) -> None:
    assert refused(write("outcomes", {**TOLD, **change}, secret), 422)["field"] == field
    assert not Outcome.objects.exists()


def test_a_field_that_is_too_long_is_told_its_bound(secret: str) -> None:
    problem = refused(write("outcomes", {**TOLD, "case": "x" * 201, "comment": "y" * 501}, secret), 422)
    assert problem["detail"] == "The text is too long: 200 characters are allowed."
    assert problem["errors"][1] == {"field": "comment", "detail": "The text is too long: 500 characters are allowed."}


def test_what_is_no_object_is_told_so(secret: str) -> None:
    assert refused(write("outcomes", [], secret), 422)["detail"] == "Send a JSON object, such as {}."


def test_a_result_that_there_is_not_is_answered_with_those_there_are(secret: str) -> None:
    problem = refused(write("outcomes", {**TOLD, "result": "helped"}, secret), 422)
    assert problem["detail"] == "Write worked, same, new or could-not."


def test_an_address_of_anything_is_read_as_far_as_it_says_something(secret: str) -> None:
    for number, evidence in enumerate(
        ["?", "&&&", "a=" + "b" * 3_000, "code=%ff%00", "tried=FIX-1.same&tried=FIX-1.new"]
    ):
        answer = write("outcomes", {**TOLD, "case": str(number), "evidence": evidence}, secret)
        assert answer.status_code == 201, answer.content


def test_an_outcome_takes_few_queries(secret: str, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    write("outcomes", TOLD, secret)
    with django_assert_max_num_queries(6):
        write("outcomes", {**TOLD, "case": "INC-2"}, secret)
    with django_assert_max_num_queries(3):
        write("outcomes", TOLD, secret)
