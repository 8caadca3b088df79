"""What the page tells makers to paste is what the intake takes."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from html import unescape
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from guides.models import Guide
from tests.guides.factories import load_small_library
from tests.repair_tips.failures import NOW, OFF, ROOT, a_sender
from troubleshooter.repair_tips import intake

PAGE = "/help/repair-tips/"
EXPRESSION = re.compile(r"@\{(.*?)\}(?=[\"/]|$)")
RUN = {
    "workflow()?['name']": "3f2b",
    "workflow()?['tags']?['flowDisplayName']": "Send invoices",
    "workflow()?['tags']?['environmentName']": "Default-1",
    "workflow()?['run']?['name']": "0858",
    "utcNow()": "2026-03-09T08:15:00.1234567Z",
}
"""What Power Automate puts in place of the expressions of the body."""


@pytest.fixture(autouse=True)
def guide(db: None) -> Guide:
    return load_small_library()


def pasted(client: Client, name: str) -> dict[str, str]:
    page = client.get(PAGE).content.decode()
    found = re.search(rf'id="{name}">\s*<textarea[^>]*>(.*?)</textarea>', page, re.DOTALL)
    assert found
    values: dict[str, str] = json.loads(unescape(found[1]))
    return values


def selected(action: dict[str, Any], values: dict[str, str]) -> dict[str, Any]:
    """What the Select action makes of one action of the scope."""
    body = None if action["status"] == "Succeeded" else action.get("outputs", {}).get("body")
    assert values["body"] == "@if(equals(item()?['status'], 'Succeeded'), null, item()?['outputs']?['body'])"
    plain = {key: re.fullmatch(r"@item\(\)\?\['(\w+)'\]", text) for key, text in values.items() if key != "body"}
    return {**{key: action.get(found[1]) if found else None for key, found in plain.items()}, "body": body}


def filled(body: dict[str, str], errors: list[dict[str, Any]]) -> dict[str, str]:
    values = {**RUN, "take(string(body('Failures')), 90000)": json.dumps(errors)[:90_000]}
    return {name: EXPRESSION.sub(lambda found: values[found[1]], text) for name, text in body.items()}


def scope(**more: Any) -> list[dict[str, Any]]:
    return [
        {"name": "Read", "status": "Succeeded", "inputs": {"x": 1}, "outputs": {"body": "all our secrets"}},
        {
            "name": "Write",
            "status": "Failed",
            "code": "BadRequest",
            "inputs": {"file": "more secrets"},
            "outputs": {"statusCode": 400, "body": {"error": {"code": OFF, "message": "It is off."}, **more}},
        },
        {"name": "Send", "status": "Skipped", "code": "ActionBranchingConditionNotSatisfied"},
    ]


def test_the_body_to_paste_has_exactly_the_fields_of_a_report(client: Client) -> None:
    assert pasted(client, "body").keys() == {field.name for field in fields(intake.Report)}


@pytest.mark.parametrize("more", [{}, {"details": "long " * 40_000}])
def test_the_body_as_a_failed_run_sends_it_is_taken_and_its_error_known(client: Client, more: dict[str, str]) -> None:
    errors = [selected(action, pasted(client, "map")) for action in scope(**more)]
    assert "secrets" not in json.dumps(errors)
    report = intake.Report(**filled(pasted(client, "body"), errors))
    received = intake.report(a_sender(), report, ROOT, NOW)
    (problem,) = received.problems
    assert (problem.code, problem.flow.owner, received.letter) == (OFF, "owner@contoso.com", "queued")
    assert problem.run_url == "https://make.powerautomate.com/environments/Default-1/flows/3f2b/runs/0858"


def test_the_address_to_call_is_that_of_this_site(client: Client, settings: Any) -> None:
    assert '<code translate="no">http://testserver/api/v1/failures</code>' in client.get(PAGE).content.decode()
    settings.SITE_URL = "https://help.contoso.com"
    assert "https://help.contoso.com/api/v1/failures" in client.get(PAGE).content.decode()


def test_the_page_costs_one_query_and_sets_no_cookie(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get(PAGE)
    with django_assert_num_queries(1):
        response = client.get(PAGE)
    assert response.status_code == 200
    assert not response.cookies
    assert "public" in response["Cache-Control"]
