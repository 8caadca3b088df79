"""A flow reports a failed run over HTTP: what is taken, what is refused, and what it is told."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from tests.api.writes import a_key, refused, send, write
from tests.guides.factories import load_small_library
from troubleshooter.repair_tips.models import FailedRun, FlowProblem, Letter, Sender

pytestmark = pytest.mark.django_db

REPORT: dict[str, Any] = {
    "flow_id": "3f2b",
    "flow_name": "Send invoices",
    "environment": "Default-1",
    "run_id": "0858",
    "run_url": "https://make.powerautomate.com/environments/Default-1/flows/3f2b/runs/0858?tracking=1",
    "owner_email": "anna@contoso.com",
    "error": [{"name": "Run", "status": "Failed", "error": {"code": "FlowIsTurnedOff", "message": "It is off."}}],
}


@pytest.fixture
def sender() -> Sender:
    load_small_library()
    return Sender.objects.create(name="Finance", recipient_domains="contoso.com")


@pytest.fixture
def secret(sender: Sender) -> str:
    return a_key("failures", sender=sender)


def test_a_known_error_is_answered_with_its_guide_and_a_letter(secret: str) -> None:
    response = write("failures", REPORT, secret)
    assert response.status_code == 201, response.content
    received = response.json()
    assert (received["repeated"], received["letter"]) == (False, "queued")
    assert received["guide"]["reference"] == "FLOW-1"
    assert received["url"] == "http://testserver/guides/flow-turned-off/?code=FlowIsTurnedOff"
    assert [(one["code"], one["match"], one["times"]) for one in received["problems"]] == [
        ("FlowIsTurnedOff", "exact", 1)
    ]
    assert Letter.objects.get().root == "http://testserver"


def test_links_lead_to_the_address_of_the_site_that_is_set(secret: str, settings: Settings) -> None:
    settings.SITE_URL = "https://help.contoso.com"
    assert write("failures", REPORT, secret).json()["url"].startswith("https://help.contoso.com/guides/")
    assert Letter.objects.get().root == "https://help.contoso.com"


def test_the_same_run_counts_once(secret: str) -> None:
    answers = [write("failures", REPORT, secret) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [201, 200, 200]
    assert [answer.json()["repeated"] for answer in answers] == [False, True, True]
    assert (FailedRun.objects.count(), FlowProblem.objects.get().times, Letter.objects.count()) == (1, 1, 1)


def test_an_unknown_error_leads_into_the_questions(secret: str) -> None:
    received = write("failures", {**REPORT, "error": "BrandNewErrorCode: nobody knows"}, secret).json()
    assert received["guide"] is None
    assert received["problems"][0]["match"] is None
    assert received["url"].startswith("http://testserver/diagnose/?")


def test_null_is_read_as_nothing_there(secret: str) -> None:
    nothing = dict.fromkeys(("flow_name", "environment", "run_url", "owner_email", "occurred_at"))
    received = write("failures", {**REPORT, **nothing}, secret)
    assert received.status_code == 201, received.content
    assert received.json()["letter"] == "no-address"


@pytest.mark.parametrize(
    "address",
    [
        "anna@contoso.com\nBcc: all@contoso.com",
        "anna@contoso.com\r\n",
        "anna@contoso.com, bob@contoso.com",
        "anna@contoso.com;bob@contoso.com",
        "Anna <anna@contoso.com>",
        "anna@elsewhere.example",
        "anna@contoso.com.elsewhere.example",
        "anna\0@contoso.com",
        "@contoso.com",
        "a" * 300 + "@contoso.com",
    ],
)
def test_an_address_that_mail_may_not_go_to_is_refused(secret: str, address: str) -> None:
    assert refused(write("failures", {**REPORT, "owner_email": address}, secret), 422)["field"] == "owner_email"
    assert not Letter.objects.exists()


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "http://127.0.0.1/run",
        "https://169.254.169.254/latest/meta-data",
        "https://10.0.0.5/run",
        "https://make.powerautomate.com@elsewhere.example/",
        "https://make.powerautomate.com:8443/run",
        "https://elsewhere.example/run",
        "https://make.powerautomate.com/\r\nX: y",
        "not an address",
    ],
)
def test_a_run_that_is_elsewhere_is_refused(secret: str, url: str) -> None:
    assert refused(write("failures", {**REPORT, "run_url": url}, secret), 422)["field"] == "run_url"


def test_everything_that_is_wrong_is_said_at_once(secret: str) -> None:
    wrong = {"flow_id": "", "owner_email": "anna", "run_url": "ftp://x", "occurred_at": "yesterday"}
    problem = refused(write("failures", {**REPORT, **wrong}, secret), 422)
    assert {error["field"] for error in problem["errors"]} == set(wrong)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"flow_id": 1}, "flow_id"),
        ({"flow_id": None}, "flow_id"),
        ({"run_id": ["a"]}, "run_id"),
        ({"flow_name": {}}, "flow_name"),
        ({"owner_email": ["anna@contoso.com"]}, "owner_email"),
        ({"occurred_at": 1_700_000_000}, "occurred_at"),
        ({"error": 5}, "error"),
        ({"error": True}, "error"),
        ({"flow_id": "\ud800"}, "flow_id"),
        ({"owner": "anna@contoso.com"}, "owner"),
    ],
)
def test_a_wrong_type_is_named(secret: str, change: dict[str, Any], field: str) -> None:
    assert refused(write("failures", {**REPORT, **change}, secret), 422)["field"] == field


@pytest.mark.parametrize("missing", ["flow_id", "run_id"])
def test_what_tells_runs_apart_is_needed(secret: str, missing: str) -> None:
    rest = {name: value for name, value in REPORT.items() if name != missing}
    assert refused(write("failures", rest, secret), 422)["field"] == missing


@pytest.mark.parametrize(
    "error",
    [
        None,
        "",
        [],
        {},
        "\0",
        "half \ud800 a character",
        '{"status": "Failed", "code": "\\ud800\\u0000"}',
        [{"name": "\ud800", "status": "Failed", "error": {"code": "A\0B", "message": "\udfff"}}],
        {"body": "x" * 400_000},
        "FlowIsTurnedOff " * 20_000,
        [[[[[[[["deep"]]]]]]]],
    ],
)
def test_any_text_or_json_is_taken_as_the_error(secret: str, error: Any) -> None:
    response = write("failures", {**REPORT, "error": error}, secret)
    assert response.status_code == 201, response.content


def test_an_error_nested_hundreds_deep_is_answered(secret: str) -> None:
    nested = '{"flow_id": "1", "run_id": "2", "error": ' + '{"error":' * 400 + '"x"' + "}" * 400 + "}"
    assert send("failures", nested, secret).status_code == 201


@pytest.mark.parametrize("year", ["2025", "2027", "0001", "9999"])
def test_a_clock_that_is_wrong_by_years_is_noted_and_the_run_is_taken(secret: str, year: str) -> None:
    received = write("failures", {**REPORT, "occurred_at": f"{year}-01-01T00:00:00Z"}, secret).json()
    assert any("time of the report" in note for note in received["notes"])
    assert abs((FlowProblem.objects.get().first - timezone.now()).total_seconds()) < 60


def test_a_sender_that_is_not_active_is_refused(secret: str, sender: Sender) -> None:
    sender.active = False
    sender.save()
    refused(write("failures", REPORT, secret), 403)
    assert not FailedRun.objects.exists()


def test_a_key_of_no_sender_reports_nothing() -> None:
    refused(write("failures", REPORT, a_key("failures")), 403)


def test_a_report_takes_few_queries(
    secret: str, django_assert_max_num_queries: DjangoAssertNumQueries, settings: Settings
) -> None:
    write("failures", {**REPORT, "run_id": "first"}, secret)
    with django_assert_max_num_queries(30):
        write("failures", REPORT, secret)
