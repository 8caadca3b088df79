"""Administrators make keys for other programs, replace and revoke them; each secret is shown once."""

from __future__ import annotations

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.api.writes import a_key, write
from troubleshooter.api.models import ApiKey
from troubleshooter.repair_tips.models import Sender

pytestmark = pytest.mark.django_db

KEYS = "/admin/api/apikey/"


@pytest.fixture
def staff() -> Client:
    person = User.objects.create_user("ada", is_staff=True)
    person.groups.add(Group.objects.get(name="Administrators"))
    client = Client()
    client.force_login(person)
    return client


def shown(response: object) -> str:
    """The secret on a page; "" where there is none."""
    found = re.search(r"ts_[\w-]{20,}", response.content.decode())  # type: ignore[attr-defined]
    return found[0] if found else ""


def make(staff: Client) -> tuple[ApiKey, str]:
    response = staff.post(f"{KEYS}add/", {"name": "Service desk", "scopes": ["outcomes", "ticket-links"]})
    return ApiKey.objects.get(), shown(response)


def test_a_key_is_shown_once_and_works(staff: Client) -> None:
    key, secret = make(staff)
    assert write("outcomes", {}, secret).status_code == 422
    assert write("failures", {}, secret).status_code == 403
    assert key.made_by == User.objects.get(username="ada")
    for page in (KEYS, f"{KEYS}{key.pk}/change/", f"{KEYS}{key.pk}/history/"):
        assert shown(staff.get(page)) == ""
    assert secret not in str(LogEntry.objects.values())


def test_the_page_with_the_secret_is_not_kept_by_browsers(staff: Client) -> None:
    response = staff.post(f"{KEYS}add/", {"name": "Service desk", "scopes": ["outcomes"]})
    assert "no-store" in response["Cache-Control"]
    assert response.status_code == 200


def test_a_key_that_reports_failed_runs_needs_a_sender(staff: Client) -> None:
    form = {"name": "Finance", "scopes": ["failures"]}
    response = staff.post(f"{KEYS}add/", form)
    assert "Choose whose failed runs it reports." in response.content.decode()
    assert not ApiKey.objects.exists()
    sender = Sender.objects.create(name="Finance", recipient_domains="contoso.com")
    assert shown(staff.post(f"{KEYS}add/", {**form, "sender": sender.pk}))


@pytest.mark.parametrize("form", [{"name": "Service desk"}, {"scopes": ["outcomes"]}, {"name": "x", "scopes": ["all"]}])
def test_a_key_without_a_name_or_anything_to_do_is_not_made(staff: Client, form: dict[str, object]) -> None:
    assert staff.post(f"{KEYS}add/", form).status_code == 200
    assert not ApiKey.objects.exists()


def test_a_key_is_replaced_and_both_work_for_a_while(staff: Client) -> None:
    key, secret = make(staff)
    page = staff.get(f"{KEYS}{key.pk}/rotate/").content.decode()
    assert "7 more days" in page
    assert ApiKey.objects.count() == 1
    new = shown(staff.post(f"{KEYS}{key.pk}/rotate/"))
    assert new not in ("", secret)
    assert [write("outcomes", {}, one).status_code for one in (secret, new)] == [422, 422]
    assert "Replaced, works until" in staff.get(f"{KEYS}{key.pk}/change/").content.decode()


def test_a_key_is_replaced_once(staff: Client) -> None:
    key, _secret = make(staff)
    staff.post(f"{KEYS}{key.pk}/rotate/")
    again = staff.post(f"{KEYS}{key.pk}/rotate/", follow=True)
    assert "replaced or revoked already" in again.content.decode()
    assert ApiKey.objects.count() == 2


def test_a_key_is_revoked_by_a_press_and_not_by_looking(staff: Client) -> None:
    key, secret = make(staff)
    staff.get(f"{KEYS}{key.pk}/revoke/")
    assert write("outcomes", {}, secret).status_code == 422
    staff.post(f"{KEYS}{key.pk}/revoke/")
    assert write("outcomes", {}, secret).status_code == 401
    page = staff.get(f"{KEYS}{key.pk}/change/").content.decode()
    assert "Revoked on" in page
    assert "/rotate/" not in page


def test_who_did_what_with_a_key_is_written_down(staff: Client) -> None:
    key, _secret = make(staff)
    staff.post(f"{KEYS}{key.pk}/rotate/")
    staff.post(f"{KEYS}{key.pk}/revoke/")
    told = [entry.get_change_message() for entry in LogEntry.objects.order_by("pk")]
    assert told == ["Added.", "Replaced it. It works for 7 more days.", "Added.", "Revoked it."]


def test_a_publisher_sees_no_keys() -> None:
    a_key()
    person = User.objects.create_user("pat", is_staff=True)
    person.groups.add(Group.objects.get(name="Publishers"))
    client = Client()
    client.force_login(person)
    pk = ApiKey.objects.get().pk
    for page in ("", "add/", f"{pk}/change/", f"{pk}/rotate/", f"{pk}/revoke/"):
        assert client.get(f"{KEYS}{page}").status_code == 403
        assert client.post(f"{KEYS}{page}").status_code == 403


def test_many_keys_take_as_many_queries_as_one(
    staff: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(20):
        a_key(name=f"Program {number}")
    with django_assert_max_num_queries(10):
        assert "Program 19" in staff.get(KEYS).content.decode()
