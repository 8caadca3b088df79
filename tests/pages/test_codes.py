"""Every code has a line in the list and a page of its own, also under its dirty and misspelt forms."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from tests.pages.reading import anchors, heading, in_order, links, main_part, seen, title


def test_codes_stand_in_groups_with_meaning_and_fix(client: Client) -> None:
    text = seen(client.get("/codes/"))
    assert in_order(text, "App and flow", "FlowIsTurnedOff", "The flow is turned off.", "Turn the flow back on")
    assert in_order(text, "Connections", "ConnectionNotGiven", "Install", "0x80040265", "HTTP", "401")


def test_codes_and_their_other_names_have_anchors(client: Client) -> None:
    found = anchors(client.get("/codes/"))
    assert {"code-ConnectionNotGiven", "code-ConnectionNotGivenon"} <= set(found)
    assert "code-ConnectionNotGiven'" not in found


def test_codes_of_drafts_and_retired_guides_are_not_listed(client: Client) -> None:
    text = seen(client.get("/codes/"))
    assert "StillADraft" not in text
    assert "OldCode" not in text


@pytest.mark.parametrize("typed", ["connectionnot", " ConnectionNotGiven' ", "given ON", "no connection"])
def test_the_filter_knows_codes_aliases_and_words(client: Client, typed: str) -> None:
    text = seen(client.get("/codes/", {"q": typed}))
    assert "ConnectionNotGiven" in text
    assert "PasswordExpired" not in text


def test_the_filter_says_how_many_are_left(client: Client) -> None:
    assert 'data-say="1 code."' in main_part(client.get("/codes/?q=expired"))
    assert 'data-say="5 codes."' in main_part(client.get("/codes/"))


def test_no_hit_offers_what_is_close_and_carries_the_text_over(client: Client) -> None:
    response = client.get("/codes/?q=PaswordExpird")
    assert in_order(
        seen(response), "No code called “PaswordExpird”.", "PasswordExpired", "Paste the whole error instead"
    )
    assert ">PaswordExpird</textarea>" in main_part(response).replace("\n", "")


def test_a_long_text_goes_into_the_paste_box(client: Client) -> None:
    response = client.get("/codes/", {"q": "error " * 30})
    assert "longer than a code" in seen(response)
    assert f"{'error ' * 29}error</textarea>" in main_part(response)


def test_a_code_page_says_what_it_means_and_leads_to_the_fix(client: Client) -> None:
    response = client.get("/codes/ConnectionNotGiven/")
    assert heading(response) == "ConnectionNotGiven"
    assert title(response).startswith("ConnectionNotGiven")
    assert in_order(seen(response), "The app gives no connection.", "Connections", "Also written ConnectionNotGivenon")
    assert "/guides/connection-not-given/?code=ConnectionNotGiven" in links(response)


def test_a_status_keeps_its_kind_in_the_link(client: Client) -> None:
    assert "/guides/connection-not-given/?status=401" in links(client.get("/codes/401/"))


def test_a_generic_code_says_that_it_is_one(client: Client) -> None:
    assert "Other systems print this code too." in seen(client.get("/codes/0x80040265/"))


@pytest.mark.parametrize(
    "dirty", ["connectionnotgiven", "%20ConnectionNotGiven'%20", "ConnectionNotGivenon", "%220X80040265"]
)
def test_a_dirty_form_leads_to_the_page_of_the_code(client: Client, dirty: str) -> None:
    response = client.get(f"/codes/{dirty}/")
    assert response.status_code == 301
    assert response["Location"] in ("/codes/ConnectionNotGiven/", "/codes/0x80040265/")


def test_an_unknown_code_is_said_to_be_unknown_with_ways_on(client: Client) -> None:
    response = client.get("/codes/ConectionNotGivn/")
    assert response.status_code == 404
    assert in_order(seen(response), "We do not know this code", "ConectionNotGivn", "ConnectionNotGiven")
    assert ">ConectionNotGivn</textarea>" in main_part(response).replace("\n", "")


@pytest.mark.parametrize("token", ["StillADraft", "OldCode"])
def test_codes_of_drafts_and_retired_guides_are_unknown(client: Client, token: str) -> None:
    assert "We do not know this code" in seen(client.get(f"/codes/{token}/"))


@pytest.mark.parametrize("token", ["x" * 81, "%00", "%E2%80%AE", "'\"<script>", "…", "..%5C"])
def test_no_token_breaks_the_page(client: Client, token: str) -> None:
    response = client.get(f"/codes/{token}/")
    assert response.status_code == 404
    assert b"<script>&" not in response.content


def test_programs_get_the_same_list_as_json(client: Client) -> None:
    codes = {entry["token"]: entry for entry in json.loads(client.get("/codes.json").content)["codes"]}
    assert set(codes) == {"401", "0x80040265", "ConnectionNotGiven", "FlowIsTurnedOff", "PasswordExpired"}
    assert codes["401"]["guides"] == [
        {"reference": "FLOW-3", "title": "Bring app and flow in step again", "url": "http://testserver/g/FLOW-3/"}
    ]
