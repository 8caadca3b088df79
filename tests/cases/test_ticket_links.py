"""“Link in a ticket”: an agent gets a link with a title, and later sees what became of it."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from guides import knowledge, publishing
from guides.models import Guide
from tests.guides.factories import document, guide_data, mitigation_data
from tests.insights.conftest import Person
from tests.pages.reading import heading, in_order, links, main_part, seen, title, words
from troubleshooter.cases.links import lists, making, names
from troubleshooter.cases.models import TicketLink

pytestmark = pytest.mark.usefixtures("guide")

STEP = "/g/FLOW-1/FIX-1.2/link/"


@pytest.fixture
def agent(signed_in: Person) -> Client:
    return signed_in("Agents")


def signed_token(response: Any) -> str:
    return html.unescape(re.findall(r'name="made" value="([^"]+)"', response.content.decode())[0])


def text_to_copy(response: Any, which: str, kind: str) -> str:
    """A text of the page: “link” or “quote”, in “plain”, “html” or “markdown”."""
    part = main_part(response).split(f'id="{which}-texts"')[1]
    return html.unescape(re.findall(rf'data-format="text/{kind}"[^>]*>([^<]*)</textarea>', part)[0])


def make(agent: Client, address: str = STEP, **fields: str) -> Any:
    return agent.post(address, {"made": signed_token(agent.get(address)), **fields})


def test_guide_fix_and_step_offer_a_link_for_a_ticket_to_everybody(client: Client) -> None:
    response = client.get("/guides/flow-turned-off/")
    offered = [link for link in links(response) if link.endswith("/link/")]
    assert sorted(offered) == [
        "/g/FLOW-1/FIX-1.1/link/",
        "/g/FLOW-1/FIX-1.2/link/",
        "/g/FLOW-1/FIX-1/link/",
        "/g/FLOW-1/link/",
    ]
    assert "Link in a ticket to FIX-1.2" in seen(response)
    assert main_part(response).count('rel="nofollow" data-ticket-link') == 4


def test_who_is_not_signed_in_is_asked_to_and_comes_back(client: Client) -> None:
    response = client.get(STEP)
    assert (response.status_code, response["Location"]) == (302, f"/admin/login/?next={STEP}")
    assert client.post(STEP).status_code == 302


def test_staff_without_the_right_are_refused(client: Client) -> None:
    client.force_login(User.objects.create_user("guest", is_staff=True))
    assert client.get(STEP).status_code == 403
    assert client.get("/tickets/").status_code == 403


@pytest.mark.parametrize(
    ("address", "word", "name"),
    [
        ("/g/FLOW-1/link/", "this guide", "Turn the flow back on (FLOW-1)"),
        ("/g/FLOW-1/FIX-1/link/", "this fix", "Turn on the flow (FIX-1)"),
        (STEP, "step 2", "Turn on the flow, step 2 (FIX-1.2)"),
        (STEP.lower(), "step 2", "Turn on the flow, step 2 (FIX-1.2)"),
    ],
)
def test_the_text_of_a_link_is_title_and_reference(agent: Client, address: str, word: str, name: str) -> None:
    response = agent.get(address)
    assert heading(response) == f"Copy a link to {word}"
    assert title(response).startswith(heading(response))
    plain = text_to_copy(response, "link", "plain")
    url = plain.removeprefix(f"{name}: ")
    assert re.fullmatch(r"http://testserver/t/[\w-]{22}/", url)
    assert text_to_copy(response, "link", "html") == f'<a href="{url}">{name}</a>'
    assert text_to_copy(response, "link", "markdown") == f"[{name}]({url})"


def test_signs_of_a_format_in_a_title_are_only_text_in_the_link(agent: Client) -> None:
    publishing.load([document("mitigation", mitigation_data(title="Set [a] <b> & *c*"))])
    response = agent.get("/g/FLOW-1/FIX-1/link/")
    assert r"[Set \[a\] \<b\> \& \*c\* (FIX-1)](" in text_to_copy(response, "link", "markdown")
    assert text_to_copy(response, "quote", "markdown").startswith(r"**Set \[a\] \<b\> \& \*c\* (FIX-1)**")
    assert ">Set [a] &lt;b&gt; &amp; *c* (FIX-1)</a>" in text_to_copy(response, "link", "html")


def test_the_steps_in_full_say_where_each_is_done_and_what_is_a_choice(agent: Client) -> None:
    steps = [
        {"number": 1, "text": "Open **Run only users**.", "where": "target", "who": "flow-owner"},
        {"number": 4, "text": "Select `a > b`.", "where": "either", "who": "maker", "group": "x"},
        {"number": 3, "text": "Read [this](/guides/).", "where": "either", "who": "maker", "group": "x"},
        {"number": 5, "text": "Save.", "where": "source", "who": "maker"},
    ]
    publishing.load([document("mitigation", mitigation_data(steps=steps))])
    response = agent.get("/g/FLOW-1/FIX-1/link/")
    plain = text_to_copy(response, "quote", "plain")
    assert in_order(
        plain,
        "Turn on the flow (FIX-1)\n\nThe flow is turned off.\n\nStart in the source\n",
        "1. Target environment, the flow owner: Open Run only users.\n2. Do one of these:\n",
        "   - Either environment, the maker: Select a > b.\n   - or: Either environment, the maker: Read this.\n",
        "3. Source environment, the maker: Save.\n\nCheck it worked\nRun the flow. It is Succeeded.\n\nAs of ",
        "Turn on the flow (FIX-1): http://testserver/t/",
    )
    rich = text_to_copy(response, "quote", "html")
    assert in_order(
        words(rich),
        "Turn on the flow (FIX-1)",
        "Target environment, the flow owner:",
        "Do one of these:",
        "or",
        "Save.",
    )
    assert 'href="http://testserver/guides/"' in rich
    assert "class=" not in rich
    assert "[this](http://testserver/guides/)" in text_to_copy(response, "quote", "markdown")


def test_one_step_in_full_is_that_step_with_its_number(agent: Client) -> None:
    plain = text_to_copy(agent.get(STEP), "quote", "plain")
    assert plain.startswith("Turn on the flow, step 2 (FIX-1.2)\n\n2. Source environment: Select Turn on.\n\nAs of ")


def test_opening_the_page_stores_nothing_and_is_never_cached(agent: Client) -> None:
    response = agent.get(STEP)
    assert "no-store" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]
    assert not TicketLink.objects.exists()


def test_the_link_is_kept_when_the_form_is_sent_and_its_texts_are_shown(agent: Client) -> None:
    page = agent.get(STEP)
    copied = text_to_copy(page, "link", "plain")
    response = agent.post(STEP, {"made": signed_token(page), "ticket": "ABC-123", "role": "tried"})
    link = TicketLink.objects.get()
    assert (response.status_code, response["Location"]) == (303, f"{STEP}?made={link.token}")
    assert (link.guide, link.part, link.ticket, link.role) == ("FLOW-1", "FIX-1.2", "ABC-123", "tried")
    assert link.revision.key == "FLOW-1"
    assert link.part_revision is not None
    assert link.part_revision.key == "FIX-1"
    kept = agent.get(response["Location"])
    assert text_to_copy(kept, "link", "plain") == copied
    assert copied.endswith(f"/t/{link.token}/")
    assert 'class="texts" hidden' not in main_part(kept)
    assert 'value="ABC-123"' in main_part(kept)


def test_what_was_shown_counts_although_a_newer_text_went_live_meanwhile(agent: Client) -> None:
    token = signed_token(agent.get(STEP))
    shown = knowledge.current().mitigations["FIX-1"].revision
    publishing.load([document("mitigation", mitigation_data(title="Switch the flow on"))])
    agent.post(STEP, {"made": token})
    assert TicketLink.objects.get().part_revision_id == shown


def test_sending_the_form_twice_makes_one_link(agent: Client) -> None:
    token = signed_token(agent.get(STEP))
    answers = {agent.post(STEP, {"made": token}).headers["Location"] for _ in range(3)}
    assert len(answers) == 1
    assert TicketLink.objects.count() == 1


def test_copying_again_does_not_forget_the_ticket(agent: Client) -> None:
    token = signed_token(agent.get(STEP))
    agent.post(STEP, {"made": token, "ticket": "ABC-123", "role": "tried"})
    agent.post(STEP, {"made": token})
    assert TicketLink.objects.get().ticket == "ABC-123"


@pytest.mark.parametrize(
    ("ticket", "problem"),
    [
        ("x" * 500, names.TOO_LONG),
        ("<script>alert(1)</script>", names.STRANGE),
        ("anna@example.com", names.STRANGE),
        ("a/b", names.STRANGE),
        ("..", names.STRANGE),
        ("a\x00b", names.STRANGE),
    ],
)
def test_what_is_no_name_of_a_ticket_comes_back_with_the_reason(agent: Client, ticket: str, problem: str) -> None:
    response = make(agent, ticket=ticket, role="tried")
    assert response.status_code == 422
    assert title(response).startswith("Error: ")
    assert main_part(response).count(problem) == 2
    assert f'value="{html.escape(ticket)}"' in main_part(response)
    assert '<option value="tried" selected>' in main_part(response)
    assert not TicketLink.objects.exists()


@pytest.mark.parametrize("ticket", ["ABC-123", "#4711", "INC 00.12:3_4", "Ärger-1", "7"])
def test_tickets_are_called_many_things(agent: Client, ticket: str) -> None:
    address = make(agent, ticket=f"  {ticket} ", role="offered")["Location"]
    assert TicketLink.objects.get().ticket == ticket
    (leads_on,) = [link for link in links(agent.get(address)) if link.startswith("/tickets/") and link != "/tickets/"]
    assert "Turn on the flow, step 2 (FIX-1.2)" in seen(agent.get(leads_on))


def test_spaces_too_many_make_no_other_ticket(agent: Client) -> None:
    for typed in ("INC 4711", " INC  4711  "):
        make(agent, ticket=typed, role="offered")
    assert set(TicketLink.objects.values_list("ticket", flat=True)) == {"INC 4711"}


def test_a_role_that_no_form_offers_is_refused(agent: Client) -> None:
    assert making.NO_ROLE in seen(make(agent, ticket="ABC-1", role="owner"))
    assert not TicketLink.objects.exists()


@pytest.mark.parametrize("token", ["", "made-up", "x" * 500, "\x00"])
def test_a_token_we_did_not_sign_makes_no_link(agent: Client, token: str) -> None:
    response = agent.post(STEP, {"made": token, "ticket": "ABC-1", "role": "tried"})
    assert response.status_code == 422
    assert making.OUT_OF_DATE in seen(response)
    assert 'value="ABC-1"' in main_part(response)
    assert not TicketLink.objects.exists()


def test_the_token_of_one_person_or_one_part_does_not_fit_another(agent: Client, signed_in: Person) -> None:
    token = signed_token(agent.get(STEP))
    assert signed_in("Curators").post(STEP, {"made": token}).status_code == 422
    assert agent.post("/g/FLOW-1/FIX-1.1/link/", {"made": token}).status_code == 422
    assert agent.post("/g/FLOW-2/FIX-1.2/link/", {"made": token}).status_code == 422
    assert not TicketLink.objects.exists()


def test_the_page_of_a_link_is_its_makers(agent: Client, signed_in: Person) -> None:
    address = make(agent)["Location"]
    assert agent.get(address).status_code == 200
    assert signed_in("Curators").get(address).status_code == 404
    assert agent.get(address.replace("FIX-1.2", "FIX-1.1")).status_code == 404


@pytest.mark.parametrize("made", ["", "%00", "made-up-but-long-enough", "x" * 500])
def test_a_made_up_link_has_no_page(agent: Client, made: str) -> None:
    assert agent.get(f"{STEP}?made={made}").status_code == 404


@pytest.mark.parametrize(
    "address", ["/g/%00/link/", "/g/FLOW-9/link/", "/g/x/link/", "/g/FLOW-1/FIX-9/link/", "/g/FLOW-1/FIX-1.9/link/"]
)
def test_what_is_not_there_has_no_link(agent: Client, address: str) -> None:
    assert agent.get(address).status_code == 404
    assert agent.post(address, {"made": "x"}).status_code == 404


def test_a_guide_that_readers_cannot_see_has_no_link_and_agents_are_told_why(agent: Client, guide: Guide) -> None:
    Guide.objects.filter(pk=guide.pk).update(live=None)
    publishing.load([])
    knowledge._latest = None
    response = agent.get("/g/FLOW-1/link/")
    assert response.status_code == 404
    assert heading(response) == "This guide is not published"


def test_a_retired_guide_can_still_be_linked(agent: Client) -> None:
    retired = guide_data(reference="FLOW-9", slug="old", codes=[], messages=[], expects={}, samples=[], retired={})
    publishing.load([document("guide", retired)])
    assert "This guide is retired." in seen(agent.get("/g/FLOW-9/link/"))


def test_a_guide_that_only_leads_to_others_has_no_steps_to_copy(agent: Client) -> None:
    fork = {"reference": "FLOW-9", "slug": "fork", "title": "Find out why", "meaning": "It could be both."}
    publishing.load([document("guide", {**fork, "kind": "fork", "targets": ["FLOW-1", "FLOW-2"]})])
    assert "in full" not in seen(agent.get("/g/FLOW-9/link/"))
    make(agent, "/g/FLOW-9/link/")
    response = Client().get(f"/t/{TicketLink.objects.get().token}/")
    assert in_order(seen(response), "this guide (FLOW-9)", "Which of these is yours?", "Turn the flow back on")


def test_the_internal_note_stands_on_the_page_as_markdown(agent: Client, guide: Guide) -> None:
    Guide.objects.filter(pk=guide.pk).update(internal_note="Ask **Olga** <script>")
    page = main_part(agent.get(STEP))
    assert "Internal note" in page
    assert "Olga</strong>" in page
    assert "<script>" not in page


def test_a_page_for_a_link_takes_few_queries(agent: Client, django_assert_max_num_queries: Any) -> None:
    agent.get(STEP)
    with django_assert_max_num_queries(8):
        agent.get(STEP)


# The agent's own list, and one ticket


def test_an_agents_links_are_listed_the_newest_first_and_nobody_elses(agent: Client, signed_in: Person) -> None:
    make(agent, "/g/FLOW-1/link/")
    make(agent, STEP, ticket="ABC-123", role="resolved")
    make(signed_in("Curators"), "/g/FLOW-2/link/")
    response = agent.get("/tickets/")
    assert in_order(
        seen(response), "Turn on the flow, step 2 (FIX-1.2)", "ABC-123", "resolved by", "Turn the flow back on (FLOW-1)"
    )
    assert "FLOW-2" not in seen(response)
    assert in_order(seen(response), "Nothing yet", "Nothing yet")


def test_without_links_the_list_says_how_to_make_one(agent: Client) -> None:
    assert "You have made no link yet." in seen(agent.get("/tickets/"))


def test_many_links_are_told_in_pages_with_as_many_queries(
    agent: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    revision, user = knowledge.current().guides["FLOW-1"].revision, User.objects.get(username="agents")
    TicketLink.objects.bulk_create(
        TicketLink(token=f"token-{number:020}", guide="FLOW-1", revision_id=revision, made_by=user, ticket="T-1")
        for number in range(70)
    )
    for address in ("/tickets/", "/tickets/T-1/"):
        agent.get(address)
        with django_assert_max_num_queries(9):
            response = agent.get(address)
        assert "Page 1 of 3" in seen(response)
        assert agent.get(f"{address}?page=99").status_code == 200


def test_all_links_of_a_ticket_stand_together_whoever_made_them(agent: Client, signed_in: Person) -> None:
    make(agent, STEP, ticket="ABC-123", role="tried")
    make(signed_in("Curators"), "/g/FLOW-2/link/", ticket="abc-123", role="resolved")
    text = seen(agent.get("/tickets/ABC-123/"))
    assert in_order(text, "Renew the password (FLOW-2)", "curators", "Turn on the flow, step 2 (FIX-1.2)", "agents")


def test_one_link_resolved_a_ticket_and_choosing_another_moves_that(agent: Client) -> None:
    make(agent, STEP, ticket="ABC-123", role="resolved")
    make(agent, "/g/FLOW-2/link/", ticket="abc-123", role="offered")
    newest, oldest = TicketLink.objects.all()
    response = agent.post("/tickets/ABC-123/", {"link": newest.pk, "role": "resolved"}, follow=True)
    assert "Saved." in words(response.content.decode())
    newest.refresh_from_db()
    oldest.refresh_from_db()
    assert (newest.role, oldest.role) == ("resolved", "tried")


def test_two_who_say_at_once_what_resolved_a_ticket_are_told_so(agent: Client, monkeypatch: Any) -> None:
    make(agent, STEP, ticket="ABC-123", role="offered")

    def lose(*_: Any) -> None:
        raise IntegrityError

    monkeypatch.setattr(TicketLink, "use_in", lose)
    refused = make(agent, STEP, ticket="ABC-123", role="resolved")
    assert refused.status_code == 422
    assert 'value="ABC-123"' in main_part(refused)
    sent = {"link": TicketLink.objects.earliest("pk").pk, "role": "resolved"}
    for response in (refused, agent.post("/tickets/ABC-123/", sent, follow=True)):
        assert making.AT_THE_SAME_TIME in words(response.content.decode())


def test_agents_find_their_links_from_where_they_start(agent: Client) -> None:
    assert links(agent.get("/admin/")).count("/tickets/") == 1


@pytest.mark.parametrize("link", ["0", "x", "9" * 30, "", "another"])
def test_only_a_link_of_the_ticket_changes_its_role(agent: Client, link: str) -> None:
    make(agent, STEP, ticket="XYZ-9", role="offered")
    another = TicketLink.objects.get()
    sent = {"link": another.pk if link == "another" else link, "role": "resolved"}
    assert lists.NO_LINK in words(agent.post("/tickets/ABC-123/", sent, follow=True).content.decode())
    another.refresh_from_db()
    assert another.role == "offered"


def test_a_ticket_is_opened_by_its_name(agent: Client) -> None:
    assert agent.get("/tickets/?ticket=+ABC-123+")["Location"] == "/tickets/ABC-123/"
    assert "No link was made for this ticket." in seen(agent.get("/tickets/ABC-123/"))
    refused = agent.get("/tickets/", {"ticket": "<b>" * 100})
    assert refused.status_code == 422
    assert names.TOO_LONG in seen(refused)
    assert html.escape("<b>" * 100) in main_part(refused)


def test_an_address_with_what_is_no_ticket_leads_to_the_list_that_says_why(agent: Client) -> None:
    response = agent.get("/tickets/a%40b/", follow=True)
    assert response.status_code == 422
    assert names.STRANGE in seen(response)
    assert 'value="a@b"' in main_part(response)
    assert agent.get("/tickets/%20/", follow=True).status_code == 200
