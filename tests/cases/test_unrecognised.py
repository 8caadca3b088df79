"""Pastes in which nothing is known are counted by problem: redacted, bounded, and never in the way of the answer."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from guides import knowledge
from guides.models import Guide, counted
from tests.cases.clock import DAY, at
from troubleshooter.cases import pasting
from troubleshooter.cases.models import UnrecognisedError

pytestmark = pytest.mark.usefixtures("guide")

HERE = {"sec-fetch-site": "same-origin"}


def paste(client: Client, text: str, **fields: str) -> Any:
    return client.post("/diagnose/", {"text": text, **fields}, headers=HERE)


def test_a_paste_that_says_nothing_known_is_counted_without_what_is_personal(client: Client) -> None:
    paste(client, "The frobnicator failed for anna@example.com.")
    error = UnrecognisedError.objects.get()
    assert error.text == "The frobnicator failed for [email]."
    assert error.headline == error.text
    assert (error.token, error.count, error.days, error.set_aside) == ("", 1, 1, False)


def test_the_same_problem_with_other_names_is_one_row(client: Client) -> None:
    for name in ("Alpha", "Beta", "Gamma"):
        paste(client, f'{{"code": "FrobnicatorJammed", "flow": "{name}"}}')
    error = UnrecognisedError.objects.get()
    assert (error.token, error.count) == ("FrobnicatorJammed", 3)


def test_another_day_is_counted(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    paste(client, "FrobnicatorJammed")
    at(monkeypatch, timezone.now() + DAY)
    paste(client, "FrobnicatorJammed")
    error = UnrecognisedError.objects.get()
    assert (error.count, error.days, error.last_seen - error.first_seen > DAY / 2) == (2, 2, True)


@pytest.mark.parametrize("text", ["FlowIsTurnedOff", "Cannot run 'x': the trigger is not enabled.", "", "  "])
def test_what_a_guide_knows_is_not_counted(client: Client, text: str) -> None:
    paste(client, text)
    assert not UnrecognisedError.objects.exists()


def test_only_a_paste_is_counted(client: Client) -> None:
    text = "FrobnicatorJammed"
    client.post("/_/read/", {"text": text}, headers=HERE)
    client.post("/api/v1/diagnose", {"text": text}, content_type="application/json")
    client.get(f"/diagnose/?unknown={text}")
    paste(client, "", **{"q.flow-on": "off"})
    assert not UnrecognisedError.objects.exists()


def test_a_paste_that_is_refused_is_not_counted(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    client.post("/diagnose/", {"text": "FrobnicatorJammed"}, headers={"sec-fetch-site": "cross-site"})
    monkeypatch.setattr(pasting, "PASTES_A_MINUTE", 0)
    paste(client, "FrobnicatorJammed")
    assert not UnrecognisedError.objects.exists()


def test_a_long_text_is_kept_to_its_bound(client: Client) -> None:
    paste(client, "lorem ipsum dolor " * 3_000)
    error = UnrecognisedError.objects.get()
    assert len(error.text) == 4_000
    assert len(error.headline) <= 200


@pytest.mark.parametrize("text", ["Ünïcode is wröng 错误 🦑", "a\x00b went wrong", "lone \udc00 is wrong"])
def test_any_characters_are_counted(client: Client, text: str) -> None:
    body = "text=" + "".join(f"%{byte:02x}" for byte in text.encode("utf-8", "surrogatepass"))
    response = client.post("/diagnose/", body, content_type="application/x-www-form-urlencoded", headers=HERE)
    assert response.status_code == 303
    assert UnrecognisedError.objects.count() == 1


def test_a_database_that_cannot_write_does_not_keep_the_answer(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*_: object) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(counted.CountedQuerySet, "_count_again", locked)
    assert paste(client, "FrobnicatorJammed").status_code == 303


def test_counting_costs_a_couple_of_queries(
    client: Client, guide: Guide, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    model = knowledge.current().model
    reading = knowledge.current().read("FrobnicatorJammed")
    with django_assert_max_num_queries(6):  # look, insert; the other four begin and end
        UnrecognisedError.remember(reading, model)
    with django_assert_max_num_queries(3):
        UnrecognisedError.remember(reading, model)
