"""What the API says of error codes, and how all published content is asked for: by anybody, and cheaply again."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from guides import knowledge, publishing
from tests.guides.factories import document, guide_data, load_small_library

pytestmark = pytest.mark.django_db

OPEN = ["/api/v1/guides", "/api/v1/guides/FLOW-1", "/api/v1/codes", "/api/v1/codes/FlowIsTurnedOff"]


@pytest.fixture(autouse=True)
def _small_library(db: None) -> None:
    load_small_library()


def test_all_codes_come_with_their_other_names_and_guides() -> None:
    codes = Client().get("/api/v1/codes").json()["codes"]
    first = next(code for code in codes if code["token"] == "FlowIsTurnedOff")
    assert first["aliases"] == ["FlowIsOff"]
    assert first["guides"][0]["url"] == "http://testserver/g/FLOW-1/"
    assert first["url"] == "http://testserver/codes/FlowIsTurnedOff/"
    assert len(codes) == len(Client().get("/codes.json").json()["codes"])


@pytest.mark.parametrize("typed", ["FlowIsTurnedOff", "flowisoff", '"Flow Is Turned Off"', " FlowIsOff "])
def test_a_code_is_found_however_it_is_typed(typed: str) -> None:
    assert Client().get(f"/api/v1/codes/{typed}").json()["token"] == "FlowIsTurnedOff"


@pytest.mark.parametrize("typed", ["NeverSeen", "x" * 81, "%00", "a/b", "%F0%9F%98%80"])
def test_a_code_that_is_not_there_is_not_found(typed: str) -> None:
    response = Client().get(f"/api/v1/codes/{typed}")
    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")


@pytest.mark.parametrize("path", ["codes", "codes/FlowIsOff", "codes/NeverSeen"])
def test_codes_take_one_query(path: str, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    knowledge.current()
    with django_assert_num_queries(1):
        Client().get(f"/api/v1/{path}")


@pytest.mark.parametrize("path", OPEN)
def test_what_has_not_changed_is_not_sent_again(path: str, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    first = Client().get(path)
    for headers in ({"If-None-Match": first["ETag"]}, {"If-Modified-Since": first["Last-Modified"]}):
        with django_assert_num_queries(1):
            again = Client().get(path, headers=headers)
        assert (again.status_code, again.content) == (304, b"")
        assert (again["ETag"], again["Last-Modified"]) == (first["ETag"], first["Last-Modified"])
        assert again["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("path", OPEN)
def test_what_has_changed_is_sent_again(path: str) -> None:
    etag = Client().get(path)["ETag"]
    publishing.load([document("guide", guide_data(meaning="It was switched off."))])
    assert Client().get(path, headers={"If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize("path", [*OPEN, "/codes.json"])
def test_pages_of_other_sites_may_read_it(path: str) -> None:
    response = Client().get(path, headers={"Origin": "https://elsewhere.example"})
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "ETag" in response["Access-Control-Expose-Headers"]
    assert not response.cookies
    before = Client().options(path, headers={"Access-Control-Request-Method": "GET"})
    assert (before.status_code, before["Access-Control-Allow-Methods"]) == (204, "GET, HEAD")
    assert "If-None-Match" in before["Access-Control-Allow-Headers"]


@pytest.mark.parametrize("path", ["/api/v1/diagnose", "/api/v1/suggestions"])
def test_pages_of_other_sites_may_send_nothing(path: str) -> None:
    response = Client().options(path, headers={"Origin": "https://elsewhere.example"})
    assert response.status_code == 405
    assert "Access-Control-Allow-Origin" not in response


@pytest.mark.parametrize("path", OPEN)
def test_the_headers_alone_can_be_asked_for(path: str) -> None:
    whole, head = Client().get(path), Client().head(path)
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", whole["ETag"])


@pytest.mark.parametrize("path", OPEN)
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_published_content_is_only_read(path: str, method: str) -> None:
    response = getattr(Client(enforce_csrf_checks=True), method)(path)
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("path", OPEN)
def test_who_takes_no_json_is_told_that_there_is_nothing_else(path: str) -> None:
    response = Client().get(path, headers={"Accept": "application/xml"})
    assert (response.status_code, response["Content-Type"]) == (406, "application/problem+json")
    assert Client().get(path, headers={"Accept": "text/html, */*;q=0.1"}).status_code == 200


@pytest.mark.parametrize("path", OPEN)
def test_a_condition_that_does_not_hold_is_refused(path: str) -> None:
    response = Client().get(path, headers={"If-Match": '"another"'})
    assert (response.status_code, response["Content-Type"]) == (412, "application/problem+json")


@pytest.mark.parametrize("path", OPEN)
def test_after_the_allowed_calls_readers_have_to_wait_too(path: str, settings: Settings) -> None:
    settings.API_CALLS_A_MINUTE = 1
    assert Client().get(path).status_code == 200
    response = Client().get(path)
    assert (response.status_code, response["Retry-After"]) == (429, "60")
    assert response["Access-Control-Allow-Origin"] == "*"
