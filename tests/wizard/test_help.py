"""The help page: three fields that lead to solutions with their reasons, and the ways to help oneself or ask."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from guides import knowledge
from guides.models import Category, ContentVersion, HelpLink, ProblemType
from tests.pages.reading import heading, in_order, links, main_part, seen
from troubleshooter.cases import pasting
from troubleshooter.public_writes import MAX_TEXT

Paste = Callable[..., HttpResponse]


@pytest.fixture
def lists() -> dict[str, Any]:
    """Two problem types; one category says an answer, one only names guides."""
    ProblemType.objects.all().delete()
    running = ProblemType.objects.create(name="Running a flow", order=1)
    moving = ProblemType.objects.create(name="Moving a flow", order=2)
    nothing = Category.objects.create(
        problem_type=running, name="A flow that never starts", question="what-happens", choice="nothing"
    )
    imported = Category.objects.create(problem_type=moving, name="Imports", guides=["FLOW-5", "FLOW-3", "FLOW-99"])
    ContentVersion.advance()
    return {"running": running.pk, "moving": moving.pk, "nothing": nothing.pk, "imported": imported.pk}


@pytest.fixture
def see_solutions(paste: Paste, client: Client) -> Callable[..., HttpResponse]:
    """Fill in the form, send it, and follow where it leads."""

    def send(text: str = "", **fields: Any) -> HttpResponse:
        response = paste(text, to="/help/", **{key: str(value) for key, value in fields.items()})
        assert response.status_code == 303, seen(response)
        return client.get(response["Location"])

    return send


def test_a_known_error_goes_straight_to_its_guide(paste: Paste) -> None:
    there = paste("It says TriggerNotEnabled", to="/help/")["Location"]
    assert there.startswith("/guides/turn-it-on/?code=TriggerNotEnabled&held=")


def test_a_description_alone_is_enough_and_each_solution_says_why_it_is_shown(
    see_solutions: Callable[..., HttpResponse],
) -> None:
    response = see_solutions("Help, the invoices screen stays empty")
    assert heading(response) == "1 solution"
    text = seen(response)
    assert in_order(text, "Bring the output back", "Likely", "You wrote")
    assert "<b>invoices screen stays empty</b>" in main_part(response)
    assert "Your text describes this problem" not in text


def test_the_description_is_in_no_address_and_comes_back_in_the_form_of_its_writer_alone(
    paste: Paste, client: Client
) -> None:
    there = paste("The blue whale app: the invoices screen stays empty", to="/help/")["Location"]
    assert "whale" not in there
    page = client.get(there)
    assert "blue whale" in main_part(page)
    assert "no-cache" in page["Cache-Control"]
    others = Client().get(there)
    assert "whale" not in others.content.decode()
    assert heading(others) == "1 solution"
    assert "We no longer hold your text." in seen(others)


def test_what_a_category_says_ranks_the_guides(lists: dict[str, Any], see_solutions: Any) -> None:
    response = see_solutions(category=lists["nothing"])
    assert in_order(seen(response), "1 solution", "Turn the flow back on", "Likely", "You said nothing happens.")
    assert any("q.what-happens=nothing" in link for link in links(response) if link.startswith("/guides/turn-it-on/"))


def test_a_category_and_a_description_speak_together(lists: dict[str, Any], see_solutions: Any) -> None:
    text = seen(see_solutions("the invoices screen stays empty", category=lists["nothing"], type=lists["running"]))
    assert "Bring the output back" in text
    assert "We do not know" not in text


def test_guides_that_only_the_category_names_come_last_and_say_so(lists: dict[str, Any], see_solutions: Any) -> None:
    response = see_solutions("the invoices screen stays empty", category=lists["imported"])
    assert heading(response) == "3 solutions"
    assert in_order(
        seen(response),
        "Bring the output back",
        "Find out why the install failed",
        "Belongs to Imports",
        "Add the missing connection",
        "Belongs to Imports",
    )
    assert main_part(response).count("Try this first") == 1


def test_an_error_we_do_not_know_is_said_to_be_one_beside_the_guides_of_the_category(
    lists: dict[str, Any], see_solutions: Any
) -> None:
    text = seen(see_solutions("ZorkFailed: the moon is made of cheese", category=lists["imported"]))
    assert in_order(text, "2 solutions", "We do not know the code ZorkFailed yet.", "Belongs to Imports")


def test_what_the_category_says_replaces_an_older_answer(lists: dict[str, Any], client: Client) -> None:
    page = client.get(f"/help/solutions/?category={lists['nothing']}&q.what-happens=slow")
    assert "Turn the flow back on" in seen(page)
    assert "Make the flow faster" not in seen(page)


def test_a_solution_that_was_tried_in_vain_is_not_shown_again(lists: dict[str, Any], client: Client) -> None:
    page = client.get(f"/help/solutions/?category={lists['imported']}&tried=FIX-3.same")
    assert "Add the missing connection" not in seen(page)


def test_without_a_solution_there_is_a_question_and_a_person(see_solutions: Callable[..., HttpResponse]) -> None:
    response = see_solutions("The moon is made of cheese")
    assert heading(response) == "We found no solution yet"
    assert 'class="answers"' in main_part(response)
    assert any(link.startswith("/ticket/?unknown=1&held=") for link in links(response))


def test_a_shared_message_shows_its_guides_and_the_question_that_tells_them_apart(
    see_solutions: Callable[..., HttpResponse],
) -> None:
    response = see_solutions("The connection 'x' was not given by invoker.")
    assert in_order(seen(response), "2 solutions", "this question tells them apart", "Send it to support")


def test_nothing_to_go_by_is_said_beside_the_fields(lists: dict[str, Any], paste: Paste) -> None:
    response = paste("  ", to="/help/", type=str(lists["moving"]))
    assert response.status_code == 422
    assert "<title>Error: What do you need help with?" in response.content.decode()
    assert main_part(response).count("Choose a category, or tell us what you need help with.") == 2
    assert f'value="{lists["moving"]}" checked' in main_part(response)


def test_a_category_of_another_type_is_refused_and_all_that_was_filled_in_stays(
    lists: dict[str, Any], paste: Paste
) -> None:
    fields = {"type": str(lists["moving"]), "category": str(lists["nothing"])}
    response = paste("the blue whale", to="/help/", **fields)
    assert response.status_code == 422
    assert "“A flow that never starts” does not belong to “Moving a flow”." in seen(response)
    assert '<a href="#category">' in main_part(response)
    assert "the blue whale" in main_part(response)
    assert f'value="{lists["nothing"]}" selected' in main_part(response)


@pytest.mark.parametrize("key", ["0", "-1", "9" * 40, "x\x00y", "１", "1 OR 1=1"])
def test_a_choice_that_is_not_in_the_list_is_asked_again(paste: Paste, client: Client, key: str) -> None:
    response = paste("the blue whale", to="/help/", category=key)
    assert response.status_code == 422
    assert "no longer in this list" in seen(response)
    assert "the blue whale" in main_part(response)
    shown = client.get("/help/solutions/", {"category": key, "code": "TriggerNotEnabled"})
    assert "This page is out of date." in seen(shown)


def test_an_address_without_anything_leads_to_the_form(client: Client) -> None:
    assert client.get("/help/solutions/")["Location"] == "/help/"


@pytest.mark.parametrize(("size", "status"), [(MAX_TEXT + 1, 413), (5_000_000, 413)])
def test_a_text_that_is_too_long_comes_back_as_far_as_it_is_kept(paste: Paste, size: int, status: int) -> None:
    response = paste("whale " + "x" * size, to="/help/")
    assert response.status_code == status
    assert "whale x" in main_part(response)


def test_too_many_sent_in_a_minute_are_asked_to_wait(paste: Paste, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pasting, "PASTES_A_MINUTE", 0)
    response = paste("the blue whale", to="/help/")
    assert response.status_code == 429
    assert "the blue whale" in main_part(response)


def test_a_picture_is_said_to_be_one(client: Client) -> None:
    picture = SimpleUploadedFile("error.png", b"\x89PNG\r\n\x1a\n", content_type="image/png")
    response = client.post("/help/", {"text": picture}, headers={"sec-fetch-site": "same-origin"})
    assert response.status_code == 422
    assert "That is a picture or another file." in seen(response)


def test_a_form_of_another_site_is_refused_and_the_text_given_back(client: Client) -> None:
    response = client.post("/help/", {"text": "my precious text"}, headers={"sec-fetch-site": "cross-site"})
    assert response.status_code == 403
    assert "my precious text" in response.content.decode()


def test_what_is_known_already_stays_with_the_form_and_the_ticket(client: Client, paste: Paste) -> None:
    page = client.get("/help/?code=ResponseTimeout&tried=FIX-2.same&guide=FLOW-2")
    assert '<input type="hidden" name="tried" value="FIX-2.same">' in main_part(page)
    assert any(link.startswith("/ticket/?code=ResponseTimeout&tried=FIX-2.same&guide=FLOW-2") for link in links(page))
    there = paste("The moon is made of cheese", to="/help/", tried="FIX-2.same")["Location"]
    assert "tried=FIX-2.same" in there


def test_the_category_goes_into_the_ticket(lists: dict[str, Any], client: Client) -> None:
    page = client.get(f"/help/solutions/?category={lists['imported']}")
    ticket = client.get(next(link for link in links(page) if link.startswith("/ticket/")))
    assert in_order(seen(ticket), "What we know", "Category", "Imports")
    assert "Category: Imports" in ticket.context["texts"].plain
    without = next(link for link in links(ticket) if link == "/ticket/")
    assert "Imports" not in seen(client.get(without))


def test_a_category_that_says_an_answer_puts_it_into_the_ticket_too(lists: dict[str, Any], client: Client) -> None:
    page = client.get(f"/help/?category={lists['nothing']}")
    assert f"/ticket/?q.what-happens=nothing&category={lists['nothing']}" in links(page)


def test_with_empty_lists_only_the_description_is_asked_for(paste: Paste, client: Client) -> None:
    ProblemType.objects.all().delete()
    HelpLink.objects.all().delete()
    ContentVersion.advance()
    page = client.get("/help/")
    assert "Problem type" not in seen(page)
    assert "Category" not in seen(page)
    assert "Tell us what you need help with" in seen(page)
    assert "Ask the community" not in seen(page)
    assert "Choose a category" not in seen(paste("", to="/help/"))


def test_the_form_needs_one_query_and_the_solutions_too(
    lists: dict[str, Any],
    client: Client,
    paste: Paste,
    django_assert_num_queries: DjangoAssertNumQueries,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    there = paste("the invoices screen stays empty", to="/help/", category=str(lists["nothing"]))["Location"]
    knowledge.current()
    for address in ("/help/", f"/help/solutions/?category={lists['nothing']}"):
        with django_assert_num_queries(1):
            assert not client.get(address).cookies
    with django_assert_max_num_queries(2):
        client.get(there)


def test_help_goes_from_the_form_to_the_error_to_self_help_to_a_person(client: Client) -> None:
    response = client.get("/help/")
    assert heading(response) == "What do you need help with?"
    assert in_order(
        seen(response),
        *("Problem type", "Category", "Tell us what you need help with", "See solutions", "Make a ticket"),
        *("In the web portal", "notifications icon", "In the mobile app", "Activity"),
        *("Self Help", "Contact Support", "Ask the community"),
    )


def test_the_form_of_the_support_site_is_named_as_it_is_there(client: Client) -> None:
    asking = seen(client.get("/help/")).partition("Contact Support")[2]
    assert in_order(asking, "Problem type", "Category", "Tell us what you need help with", "See solutions", "Solutions")


def test_the_parts_of_a_repair_tips_email_are_explained(client: Client) -> None:
    text = seen(client.get("/help/"))
    assert in_order(
        text, "Time", "What happened", "How do I fix", "Troubleshooting Tips", "Fix my flow", "turns them off"
    )


def test_support_and_community_are_one_press_away(client: Client) -> None:
    found = links(client.get("/help/"))
    assert "https://flow.microsoft.com/support/" in found
    assert "https://go.microsoft.com/fwlink/?LinkID=787467" in found


@pytest.mark.parametrize("address", ["/", "/diagnose/", "/guides/turn-it-on/", "/codes/", "/help/", "/nowhere/"])
def test_self_help_and_asking_for_help_are_one_press_away_on_every_page(client: Client, address: str) -> None:
    page = client.get(address).content.decode()
    assert 'href="/help/#self-help"' in page
    assert 'href="/help/#ask-for-help"' in page
