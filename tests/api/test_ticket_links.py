"""Other programs make links for tickets, and read what became of them."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.api.writes import a_key, read, refused, write
from tests.guides.factories import load_small_library
from troubleshooter.cases.models import Outcome, TicketLink

pytestmark = pytest.mark.django_db

WANTED: dict[str, Any] = {"ticket": "ABC-1", "guide": "FLOW-1", "part": "FIX-1.2"}


@pytest.fixture
def secret() -> str:
    load_small_library()
    return a_key("ticket-links")


def test_a_link_is_made_with_what_to_put_into_the_ticket(secret: str) -> None:
    response = write("ticket-links", WANTED, secret)
    assert response.status_code == 201, response.content
    made = response.json()
    assert made["url"] == f"http://testserver/t/{made['token']}/"
    assert made["url"] in made["texts"]["link"]["markdown"]
    assert "Turn on" in made["texts"]["steps"]["plain"]
    assert Client().get(made["url"]).status_code == 200
    kept = TicketLink.objects.get()
    assert (kept.ticket, kept.guide, kept.part, kept.role) == ("ABC-1", "FLOW-1", "FIX-1.2", "offered")
    assert (kept.revision.key, kept.part_revision.key if kept.part_revision else "") == ("FLOW-1", "FIX-1")


def test_the_same_part_for_the_same_ticket_is_the_same_link(secret: str) -> None:
    made = write("ticket-links", WANTED, secret).json()
    again = write("ticket-links", {**WANTED, "ticket": " abc-1 ", "part": "fix-1.2"}, secret)
    assert again.status_code == 200
    assert again.json() == made
    assert TicketLink.objects.count() == 1


def test_another_ticket_part_or_program_is_another_link(secret: str) -> None:
    tokens = {
        write("ticket-links", {**WANTED, **change}, secret).json()["token"]
        for change in ({}, {"ticket": "ABC-2"}, {"part": "FIX-1"}, {"part": ""})
    }
    tokens.add(write("ticket-links", WANTED, a_key("ticket-links")).json()["token"])
    assert len(tokens) == 5


def test_what_a_link_is_for_can_be_said_later(secret: str) -> None:
    write("ticket-links", WANTED, secret)
    assert write("ticket-links", {**WANTED, "role": "tried"}, secret).json()["role"] == "tried"
    assert write("ticket-links", WANTED, secret).json()["role"] == "tried"


def test_what_resolved_a_ticket_before_counts_as_tried(secret: str) -> None:
    write("ticket-links", {**WANTED, "role": "resolved"}, secret)
    write("ticket-links", {**WANTED, "part": "", "role": "resolved"}, secret)
    assert set(TicketLink.objects.values_list("part", "role")) == {("FIX-1.2", "tried"), ("", "resolved")}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"ticket": ""}, "ticket"),
        ({"ticket": "   "}, "ticket"),
        ({"ticket": "x" * 41}, "ticket"),
        ({"ticket": "<script>"}, "ticket"),
        ({"ticket": 5}, "ticket"),
        ({"guide": "FLOW-99"}, "guide"),
        ({"part": "FIX-99"}, "part"),
        ({"part": "FIX-1.99"}, "part"),
        ({"part": "FLOW-1"}, "part"),
        ({"role": "solved"}, "role"),
        ({"agent": "sam"}, "agent"),
    ],
)
def test_a_wrong_field_is_named(secret: str, change: dict[str, Any], field: str) -> None:
    assert refused(write("ticket-links", {**WANTED, **change}, secret), 422)["field"] == field
    assert not TicketLink.objects.exists()


def test_what_became_of_the_links_of_a_ticket_can_be_read(secret: str) -> None:
    write("ticket-links", WANTED, secret)
    link = TicketLink.objects.get()
    Outcome.objects.say(
        "voice",
        "FLOW-1",
        "FIX-1",
        result="same",
        step="FIX-1.2",
        comment="No button.",
        revision=link.revision,
        mitigation_revision=link.part_revision,
        content_version=1,
        link=link,
    )
    response = read("ticket-links", secret, ticket="abc-1")
    assert response.status_code == 200, response.content
    assert response["Cache-Control"] == "no-store"
    (told,) = response.json()["links"]
    assert (told["token"], told["part"], told["role"]) == (link.token, "FIX-1.2", "offered")
    assert [(said["result"], said["step"], said["comment"]) for said in told["reports"]] == [
        ("same", "FIX-1.2", "No button.")
    ]


def test_a_ticket_without_links_has_none(secret: str) -> None:
    assert read("ticket-links", secret, ticket="NEW-1").json() == {"ticket": "NEW-1", "links": []}


@pytest.mark.parametrize("ticket", ["", "  ", "x" * 41, "a/b", "\0"])
def test_what_is_no_ticket_is_refused(secret: str, ticket: str) -> None:
    assert refused(read("ticket-links", secret, ticket=ticket), 422)["field"] == "ticket"


def test_which_ticket_must_be_said(secret: str) -> None:
    assert refused(read("ticket-links", secret), 422)["field"] == "ticket"


def test_many_links_of_a_ticket_take_as_many_queries_as_one(
    secret: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for part in ("", "FIX-1", "FIX-1.1", "FIX-1.2"):
        with django_assert_max_num_queries(8 if part else 20):
            write("ticket-links", {**WANTED, "part": part}, secret)
    with django_assert_max_num_queries(4):
        assert len(read("ticket-links", secret, ticket="ABC-1").json()["links"]) == 4
