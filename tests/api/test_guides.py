"""What the API says of guides: the list, one of them, and what changed since a date."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from guides import knowledge, publishing
from guides.models import ContentVersion, Revision
from tests.guides.factories import (
    document,
    guide_data,
    load_small_library,
    mitigation_data,
    second_guide_data,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _small_library(db: None) -> None:
    load_small_library()


def listed(**query: Any) -> dict[str, Any]:
    response = Client().get("/api/v1/guides", query)
    assert response.status_code == 200, response.content
    return response.json()


def references(**query: Any) -> list[str]:
    return [guide["reference"] for guide in listed(**query)["guides"]]


def one(name: str) -> dict[str, Any]:
    response = Client().get(f"/api/v1/guides/{name}")
    assert response.status_code == 200, response.content
    return response.json()


def publish(kind: str, data: dict[str, Any]) -> None:
    publishing.load([document(kind, data)])


def date_back(days: int) -> None:
    """As if everything that is live now had been published so many days ago."""
    for revision in Revision.objects.all():
        Revision.objects.filter(pk=revision.pk).update(created=revision.created - timedelta(days=days))
    ContentVersion.objects.update(stamp=uuid4())


def test_the_list_holds_what_programs_need_to_choose_a_guide() -> None:
    content = listed()
    assert (content["page"], content["pages"], content["total"], content["next"]) == (1, 1, 2, None)
    assert content["content_version"] == knowledge.current().version
    first = content["guides"][0]
    assert (first["reference"], first["slug"], first["title"]) == ("FLOW-1", "flow-turned-off", "Turn the flow back on")
    assert first["url"] == "http://testserver/g/FLOW-1/"
    assert (first["codes"], first["kind"], first["retired"]) == (["FlowIsTurnedOff"], "fix", None)


def test_links_lead_to_the_site_that_the_settings_name(settings: Settings) -> None:
    settings.SITE_URL = "https://help.contoso.com"
    assert listed()["guides"][0]["url"] == "https://help.contoso.com/g/FLOW-1/"


def test_a_retired_guide_comes_last_and_names_its_successor() -> None:
    publish("guide", guide_data(retired={"successor": "FLOW-2"}))
    guides = listed()["guides"]
    assert [guide["reference"] for guide in guides] == ["FLOW-2", "FLOW-1"]
    assert guides[1]["retired"]["successor"]["reference"] == "FLOW-2"
    assert one("FLOW-1")["retired"]["successor"]["url"] == "http://testserver/g/FLOW-2/"
    assert references(code="FlowIsTurnedOff") == []


@pytest.mark.parametrize("code", ["FlowIsTurnedOff", " 'flowisturnedoff' ", "FlowIsOff"])
def test_guides_are_found_by_a_code_however_it_is_typed(code: str) -> None:
    assert references(code=code) == ["FLOW-1"]


def test_a_code_that_no_guide_names_has_no_guides() -> None:
    assert references(code="NeverSeen") == []


def test_since_a_date_there_are_the_guides_that_changed() -> None:
    date_back(10)
    assert references(since="2000-01-01") == ["FLOW-1", "FLOW-2"]
    yesterday = (knowledge.current().guides["FLOW-1"].published + timedelta(days=9)).isoformat()
    assert references(since=yesterday) == []
    publish("guide", second_guide_data(title="Another title than before"))
    assert references(since=yesterday) == ["FLOW-2"]
    assert references(since=yesterday[:10]) == ["FLOW-2"]


def test_a_guide_changes_with_each_of_its_parts() -> None:
    date_back(10)
    before = one("FLOW-1")["changed"]
    publish("mitigation", mitigation_data(title="Turn it on again"))
    assert one("FLOW-1")["changed"] > before
    assert one("FLOW-1")["mitigations"][0]["title"] == "Turn it on again"


@pytest.mark.parametrize(
    "since",
    ["2026-11-21", "2026-11-21T08:30", "2026-11-21 08:30:00", "2026-11-21T08:30:00.5z", "0001-01-01T00:00:00+23:59",
     "9999-12-31T23:59:60Z", "2026-11-21T08:30:00+01:00", "2026-11-21T08:30:00 01:00"],
)  # fmt: skip
def test_dates_and_times_are_taken_as_programs_write_them(since: str) -> None:
    assert listed(since=since)["page"] == 1


@pytest.mark.parametrize(
    "since",
    [
        "",
        "yesterday",
        "2026-13-01",
        "2026-02-30",
        "20261121",
        "2026-11-21T25:00",
        "2026-11-21T08:30:61Z",
        "１９９９-01-01",
    ],
)
def test_what_is_no_date_is_refused_in_plain_words(since: str) -> None:
    response = Client().get("/api/v1/guides", {"since": since})
    assert (response.status_code, response.json()["field"]) == (422, "since")
    assert "day" in response.json()["detail"] or "date" in response.json()["detail"]


@pytest.mark.parametrize("query", ["page=0", "page=x", "page=1.5", "page=99999999999999999999", "code=" + "x" * 81])
def test_wrong_parameters_are_named(query: str) -> None:
    response = Client().get(f"/api/v1/guides?{query}")
    assert (response.status_code, response.json()["field"]) == (422, query.partition("=")[0])


@pytest.mark.parametrize("path", ["guides", "guides/FLOW-1", "codes", "codes/FlowIsTurnedOff"])
def test_a_misspelt_parameter_is_not_passed_over(path: str) -> None:
    response = Client().get(f"/api/v1/{path}?sinc=2026-11-21")
    assert (response.status_code, response.json()["field"]) == (422, "sinc")
    assert Client().get(f"/api/v1/{path}?=1").status_code == 422


def test_many_guides_come_in_pages_that_lead_to_the_next() -> None:
    numbers = range(3, 54)
    publishing.load(
        [
            document("guide", guide_data(reference=f"FLOW-{n}", slug=f"guide-{n}", codes=[], messages=[], samples=[]))
            for n in numbers
        ]
    )
    first = listed(since="2000-01-01")
    assert (len(first["guides"]), first["pages"], first["total"]) == (50, 2, 53)
    rest = Client().get(first["next"]).json()
    assert [guide["reference"] for guide in rest["guides"]] == ["FLOW-51", "FLOW-52", "FLOW-53"]
    assert rest["next"] is None
    assert listed(page=3)["guides"] == []


def test_one_guide_is_complete() -> None:
    guide = one("FLOW-1")
    assert guide["page"] == "http://testserver/guides/flow-turned-off/"
    assert guide["causes"][0]["text"] == {
        "markdown": "Somebody turned the flow off.",
        "html": "<p>Somebody turned the flow off.</p>",
    }
    assert guide["notices"][0]["title"] == "Start in the source"
    fix = guide["mitigations"][0]
    assert (fix["reference"], fix["url"]) == ("FIX-1", "http://testserver/g/FLOW-1/FIX-1/")
    assert [step["reference"] for step in fix["steps"]] == ["FIX-1.1", "FIX-1.2"]
    assert fix["steps"][1]["url"] == "http://testserver/g/FLOW-1/FIX-1.2/"
    assert "<strong" in fix["steps"][1]["text"]["html"]
    assert guide["sources"][0]["checked"]
    assert guide["verification"]["markdown"]


def test_alternatives_share_a_number() -> None:
    steps = [
        {"number": number, "text": f"Way {number}.", "where": "either", "who": "anyone", "group": "ways"}
        for number in (1, 2)
    ]
    publish("mitigation", mitigation_data(steps=steps))
    assert [step["number"] for step in one("FLOW-1")["mitigations"][0]["steps"]] == [1, 1]


@pytest.mark.parametrize("name", ["FLOW-1", "flow-1", "flow-turned-off", "flow-is-off"])
def test_a_guide_is_found_by_reference_and_by_all_its_names(name: str) -> None:
    publish("guide", guide_data(former_slugs=["flow-is-off"]))
    assert one(name)["reference"] == "FLOW-1"


@pytest.mark.parametrize("name", ["FLOW-99", "nothing", "%00", "FLOW-1%20x", "x" * 3_000])
def test_a_guide_that_is_not_there_is_not_found(name: str) -> None:
    response = Client().get(f"/api/v1/guides/{name}")
    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")
    assert response["Access-Control-Allow-Origin"] == "*"


def test_drafts_are_not_given_out() -> None:
    guide = load_small_library()
    guide.title = "A draft nobody may see"
    guide.save()
    assert "draft" not in str(listed()) + str(one("FLOW-1"))


@pytest.mark.parametrize(("path", "queries"), [("guides", 1), ("guides?code=FlowIsOff", 1), ("guides/FLOW-1", 2)])
def test_guides_take_few_queries(path: str, queries: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    knowledge.current()
    with django_assert_num_queries(queries):
        Client().get(f"/api/v1/{path}")
