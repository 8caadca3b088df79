"""Words in, guides and questions out; codes and whole error texts are recognised, typing errors mended."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.test import Client

from guides import knowledge, publishing
from guides.search import Results, index
from tests.guides.factories import document, second_guide_data
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
    assert search("flwo off").read_as == "flow off"
    assert search("flow off").read_as == ""


@pytest.mark.parametrize(
    ("query", "slug"),
    [
        ("pasword expired", "password-expired"),
        ("passwrod", "password-expired"),
        ("expierd", "password-expired"),
        ("apssword", "password-expired"),
        ("unmannaged layer", "connection-not-given"),
        ("ConectionNotGiven", "connection-not-given"),
        ("flow is trned of", "flow-turned-off"),
        ("PasswrodExpired", "password-expired"),
    ],
)
def test_words_with_typing_errors_find_their_guide(query: str, slug: str) -> None:
    assert slugs(query)[0] == slug


@pytest.mark.parametrize("query", ["zork", "xxflow", "pq"])
def test_a_word_that_is_like_no_other_is_not_mended(query: str) -> None:
    assert search(query).read_as == ""


@pytest.mark.parametrize("query", ["", "the", "\x00", "…!?", "ا" * 90, "x" * 100, "a " * 50, "(((", "\\b", "ﬁ"])
def test_any_text_can_be_searched(query: str) -> None:
    assert search(query) == search(query)


def test_drafts_and_retired_guides_are_never_found() -> None:
    assert slugs("secret draft") == []
    assert "old-advice" not in slugs("delete flow long ago")


def test_codes_and_guides_are_counted_and_the_query_is_kept(client: Client) -> None:
    response = client.get("/search/?q=password+expired&show=all")
    assert heading(response) == "2 results for “password expired”"
    assert title(response).startswith(heading(response))
    assert 'value="password expired"' in main_part(response)


@pytest.mark.parametrize("query", ["PasswordExpired", "passwordexpired", " PasswordExpired' ", "password expired"])
def test_an_exact_code_opens_its_guide(client: Client, query: str) -> None:
    response = client.get("/search/", {"q": query})
    assert (response.status_code, response["Location"]) == (302, "/guides/password-expired/?code=PasswordExpired")
    assert response["Cache-Control"].startswith("public")


def test_a_code_that_needs_more_than_itself_opens_its_own_page(client: Client) -> None:
    assert client.get("/search/?q=0x80040265")["Location"] == "/codes/0x80040265/"
    assert "/search/?q=0x80040265&show=all" in links(client.get("/codes/0x80040265/"))


def test_a_code_of_several_guides_opens_its_own_page(client: Client) -> None:
    publishing.load([document("guide", second_guide_data(reference="FLOW-8", slug="password-too-old", samples=[]))])
    assert client.get("/search/?q=PasswordExpired")["Location"] == "/codes/PasswordExpired/"


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("FLOW-1", "/guides/flow-turned-off/"),
        ("flow 1", "/guides/flow-turned-off/"),
        ("flow1", "/guides/flow-turned-off/"),
        ("(FLOW-01)", "/guides/flow-turned-off/"),
        ("FLOW-3/FIX-2.3", "/guides/connection-not-given/#FIX-2.3"),
        ("flow 3 fix 2", "/guides/connection-not-given/#FIX-2"),
        ("https://example.com/g/FLOW-3/FIX-2.3/", "/guides/connection-not-given/#FIX-2.3"),
        ("FLOW-3/FIX-2.9", "/guides/connection-not-given/?gone=FIX-2.9#FIX-2"),
        ("FLOW-3/FIX-4", "/guides/connection-not-given/?gone=FIX-4"),
        ("FIX-4", "/guides/flow-input-added/#FIX-4"),
        ("fix-4.1", "/guides/flow-input-added/#FIX-4.1"),
        ("FLOW-6", "/guides/old-advice/"),
    ],
)
def test_a_reference_opens_what_it_names(client: Client, query: str, address: str) -> None:
    response = client.get("/search/", {"q": query})
    assert (response.status_code, response["Location"]) == (302, address)


def test_a_fix_of_several_guides_opens_the_page_that_lists_them(client: Client) -> None:
    response = client.get("/search/?q=fix+2.3", follow=True)
    assert response.redirect_chain == [("/g/FIX-2.3/", 302)]
    assert {"/guides/connection-not-given/#FIX-2.3", "/guides/flow-input-added/#FIX-2.3"} <= set(links(response))


@pytest.mark.parametrize(
    ("query", "name"),
    [("flow 99", "FLOW-99"), ("FIX-77", "FIX-77"), ("flow-99/fix-4.2", "FLOW-99/FIX-4.2"), ("FLOW-7", "FLOW-7")],
)
def test_a_reference_that_names_nothing_is_said_so_and_leads_on(client: Client, query: str, name: str) -> None:
    response = client.get("/search/", {"q": query})
    assert in_order(seen(response), f"Nothing matches “{query}”", f"There is no guide or fix called {name}.", "Paste")
    assert {"/guides/", "/diagnose/", "/ticket/"} <= set(links(response))


def test_all_results_of_a_code_can_be_asked_for(client: Client) -> None:
    response = client.get("/search/?q=passwordexpired%27&show=all")
    assert in_order(seen(response), "PasswordExpired", "Renew the password", "Guides")
    assert "/codes/PasswordExpired/" in links(response)


def test_a_matching_question_can_be_answered_from_here(client: Client) -> None:
    assert "/diagnose/?q.app-live=yes" in links(client.get("/search/?q=live"))


def test_results_for_mended_words_say_what_was_looked_for(client: Client) -> None:
    response = client.get("/search/?q=Pasword")
    assert in_order(seen(response), "result", "for “Pasword”", "We looked for “password”.", "Renew the password")
    assert 'value="Pasword"' in main_part(response)


def test_nothing_found_keeps_the_query_and_leads_on(client: Client) -> None:
    response = client.get("/search/?q=onnectionnotgiven")
    assert in_order(
        seen(response), "Nothing matches", "look like it", "ConnectionNotGiven", "Paste the whole error instead"
    )
    assert ">onnectionnotgiven</textarea>" in main_part(response).replace("\n", "")
    assert {"/diagnose/", "/ticket/"} <= set(links(response))


def test_markup_is_shown_as_typed_and_a_text_of_500_characters_goes_into_the_paste_box(client: Client) -> None:
    for query in ("<b>zork</b>", "<b>zork</b>" * 46):
        page = client.get("/search/", {"q": query}).content.decode()
        assert "<b>zork" not in page
        assert "&lt;b&gt;zork&lt;/b&gt;</textarea>" in page


@pytest.mark.parametrize("query", ["FLOW-1", "fix 2", "PasswordExpired", "FLOW-99", "flow", "x" * 500])
def test_a_search_takes_one_query(client: Client, query: str, django_assert_num_queries: Any) -> None:
    client.get("/search/?q=flow")
    with django_assert_num_queries(1):
        client.get("/search/", {"q": query})


def test_an_error_text_typed_here_shows_its_guide_first(client: Client) -> None:
    response = client.get("/search/", {"q": '{"code": "FlowIsTurnedOff", "message": "x"}'})
    assert in_order(seen(response), "We found your error: Turn the flow back on", "Exact", "Paste the whole error")
    assert "/guides/flow-turned-off/?code=FlowIsTurnedOff" in links(response)


@pytest.mark.parametrize("page", ["/", "/search/", "/codes/"])
def test_what_fits_into_a_search_field_fits_into_an_address_of_the_web_server(client: Client, page: str) -> None:
    markup = client.get(page).content.decode()
    lengths = re.findall(r'<input type="search"[^>]* maxlength="(\d+)"', markup)
    assert len(lengths) == markup.count('<input type="search"') > 0
    longest = urlencode({"q": "語" * max(map(int, lengths))})
    allowed = re.findall(r"--limit-request-line (\d+)", (settings.BASE_DIR / "README.md").read_text())
    assert len(f"GET /search/?{longest} HTTP/1.1\r\n") <= int(allowed[0])


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


def test_staff_pages_lead_to_the_search(admin_client: Client) -> None:
    assert '<a href="/search/">' in admin_client.get("/admin/").content.decode()
