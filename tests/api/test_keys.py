"""Who may write: only programs with a working key for just that, and what is wrong with a key is said."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from tests.api.writes import a_key, read, refused, send, write
from tests.guides.factories import load_small_library
from troubleshooter.api.models import ApiKey

pytestmark = pytest.mark.django_db

ADDRESSES = ("failures", "outcomes", "ticket-links")


def key() -> ApiKey:
    return ApiKey.objects.latest("pk")


@pytest.mark.parametrize("path", ADDRESSES)
def test_without_a_key_nothing_is_written(path: str) -> None:
    response = write(path, {})
    assert "Authorization: Bearer" in refused(response, 401)["detail"]
    assert response["WWW-Authenticate"].startswith("Bearer")


def test_what_became_of_the_links_of_a_ticket_takes_a_key_too() -> None:
    refused(read("ticket-links", ticket="ABC-1"), 401)


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic dXNlcjpwYXNz", "ts_abc", "Token ts_abc"])
def test_what_is_no_key_is_asked_for(header: str) -> None:
    assert "Send your key" in refused(write("outcomes", {}, Authorization=header), 401)["detail"]


@pytest.mark.parametrize("secret", ["ts_unknown", "ts_ü", "x" * 5_000, "a b", "\udcff"])
def test_a_key_that_we_never_gave_out_is_unknown(secret: str) -> None:
    a_key()
    assert "do not know this key" in refused(write("outcomes", {}, secret), 401)["detail"]


def test_a_revoked_key_stops_working_at_once_and_says_so() -> None:
    secret = a_key()
    key().revoke()
    assert "was revoked on" in refused(write("outcomes", {}, secret), 401)["detail"]


def test_a_key_that_was_replaced_works_for_a_week() -> None:
    load_small_library()
    secret = a_key()
    rotated = key().rotate(by=None)
    assert rotated is not None
    assert write("outcomes", {}, secret).status_code == 422
    assert write("outcomes", {}, rotated[1]).status_code == 422
    ApiKey.objects.filter(expires__isnull=False).update(expires=timezone.now() - timedelta(seconds=1))
    assert "Use the new one" in refused(write("outcomes", {}, secret), 401)["detail"]
    assert write("outcomes", {}, rotated[1]).status_code == 422


def test_a_key_is_replaced_once_only() -> None:
    a_key()
    first = key()
    assert first.rotate(by=None)
    assert first.rotate(by=None) is None
    assert ApiKey.objects.count() == 2


@pytest.mark.parametrize("path", ADDRESSES)
def test_a_key_for_something_else_is_refused(path: str) -> None:
    others = [scope for scope in ADDRESSES if scope != path]
    assert "This key is not for" in refused(write(path, {}, a_key(*others)), 403)["detail"]


def test_a_key_is_kept_as_a_hash_only() -> None:
    secret = a_key()
    kept = [str(getattr(key(), field.attname)) for field in ApiKey._meta.fields]
    assert not any(secret in text or secret.removeprefix("ts_") in text for text in kept)
    assert str(key()) == f"Service desk (…{secret[-4:]})"


def test_the_day_of_the_last_use_is_kept() -> None:
    secret = a_key()
    assert key().used is None
    write("outcomes", {}, secret)
    assert key().used == timezone.localdate()


def test_a_flood_from_one_program_has_to_wait_and_others_do_not(settings: Settings) -> None:
    settings.API_WRITES_A_MINUTE = 2
    loud, other = a_key(), a_key()
    assert [write("outcomes", {}, loud).status_code for _ in range(3)] == [422, 422, 429]
    response = write("outcomes", {}, loud)
    assert "Wait a minute" in refused(response, 429)["detail"]
    assert response["Retry-After"] == "60"
    assert write("outcomes", {}, other).status_code == 422


def test_a_new_key_of_the_same_program_does_not_get_around_the_limit(settings: Settings) -> None:
    settings.API_WRITES_A_MINUTE = 1
    secret = a_key()
    rotated = key().rotate(by=None)
    assert rotated is not None
    assert write("outcomes", {}, secret).status_code == 422
    assert write("outcomes", {}, rotated[1]).status_code == 429


@pytest.mark.parametrize("path", ADDRESSES)
def test_a_body_that_cannot_be_taken_is_refused(path: str) -> None:
    secret = a_key()
    refused(send(path, "{", secret), 400)
    refused(send(path, "", secret), 400)
    refused(send(path, "[" * 100_000, secret), 413 if path == "ticket-links" else 400)
    refused(send(path, "{}", secret, **{"Content-Type": "text/plain"}), 415)
    refused(send(path, b'{"a": "' + b"x" * 5_000_000 + b'"}', secret), 413)
    refused(send(path, "[]", secret), 422)


@pytest.mark.parametrize(("method", "allowed"), [("get", "POST"), ("put", "POST"), ("delete", "POST")])
def test_other_methods_are_told_which_one_to_use(method: str, allowed: str) -> None:
    response = getattr(Client(), method)("/api/v1/outcomes")
    assert response.status_code == 405
    assert response["Allow"] == allowed
