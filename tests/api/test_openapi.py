"""The OpenAPI document says what the API does."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.api.calls import call
from tests.guides.factories import load_small_library

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


def test_every_field_of_the_answer_is_described() -> None:
    load_small_library()
    described = document()["components"]["schemas"]["Answer"]["properties"]
    assert described.keys() == call({"text": "FlowIsTurnedOff"}).json().keys()
    assert [name for name, field in described.items() if not field.get("description")] == []
