"""The ticket: everything known of a case, ready for a person: nothing is typed twice, nothing is sent unasked."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from guides import knowledge, publishing
from tests.guides.factories import document, question_data
from tests.pages.reading import anchors, heading, in_order, links, main_part, seen, title
from troubleshooter.cases import pasting
from troubleshooter.cases.hand_over import sending, ticket
from troubleshooter.cases.models import HandOver, PasteCount, UnrecognisedError

pytestmark = pytest.mark.usefixtures("guide")

HERE = {"sec-fetch-site": "same-origin"}
GUID = "67474bfe-2512-4ffe-a890-98e456a65d64"
RUN = "08586031859385288319549437333057696CU96"
TEXT = f"""Hi Jane,
anna@example.com and ben@example.com got FlowIsTurnedOff.
"clientRequestId": "{GUID}", Request tracking id '{RUN}', again {GUID.upper()} as clientRequestId: {GUID}"""
CASE = "/ticket/?code=FlowIsTurnedOff&q.flow-on=off&tried=FIX-1.same"


def post(client: Client, address_: str, **fields: str) -> Any:
    return client.post(address_, fields, headers=HERE)


def paste(client: Client, text: str = TEXT) -> str:
    """Paste a text; the address of its ticket, with an answer and a failed fix."""
    there = client.post("/diagnose/", {"text": text}, headers=HERE)["Location"]
    return f"/ticket/?{there.partition('?')[2]}&q.flow-on=off&tried=FIX-1.same"


def area(response: Any, format_: str = "text/plain") -> str:
    """What stands in the box of one format of the ticket."""
    (found,) = re.findall(
        rf'<textarea[^>]*data-format="{format_}"[^>]*>\n(.*?)</textarea>', main_part(response), re.DOTALL
    )
    return html.unescape(found)


def test_everything_known_stands_in_the_ticket(client: Client) -> None:
    response = client.get(paste(client))
    assert heading(response) == "Send this to support"
    assert "Nothing has been sent yet." in seen(response)
    assert in_order(
        area(response),
        "Subject: [FlowIsTurnedOff] The flow is turned off",
        "What went wrong: The flow is turned off.",
        "Error code: FlowIsTurnedOff",
        f"Client request ID: {GUID}",
        f"Tracking ID: {RUN}",
        "Is the flow turned on? No, it is off",
        "Turn on the flow (FIX-1, revision 1): The same error came back",
        "FLOW-1: Turn the flow back on (a fix of it was tried) http://testserver/g/FLOW-1/",
        "Hi [name],\n[email] and [email] got FlowIsTurnedOff.",
    )


@pytest.mark.parametrize(
    ("query", "subject"),
    [
        ("code=FlowIsTurnedOff", "[FlowIsTurnedOff] The flow is turned off"),
        ("message=not-enabled", "The flow is turned off"),
        ("q.flow-on=off", "The flow is turned off"),
        ("unknown=ZorkFailed", "[ZorkFailed] A flow or an app fails"),
        ("unknown=1", "A flow or an app fails"),
        ("code=PasswordExpired&q.works-where=no", "[PasswordExpired] The password has expired (target)"),
        ("code=PasswordExpired&q.works-where=both", "[PasswordExpired] The password has expired"),
    ],
)
def test_the_subject_says_code_symptom_and_environment_in_one_line(client: Client, query: str, subject: str) -> None:
    choices = [
        {"slug": "no", "text": "No, only the target fails", "summary": "You said it fails in the target."},
        {"slug": "both", "text": "Source and target fail", "summary": "You said both fail.", "normal": "usually"},
    ]
    where = question_data(slug="works-where", order=20, text="Does it work elsewhere?", choices=choices)
    publishing.load([document("question", where)])
    assert area(client.get(f"/ticket/?{query}")).splitlines()[0] == f"Subject: {subject}"


def test_each_known_fact_can_be_changed_or_removed(client: Client) -> None:
    found = links(client.get(CASE))
    assert "/diagnose/?code=FlowIsTurnedOff&q.flow-on=off&tried=FIX-1.same&show=q.flow-on" in found
    assert "/ticket/?code=FlowIsTurnedOff&q.flow-on=off" in found
    assert "/ticket/?q.flow-on=off&tried=FIX-1.same" in found


def test_a_known_case_is_asked_for_nothing_again(client: Client) -> None:
    assert {"doing", "text"}.isdisjoint(anchors(client.get(paste(client))))


def test_no_personal_text_stands_on_the_page(client: Client) -> None:
    response = client.get(paste(client))
    assert "anna@" not in response.content.decode()
    assert "We hid two emails and one name." in seen(response)
    assert "The client request ID and tracking ID stay, because support needs them." in seen(response)


def test_an_id_that_somebody_removes_never_returns(client: Client) -> None:
    page = paste(client)
    response = post(client, page, remove=GUID)
    assert response.status_code == 303
    query = page.partition("?")[2]
    again = [client.get(response["Location"]), client.get(page), client.get(f"/guides/flow-turned-off/?{query}")]
    again += [client.get(f"/diagnose/?{query}&show=fixes"), post(client, page, do="download")]
    for answer in again:
        assert answer.status_code == 200
        assert GUID not in answer.content.decode().lower()
    assert '"clientRequestId": "[id 1]"' in area(again[0])
    assert RUN in area(again[0])
    assert GUID not in str(Session.objects.get().get_decoded()).lower()


def test_all_ids_can_be_removed_at_once(client: Client) -> None:
    page = paste(client)
    post(client, page, remove="all")
    response = client.get(page)
    assert RUN not in response.content.decode()
    assert "We hid two emails, one name and two IDs." in seen(response)


def test_removing_what_is_not_there_changes_nothing(client: Client) -> None:
    page = paste(client)
    before = area(client.get(page))
    assert post(client, page, remove="Jane").status_code == 303
    assert area(client.get(page)) == before


def test_nobody_removes_something_from_the_text_of_another(client: Client) -> None:
    page = paste(client)
    post(Client(), page, remove="all")
    assert GUID in area(client.get(page))


def test_what_is_added_stays_through_every_press_and_is_redacted_in_the_ticket(client: Client) -> None:
    page = paste(client)
    for fields in ({}, {"remove": GUID}, {"remove": RUN}):
        response = post(client, page, more="Ask anna@example.com", **fields)
        assert "Ask anna@example.com</textarea>" in main_part(response)
        assert area(response).endswith("ANYTHING ELSE\nAsk [email]\n")
    assert response["Cache-Control"] == "private, no-cache"


def test_an_empty_ticket_asks_three_things(client: Client) -> None:
    response = client.get("/ticket/")
    assert [name for name in anchors(response) if name in ("doing", "text", "more", "reply", "ready")] == [
        "doing",
        "text",
        "more",
    ]
    assert "Nothing has been sent yet." in seen(response)


def test_one_sentence_makes_a_ticket(client: Client) -> None:
    response = post(client, "/ticket/", doing="I pressed Approve.", more="It worked on Monday.")
    assert area(response) == (
        "Subject: I pressed Approve\n\nPROBLEM\nWhat was done: I pressed Approve.\n\n"
        "ANYTHING ELSE\nIt worked on Monday.\n"
    )
    assert "I pressed Approve.</textarea>" in main_part(response)


def test_an_error_text_makes_a_ticket_with_what_we_read_in_it(client: Client) -> None:
    response = post(client, "/ticket/", text="jane@example.com got FlowIsTurnedOff")
    assert response.status_code == 303
    page = client.get(response["Location"])
    assert in_order(area(page), "[FlowIsTurnedOff]", "Error code: FlowIsTurnedOff", "[email] got FlowIsTurnedOff")


def test_an_error_text_counts_like_one_that_is_pasted_elsewhere(client: Client) -> None:
    post(client, "/ticket/", text="FlowIsTurnedOff")
    assert [(row.match, row.count) for row in PasteCount.objects.all()] == [("exact", 1)]


def test_too_many_error_texts_in_a_minute_are_refused_and_the_text_kept(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pasting, "PASTES_A_MINUTE", 0)
    response = post(client, "/ticket/", text="FlowIsTurnedOff")
    assert response.status_code == 429
    assert "FlowIsTurnedOff</textarea>" in main_part(response)
    assert not PasteCount.objects.exists()


def test_an_error_text_keeps_what_was_said_before(client: Client) -> None:
    response = post(client, "/ticket/?code=PasswordExpired&q.flow-on=off", text="FlowIsTurnedOff", more="Please help")
    assert in_order(area(response), "Error code: FlowIsTurnedOff", "No, it is off", "Please help")
    assert "PasswordExpired" not in area(response)
    assert not UnrecognisedError.objects.exists()


def test_a_text_that_is_gone_can_be_pasted_again(client: Client) -> None:
    response = Client().get(paste(client))
    assert "We no longer hold your text" in seen(response)
    assert "text" in anchors(response)
    assert "Error code: FlowIsTurnedOff" in area(response)


@pytest.mark.parametrize("fields", [{}, {"doing": " ", "text": "\n", "more": ""}, {"do": "download"}, {"do": "send"}])
def test_nothing_at_all_makes_no_ticket(client: Client, fields: dict[str, str]) -> None:
    response = post(client, "/ticket/", **fields)
    assert response.status_code == 422
    assert title(response).startswith("Error: ")
    assert main_part(response).count(ticket.NOTHING) == 2
    assert not HandOver.objects.exists()


def test_a_text_that_is_too_long_comes_back(client: Client) -> None:
    response = post(client, CASE, more="x" * 2_001)
    assert response.status_code == 422
    assert main_part(response).count("This has more than 2,000 characters.") == 2
    assert "x" * 2_001 + "</textarea>" in main_part(response)
    assert "x" * 2_001 not in area(response)
    huge = post(client, "/ticket/", text="y" * 100_001, doing="Approving")
    assert huge.status_code == 413
    assert "Approving</textarea>" in main_part(huge)


def test_the_ticket_is_downloaded_with_what_was_added(client: Client) -> None:
    response = post(client, CASE, do="download", more="Second line\nThird line")
    assert response["Content-Disposition"] == 'attachment; filename="ticket.txt"'
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response["Cache-Control"] == "private, no-store"
    assert response.content.decode().endswith("Second line\nThird line\n")


def test_a_ticket_taken_is_counted_once_and_its_text_is_not_kept(client: Client) -> None:
    page = paste(client)
    client.get(page)
    assert not HandOver.objects.exists()
    assert post(client, page, do="copied").status_code == 204
    post(client, page, do="download", more="private words")
    hand_over = HandOver.objects.get()
    known = knowledge.current()
    assert hand_over.way == "copied"
    assert hand_over.evidence == "code=FlowIsTurnedOff&q.flow-on=off&tried=FIX-1.same"
    assert hand_over.revisions == [known.mitigations["FIX-1"].revision]
    assert hand_over.content_version == known.version
    assert "private words" not in str(HandOver.objects.values())


def test_very_many_tickets_are_still_given_but_no_longer_counted(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "HAND_OVERS_A_DAY", 1)
    codes = ("FlowIsTurnedOff", "PasswordExpired")
    assert [post(client, f"/ticket/?code={code}", do="download").status_code for code in codes] == [200, 200]
    assert HandOver.objects.count() == 1


def test_too_many_presses_in_a_minute_are_refused_and_the_text_kept(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ticket, "CHANGES_A_MINUTE", 1)
    post(client, CASE)
    response = post(client, CASE, more="my words", do="download")
    assert response.status_code == 429
    assert "my words</textarea>" in main_part(response)
    assert not HandOver.objects.exists()


@pytest.mark.parametrize("headers", [{}, {"sec-fetch-site": "cross-site"}, {"origin": "https://elsewhere.example"}])
def test_a_form_that_is_not_ours_takes_and_removes_nothing(client: Client, headers: dict[str, str]) -> None:
    page = paste(client)
    assert client.post(page, {"remove": "all", "do": "copied"}, headers=headers).status_code == 403
    assert GUID in area(client.get(page))
    assert not HandOver.objects.exists()


def test_without_a_support_address_there_is_no_send_button(client: Client) -> None:
    response = client.get(CASE)
    assert 'value="send"' not in main_part(response)
    assert post(client, CASE, do="send").status_code == 303
    assert not HandOver.objects.exists()


def test_the_page_of_a_ticket_is_public_without_a_held_text_and_private_with_one(client: Client) -> None:
    public = client.get(CASE)
    assert public["Cache-Control"].startswith("public")
    assert not public.cookies
    private = client.get(paste(client))
    assert private["Cache-Control"] == "private, no-cache"
    assert "ETag" not in private


def test_queries(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    knowledge.current()
    with django_assert_num_queries(1):
        client.get("/ticket/?code=FlowIsTurnedOff&q.flow-on=off")
    with django_assert_num_queries(2):
        client.get(CASE)
    page = paste(client)
    with django_assert_num_queries(3):
        client.get(page)


@pytest.mark.parametrize(
    "query",
    ["code=%00%0d%0a<script>", "tried=FIX-99.same", "q.nothing=no", "held=x", "unknown=%0aBcc:%20x", "tried=FIX-1.bad"],
)
def test_any_address_gives_a_page(client: Client, query: str) -> None:
    response = client.get(f"/ticket/?{query}")
    assert response.status_code == 200
    assert "<script>" not in main_part(response)


def test_the_ways_to_a_ticket_keep_the_case(client: Client) -> None:
    query = "code=FlowIsTurnedOff&q.flow-on=off&tried=FIX-1.same"
    for page, read in (("/diagnose/", ""), ("/guides/flow-turned-off/", "&guide=FLOW-1")):
        assert f"/ticket/?{query}{read}" in links(client.get(f"{page}?{query}&show=fixes"))
    assert "/ticket/" in links(client.get("/help/"))


def test_removed_ids_leave_the_marks_of_what_was_used_where_they_belong(client: Client) -> None:
    page = paste(client, f"clientRequestId: {GUID} got FlowIsTurnedOff, trackingId: {GUID}")
    post(client, page, remove=GUID)
    assert "<mark>FlowIsTurnedOff</mark>" in main_part(client.get(page))
