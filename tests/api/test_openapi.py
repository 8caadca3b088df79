"""The OpenAPI document says what the API does."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client
from pydantic import BaseModel

from tests.api.calls import call
from tests.guides.factories import load_small_library
from troubleshooter.api import content, examples, schemas

pytestmark = pytest.mark.django_db


def document() -> dict[str, Any]:
    response = Client().get("/api/v1/openapi.json")
    assert response.status_code == 200
    assert not response.cookies
    return response.json()


def operations() -> dict[str, dict[str, Any]]:
    """What can be called, by "post /api/v1/diagnose"."""
    return {
        f"{method} {path}": operation
        for path, methods in document()["paths"].items()
        for method, operation in methods.items()
    }


def test_it_describes_every_call() -> None:
    assert {
        "post /api/v1/diagnose",
        "post /api/v1/suggestions",
        "get /api/v1/guides",
        "get /api/v1/guides/{name}",
        "get /api/v1/codes",
        "get /api/v1/codes/{token}",
    } <= operations().keys()
    diagnose = operations()["post /api/v1/diagnose"]
    assert {"200", "400", "405", "413", "415", "422", "429"} == diagnose["responses"].keys()


@pytest.mark.parametrize("path", ["/api/v1/openapi.json", "/api/v1/docs"])
def test_what_only_a_release_changes_is_not_sent_again(path: str) -> None:
    first = Client().get(path, headers={"Origin": "https://elsewhere.example"})
    assert first["Access-Control-Allow-Origin"] == "*"
    assert Client().get(path, headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert Client().head(path).status_code == 200
    refused = Client(enforce_csrf_checks=True).post(path)
    assert (refused.status_code, refused["Content-Type"]) == (405, "application/problem+json")


def test_every_group_of_calls_is_explained() -> None:
    explained = [tag["name"] for tag in document()["tags"]]
    used = {tag for operation in operations().values() for tag in operation["tags"]}
    assert sorted(explained) == sorted(used)


def test_calls_that_need_a_key_say_so_and_the_others_do_not() -> None:
    keyless = {name.split("/")[3] for name, operation in operations().items() if not operation.get("security")}
    assert keyless == {"diagnose", "suggestions", "guides", "codes"}
    assert document()["components"]["securitySchemes"]["Key"]["scheme"] == "bearer"


def test_every_call_has_a_name_of_its_own_and_words() -> None:
    found = operations().values()
    assert len({operation["operationId"] for operation in found}) == len(found)
    assert [operation["operationId"] for operation in found if not operation.get("description")] == []


def test_what_is_refused_is_described_as_the_problem_document_it_is() -> None:
    for operation in operations().values():
        for status, response in operation["responses"].items():
            if int(status) >= 400:
                assert list(response["content"]) == ["application/problem+json"]


def test_published_content_is_described_with_what_makes_it_cheap_to_ask_again() -> None:
    for operation in (operation for name, operation in operations().items() if "codes" in name or "guides" in name):
        assert {"ETag", "Last-Modified"} <= operation["responses"]["200"]["headers"].keys()
        assert "304" in operation["responses"]


@pytest.mark.parametrize(
    ("shape", "example"),
    [
        (content.GuideList, examples.GUIDES),
        (content.Guide, examples.GUIDE),
        (content.CodeList, examples.CODES),
        (content.Code, examples.CODE),
        (schemas.TicketText, examples.TICKET_TEXT),
        (schemas.Suggestions, examples.SUGGESTIONS),
    ],
)
def test_its_examples_have_the_shapes_they_stand_for(shape: type[BaseModel], example: dict[str, Any]) -> None:
    assert shape.model_validate(example).model_dump(mode="json") == example


@pytest.mark.usefixtures("starter_content")
def test_its_example_of_a_suggestion_is_what_the_api_gives() -> None:
    sent = Client().post("/api/v1/suggestions", examples.TICKET_TEXT, content_type="application/json")
    given = sent.content.decode().replace("http://testserver", "https://help.contoso.com")
    assert json.loads(given) == examples.SUGGESTIONS


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
    assert re.findall(r'(?:src=|rel="stylesheet" href=)"(?:https?:)?//', html) == []
    assert "style=" not in html
    for script in html.split("<script")[1:]:
        assert " src=" in script.split(">")[0] or 'type="application/json"' in script.split(">")[0]
    assert "'unsafe" not in page["Content-Security-Policy"]
    assert not page.cookies


def test_the_page_shows_every_call_every_field_and_every_shape() -> None:
    html = Client().get("/api/v1/docs").content.decode()
    for name, operation in operations().items():
        method, path = name.split(" ")
        assert f"{method.upper()} {path}" in html
        assert f'id="{operation["operationId"]}"' in html
    for name, shape in document()["components"]["schemas"].items():
        assert f'id="shape-{name}"' in html
        assert all(f">{field}</code>" in html for field in shape.get("properties", {}))
    links = set(re.findall(r'href="#([^"]+)"', html))
    assert links <= set(re.findall(r'id="([^"]+)"', html))


def test_the_page_says_in_words_what_a_value_may_be() -> None:
    types = re.findall(r"<small>(?:<a[^>]*>)?([^<]+)", Client().get("/api/v1/docs").content.decode())
    assert {"string or object or array or null", "string or null", "object of Result"} <= set(types)
    assert any(words.startswith("list of ") for words in types)
    assert [words for words in types if re.search(r"[\[\]{}]|&#x27;", words)] == []
