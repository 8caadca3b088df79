from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client

from troubleshooter.wizard import views

Paste = Callable[..., HttpResponse]


def test_a_known_code_shows_the_guide_that_the_button_would_open(paste: Paste) -> None:
    card = paste("TriggerNotEnabled", to="/_/read/").content.decode()
    assert 'href="/guides/turn-it-on/?code=TriggerNotEnabled"' in card
    assert 'data-say="We found one fix."' in card
    assert "<html" not in card


def test_it_stores_nothing_and_sets_no_cookie(paste: Paste) -> None:
    response = paste("TriggerNotEnabled", to="/_/read/")
    assert not response.cookies
    assert not Session.objects.exists()
    assert "no-store" in response["Cache-Control"]


def test_an_empty_box_shows_no_card(paste: Paste) -> None:
    response = paste(" ", to="/_/read/")
    assert response.status_code == 200
    assert response.content.strip() == b""


def test_a_text_that_is_too_long_is_said_to_be(paste: Paste) -> None:
    assert "too long" in paste("x" * 100_001, to="/_/read/").content.decode()


def test_an_unknown_text_is_not_called_a_find(paste: Paste) -> None:
    card = paste("The moon is made of cheese", to="/_/read/").content.decode()
    assert "We do not know this error yet" in card
    assert "/guides/" not in card


def test_other_sites_and_other_methods_are_refused(client: Client) -> None:
    assert client.post("/_/read/", {"text": "x"}).status_code == 403
    assert client.get("/_/read/").status_code == 405


def test_there_is_a_limit(paste: Paste, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "READINGS_A_MINUTE", 1)
    assert paste("x", to="/_/read/").status_code == 200
    assert paste("x", to="/_/read/").status_code == 429
