"""The OpenAPI document says what the API does."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.api.calls import call
from tests.guides.factories import load_small_library
from troubleshooter.api import examples, schemas

pytestmark = pytest.mark.django_db


def document() -> dict[str, Any]:
    response = Client().get("/api/v1/openapi.json")
    assert response.status_code == 200
    assert not response.cookies
    return response.json()


def test_it_describes_the_one_call() -> None:
    paths = document()["paths"]
    assert list(paths) == ["/api/v1/diagnose"]
    assert list(paths["/api/v1/diagnose"]) == ["post"]
    assert {"200", "400", "405", "413", "415", "422", "429"} == paths["/api/v1/diagnose"]["post"]["responses"].keys()


@pytest.mark.usefixtures("starter_content")
def test_its_example_is_read_as_it_shows() -> None:
    case = document()["components"]["schemas"]["Case"]
    answer = call(case["examples"][0]).json()
    for field in ("evidence", "redacted_text", "url", "notes"):
        assert answer[field] == examples.ANSWER[field]


def test_its_example_of_an_answer_has_the_shape_of_one() -> None:
    schemas.Answer.model_validate(examples.ANSWER)


def test_its_bounds_are_those_of_the_api() -> None:
    assert document()["components"]["schemas"]["Case"]["properties"]["text"]["maxLength"] == 100_000


def test_its_problem_is_the_one_the_api_gives() -> None:
    assert call({"tried": {"FIX-2": "worked"}}).json() == examples.PROBLEM


def test_every_field_of_the_answer_is_described() -> None:
    load_small_library()
    described = document()["components"]["schemas"]["Answer"]["properties"]
    assert described.keys() == call({"text": "FlowIsTurnedOff"}).json().keys()
    assert [name for name, field in described.items() if not field.get("description")] == []


def test_the_root_leads_people_to_a_page_that_works_under_the_content_security_policy() -> None:
    page = Client().get("/api/v1/", follow=True)
    assert page.redirect_chain == [("/api/v1/docs", 302)]
    html = page.content.decode()
    assert "/api/v1/openapi.json" in html
    assert "https:" not in html
    assert "style=" not in html
    for script in html.split("<script")[1:]:
        assert " src=" in script.split(">")[0] or 'type="application/json"' in script.split(">")[0]
    assert "'unsafe" not in page["Content-Security-Policy"]
    assert not page.cookies
