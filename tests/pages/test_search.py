"""Words in, guides and questions out; codes and whole error texts are recognised, typing errors mended."""

from __future__ import annotations

import pytest
from django.test import Client

from guides import knowledge
from guides.search import Results, index
from tests.pages.reading import heading, in_order, links, main_part, seen, title


def search(query: str) -> Results:
    return index(knowledge.current()).search(query)


def slugs(query: str) -> list[str]:
    return [found.guide.slug for found in search(query).guides]


@pytest.mark.parametrize(
    ("query", "slug"),
    [
        ("password expired", "password-expired"),
        ("expiring passwords", "password-expired"),
        ("unmanaged layer", "connection-not-given"),
        ("save as copy", "flow-input-added"),
        ("why is my flow off?", "flow-turned-off"),
        ("ConnectionNotGiven", "connection-not-given"),
        ("turned", "flow-turned-off"),
    ],
)
def test_the_guide_with_the_rarest_words_comes_first(query: str, slug: str) -> None:
    assert slugs(query)[0] == slug


def test_a_result_quotes_the_sentence_that_holds_the_words() -> None:
    assert search("unmanaged layers").guides[0].sentence == "There are unmanaged layers"


def test_a_quoted_list_item_comes_without_its_dash() -> None:
    assert search("copies").guides[0].sentence == "Keep copies of flows."


def test_noise_is_left_out() -> None:
    assert slugs("password expired") == ["password-expired"]


def test_questions_are_found_too() -> None:
    assert [question.slug for question in search("is the app live").questions] == ["app-live"]


def test_a_typing_error_is_mended_and_the_rest_of_the_query_kept() -> None:
    assert search("flwo off").did_you_mean == "flow off"
    assert search("flow off").did_you_mean == ""


@pytest.mark.parametrize("query", ["", "the", "\x00", "…!?", "ا" * 90, "x" * 100, "a " * 50, "(((", "\\b", "ﬁ"])
def test_any_text_can_be_searched(query: str) -> None:
    assert search(query) == search(query)


def test_drafts_and_retired_guides_are_never_found() -> None:
    assert slugs("secret draft") == []
    assert "old-advice" not in slugs("delete flow long ago")


def test_codes_and_guides_are_counted_and_the_query_is_kept(client: Client) -> None:
    response = client.get("/search/?q=password+expired")
    assert heading(response) == "2 results for “password expired”"
    assert title(response).startswith(heading(response))
    assert 'value="password expired"' in main_part(response)


def test_an_exact_code_stands_on_top(client: Client) -> None:
    response = client.get("/search/?q=+passwordexpired%27")
    assert in_order(seen(response), "PasswordExpired", "Renew the password", "Guides")
    assert "/codes/PasswordExpired/" in links(response)


def test_a_matching_question_can_be_answered_from_here(client: Client) -> None:
    assert "/diagnose/?q.app-live=yes" in links(client.get("/search/?q=live"))


def test_nothing_found_keeps_the_query_and_leads_on(client: Client) -> None:
    response = client.get("/search/?q=Pasword")
    assert in_order(
        seen(response), "Nothing matches “Pasword”", "Did you mean “ password ”?", "Paste the whole error instead"
    )
    assert ">Pasword</textarea>" in main_part(response).replace("\n", "")


def test_an_error_text_typed_here_shows_its_guide_first(client: Client) -> None:
    response = client.get("/search/", {"q": '{"code": "FlowIsTurnedOff", "message": "x"}'})
    assert in_order(seen(response), "We found your error: Turn the flow back on", "Exact", "Paste the whole error")
    assert "/guides/flow-turned-off/?code=FlowIsTurnedOff" in links(response)


def test_a_long_text_is_not_searched_but_put_into_the_paste_box(client: Client) -> None:
    dump = '{"code": "FlowIsTurnedOff", "message": "' + "lorem " * 20 + '"}'
    response = client.get("/search/", {"q": dump})
    assert in_order(seen(response), "This is an error text", "at most 100 characters", "We found your error")
    assert "&quot;lorem lorem" in main_part(response)
    assert "Guides" not in seen(response)


def test_an_empty_search_shows_where_to_start(client: Client) -> None:
    for path in ("/search/", "/search/?q=", "/search/?q=%20%00"):
        assert in_order(seen(client.get(path)), "Search", "Guides to start with", "Turn the flow back on")


@pytest.mark.parametrize(
    "query", ["%00", "%ED%A0%80", "%E2%80%AE%E2%80%AE", "%FF", "'", "%3Cscript%3E", "%F0%9F%98%80"]
)
def test_no_character_breaks_the_search(client: Client, query: str) -> None:
    response = client.get(f"/search/?q=flow{query}")
    assert response.status_code == 200
    assert b"<script>" not in response.content
