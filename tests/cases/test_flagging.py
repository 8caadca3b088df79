"""Any reader can say that something on a page is wrong: no account, nothing personal kept, never shown to others."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from guides import knowledge, publishing
from guides.models import Guide
from tests.guides.factories import document, guide_data
from tests.pages.reading import heading, in_order, links, main_part, seen, title
from troubleshooter.cases import flagging
from troubleshooter.cases.models import Allowance, Flag

pytestmark = pytest.mark.usefixtures("guide")

HERE = {"sec-fetch-site": "same-origin"}


def report(client: Client, text: str = "Step 2 is gone.", headers: Any = HERE, **fields: str) -> Any:
    data = {"guide": "FLOW-1", "part": "", "text": text, **fields}
    return client.post("/flag/", data, headers=headers)


def test_the_page_of_a_guide_leads_to_the_form(client: Client) -> None:
    assert "/flag/?guide=FLOW-1" in links(client.get("/guides/flow-turned-off/"))
    response = client.get("/flag/?guide=FLOW-1")
    assert heading(response) == "Something is wrong on this page"
    assert title(response).startswith(heading(response))
    assert in_order(seen(response), "Turn the flow back on", "The whole page", "FIX-1.2: Select Turn on.")


def test_a_retired_guide_can_be_reported_too(client: Client) -> None:
    retired = guide_data(reference="FLOW-9", slug="old", codes=[], messages=[], expects={}, samples=[], retired={})
    publishing.load([document("guide", retired)])
    assert "/flag/?guide=FLOW-9" in links(client.get("/guides/old/"))
    assert client.get("/flag/?guide=FLOW-9").status_code == 200


def test_a_step_named_in_the_address_is_chosen_already(client: Client) -> None:
    page = main_part(client.get("/flag/?guide=flow-1&part=fix-1.2"))
    assert '<option value="FIX-1.2" selected>' in page
    assert "selected" not in main_part(client.get("/flag/?guide=FLOW-1&part=<script>"))


@pytest.mark.parametrize("query", ["", "?guide=", "?guide=FLOW-99", "?guide=<script>"])
def test_a_guide_that_is_not_there_cannot_be_reported(client: Client, query: str) -> None:
    assert client.get(f"/flag/{query}").status_code == 404
    assert client.get(f"/flag/thanks/{query}").status_code == 404
    assert report(client, guide="FLOW-99").status_code == 404


def test_a_report_reaches_the_owner_of_the_guide_and_the_reader_is_thanked(client: Client, guide: Guide) -> None:
    owner = User.objects.create_user("olga")
    Guide.objects.filter(pk=guide.pk).update(owner=owner)
    response = report(client, part="FIX-1.2")
    assert response.status_code == 303
    assert heading(client.get(response["Location"])) == "Thank you"
    flag = Flag.objects.get()
    assert (flag.guide, flag.part, flag.text, flag.owner) == ("FLOW-1", "FIX-1.2", "Step 2 is gone.", owner)
    assert flag.revision == guide.live


def test_nothing_personal_is_kept(client: Client) -> None:
    report(client, "Ask anna@example.com, she knows.")
    assert Flag.objects.get().text == "Ask [email], she knows."
    assert "127.0.0.1" not in "".join(str(value) for row in Allowance.objects.values_list() for value in row)


def test_no_cookie_is_set(client: Client) -> None:
    for response in (client.get("/flag/?guide=FLOW-1"), report(client), report(client, "")):
        assert not response.cookies


def test_a_form_that_is_sent_twice_counts_once(client: Client) -> None:
    assert [report(client)["Location"] for _ in range(3)] == ["/flag/thanks/?guide=FLOW-1"] * 3
    assert Flag.objects.count() == 1
    assert Allowance.objects.get().used == 1


@pytest.mark.parametrize(("text", "problem"), [(" \n ", flagging.EMPTY), ("x" * 2_001, flagging.TOO_LONG)])
def test_a_text_that_cannot_be_taken_comes_back_with_the_reason(client: Client, text: str, problem: str) -> None:
    response = report(client, text, part="FIX-1")
    page = main_part(response)
    assert response.status_code == 422
    assert title(response).startswith("Error: ")
    assert page.count(problem) == 2
    assert f"{text.strip()}</textarea>" in page
    assert '<option value="FIX-1" selected>' in page
    assert not Flag.objects.exists()


def test_two_thousand_characters_are_taken_whole(client: Client) -> None:
    report(client, "wrong " * 333)
    assert len(Flag.objects.get().text) == 1_997


def test_more_than_ten_reports_a_day_are_refused_and_the_text_kept(client: Client) -> None:
    assert {report(client, f"Mistake {number}").status_code for number in range(10)} == {303}
    refused = report(client, "One more mistake")
    assert refused.status_code == 429
    assert "You sent 10 reports today." in seen(refused)
    assert "One more mistake</textarea>" in main_part(refused)
    assert Flag.objects.count() == 10
    assert (
        client.post(
            "/flag/", {"guide": "FLOW-1", "text": "From elsewhere"}, headers=HERE, REMOTE_ADDR="192.0.2.7"
        ).status_code
        == 303
    )


@pytest.mark.parametrize("headers", [{}, {"sec-fetch-site": "cross-site"}, {"origin": "https://elsewhere.example"}])
def test_a_form_that_is_not_ours_is_refused_and_nothing_stored(client: Client, headers: dict[str, str]) -> None:
    assert report(client, headers=headers).status_code == 403
    assert not Flag.objects.exists()
    assert not Allowance.objects.exists()


def test_markup_is_text_wherever_it_is_shown(client: Client) -> None:
    page = main_part(report(client, "<script>alert(1)</script>" + "x" * 2_000))
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize("text", ["a\x00b", "\udc00 lone", "\u202eturned", "\x1b[31mred"])
def test_strange_characters_do_no_harm(client: Client, text: str) -> None:
    body = f"guide=FLOW-1&text={text.encode('utf-8', 'surrogatepass').hex(' ').replace(' ', '%')}"
    body = body.replace("text=", "text=%")
    response = client.post("/flag/", body, content_type="application/x-www-form-urlencoded", headers=HERE)
    assert response.status_code == 303


def test_a_step_that_no_form_offers_is_not_stored(client: Client) -> None:
    report(client, part="everything")
    assert Flag.objects.get().part == ""


def test_a_report_is_never_shown_to_other_readers(client: Client) -> None:
    report(client, "The whale is wrong")
    for address in ("/guides/flow-turned-off/", "/flag/?guide=FLOW-1", "/flag/thanks/?guide=FLOW-1"):
        assert "whale" not in client.get(address).content.decode()


def test_form_and_thanks_need_one_query(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    knowledge.current()
    for address in ("/flag/?guide=FLOW-1", "/flag/thanks/?guide=FLOW-1"):
        with django_assert_num_queries(1):
            client.get(address)


def test_storing_a_report_takes_few_queries(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    knowledge.current()
    with django_assert_max_num_queries(12):
        report(client)
