"""The pasted text is shown to the one who pasted it, for a day, and to nobody else."""

from __future__ import annotations

from datetime import timedelta
from time import process_time

import pytest
from django.contrib.sessions.models import Session
from django.test import Client, RequestFactory
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from guides import held, knowledge
from tests.pages.reading import links, main_part, seen
from troubleshooter.diagnosis.model import Fact, Kind, Reading, Seen, Span

GUIDE = "/guides/connection-not-given/?code=ConnectionNotGiven"
READING = Reading(
    text="[email] got ConnectionNotGiven <b>today</b>",
    seen=(Seen(Fact(Kind.CODE, "ConnectionNotGiven"), Span(12, 30)),),
    others=(Seen(Fact(Kind.STATUS, "401")),),
    hidden=(Span(0, 7),),
)


def keep(client: Client, reading: Reading = READING) -> str:
    """Keep a reading in the session of this client; the token."""
    request = RequestFactory().get("/")
    request.session = client.session
    token = held.keep(request, reading)
    request.session.save()
    client.cookies["sessionid"] = request.session.session_key
    return token


def test_the_used_part_is_marked_and_the_hidden_part_shown_as_hidden(client: Client) -> None:
    markup = main_part(client.get(f"{GUIDE}&held={keep(client)}"))
    assert "<mark>ConnectionNotGiven</mark>" in markup
    assert '<span class="hidden-part">[email]</span>' in markup
    assert "&lt;b&gt;today&lt;/b&gt;" in markup


def test_further_errors_in_the_text_are_links(client: Client) -> None:
    response = client.get(f"{GUIDE}&held={keep(client)}")
    assert "Also in your text: 401" in seen(response)
    assert "/diagnose/?status=401" in links(response)


def test_a_page_with_a_held_text_is_private(client: Client) -> None:
    response = client.get(f"{GUIDE}&held={keep(client)}")
    assert response["Cache-Control"] == "private, no-cache"
    assert "ETag" not in response


def test_a_shared_address_shows_the_page_without_the_text(client: Client) -> None:
    token = keep(client)
    text = seen(Client().get(f"{GUIDE}&held={token}"))
    assert "today" not in text
    assert "We no longer hold your text." in text
    assert "Your error has the code" in text


def test_another_token_shows_nothing(client: Client) -> None:
    keep(client)
    assert "today" not in seen(client.get(f"{GUIDE}&held=guess"))


def test_a_text_is_forgotten_after_a_day(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    token = keep(client)
    later = timezone.now() + timedelta(hours=24, minutes=1)
    monkeypatch.setattr(held.timezone, "now", lambda: later)
    request = RequestFactory().get("/", {"held": token})
    request.session = client.session
    assert held.find(request) is None


def test_texts_of_visitors_who_never_come_back_are_removed_too(client: Client) -> None:
    keep(Client())
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    keep(client)
    assert Session.objects.count() == 1


def test_the_newer_text_takes_the_place_of_the_older(client: Client) -> None:
    older = keep(client)
    keep(client, Reading(text="second"))
    assert "today" not in seen(client.get(f"{GUIDE}&held={older}"))


def test_a_held_text_costs_one_more_query(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    token = keep(client)
    knowledge.current()
    with django_assert_num_queries(3):
        client.get(f"{GUIDE}&held={token}")


def test_links_of_the_page_carry_the_token_on(client: Client) -> None:
    token = keep(client)
    assert f"held={token}&amp;show=q.app-live" in main_part(client.get(f"{GUIDE}&q.app-live=yes&held={token}"))


@pytest.mark.parametrize(
    ("used", "hidden"),
    [((), ()), (((0, 4),), ()), (((2, 6),), ((4, 8),)), (((3, 3),), ()), (((5, 99),), ((-3, 2),))],
)
def test_the_pieces_of_a_text_give_the_text_again(
    used: tuple[tuple[int, int], ...], hidden: tuple[tuple[int, int], ...]
) -> None:
    text = held.HeldText("0123456789", tuple(Span(*pair) for pair in used), tuple(Span(*pair) for pair in hidden))
    assert "".join(piece.text for piece in text.pieces) == "0123456789"


def test_thousands_of_hidden_parts_are_cut_out_at_once() -> None:
    hidden = tuple(Span(start, start + 4) for start in range(0, 100_000, 5))
    text = held.HeldText("[ID] " * 20_000, used=(Span(0, 2),), hidden=hidden)
    started = process_time()
    pieces = text.pieces
    assert process_time() - started < 2
    assert pieces[:3] == (held.Piece("[I", used=True, hidden=True), held.Piece("D]", hidden=True), held.Piece(" "))
    assert "".join(piece.text for piece in pieces) == text.text
