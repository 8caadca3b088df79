"""A guide opened from a diagnosis says why it fits, shows the answers, and leads on when it is the wrong one."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.pages.reading import in_order, links, main_part, seen

GUIDE = "/guides/connection-not-given/"


def test_without_evidence_nothing_is_claimed_to_fit(client: Client) -> None:
    text = seen(client.get(GUIDE))
    assert "Why this fits" not in text
    assert "Your answers" not in text


def test_the_reason_and_the_match_word_stand_above_the_cause(client: Client) -> None:
    text = seen(client.get(f"{GUIDE}?code=ConnectionNotGiven"))
    assert in_order(text, "Why this fits", "Exact", "Your error has the code ConnectionNotGiven", "Cause")


def test_the_match_word_is_explained_on_tap(client: Client) -> None:
    assert "The error code is the one of this guide." in seen(client.get(f"{GUIDE}?code=ConnectionNotGiven"))


def test_a_guide_that_no_longer_leads_is_not_said_to_fit(client: Client) -> None:
    text = seen(client.get("/guides/password-expired/?code=FlowIsTurnedOff"))
    assert "Less likely now" in text
    assert "Why this fits" not in text
    assert "General" not in text


def test_each_answer_can_be_changed_and_the_rest_is_kept(client: Client) -> None:
    response = client.get(f"{GUIDE}?code=ConnectionNotGiven&q.app-live=yes&q.flow-on=unsure")
    assert in_order(
        seen(response), "Your answers", "Is the flow turned on?", "I am not sure", "Is the app live?", "Yes"
    )
    assert "/diagnose/?code=ConnectionNotGiven&q.app-live=yes&q.flow-on=unsure&show=q.app-live" in links(response)


def test_somebody_with_another_error_keeps_the_answers(client: Client) -> None:
    response = client.get(f"{GUIDE}?code=ConnectionNotGiven&q.app-live=yes")
    assert "/diagnose/?q.app-live=yes" in links(response)
    box = main_part(response).partition('class="paste"')[2]
    assert '<input type="hidden" name="q.app-live" value="yes">' in box
    assert 'name="code"' not in box


@pytest.mark.parametrize("query", ["colour=red", "q.app-live=perhaps", "tried=FIX-2"])
def test_what_an_address_cannot_mean_is_left_out_and_said(client: Client, query: str) -> None:
    response = client.get(f"{GUIDE}?{query}")
    assert response.status_code == 200
    assert '<p class="note">' in main_part(response)


def test_an_address_with_evidence_is_not_for_search_engines(client: Client) -> None:
    assert b"noindex" in client.get(f"{GUIDE}?code=ConnectionNotGiven").content
    assert b"noindex" not in client.get(GUIDE).content


@pytest.mark.parametrize(
    "query", ["code=%00%ff", "about=,,,", "=", "&&&", "code=a&code=b", "q.=x", "tried=.", "held=%00", "show=x"]
)
def test_no_address_breaks_the_page(client: Client, query: str) -> None:
    assert client.get(f"{GUIDE}?{query}").status_code == 200
