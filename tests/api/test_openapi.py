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


def test_its_example_is_a_case_that_the_api_takes() -> None:
    case = document()["components"]["schemas"]["Case"]
    assert call(case["examples"][0]).status_code == 200
    assert case["properties"]["text"]["maxLength"] == 100_000


def test_its_other_examples_have_the_shape_they_show() -> None:
    schemas.Answer.model_validate(examples.ANSWER)
    schemas.Refusal.model_validate(examples.REFUSAL)
    start, end = examples.ANSWER["evidence"][0]["span"]
    assert examples.ANSWER["redacted_text"][start:end] == examples.ANSWER["evidence"][0]["value"]


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
