"""A ticket goes to support by e-mail when somebody presses Send: once, and a failed sending loses nothing."""

from __future__ import annotations

import smtplib
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from tests.cases.test_ticket import CASE, GUID, HERE, area, paste, post
from tests.pages.reading import heading, main_part, seen, title
from troubleshooter.cases.hand_over import sending, ticket
from troubleshooter.cases.models import Allowance, HandOver

pytestmark = pytest.mark.usefixtures("guide")


class Broken(BaseEmailBackend):
    """A mail server that fails in the way a test wants."""

    problem: Exception = ConnectionRefusedError()

    def send_messages(self, email_messages: Any) -> int:
        raise self.problem


@pytest.fixture(autouse=True)
def support(settings: Settings) -> None:
    settings.SUPPORT_EMAIL = "support@example.com"
    settings.DEFAULT_FROM_EMAIL = "site@example.com"


@pytest.fixture
def broken(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> type[Broken]:
    monkeypatch.setattr(Broken, "problem", ConnectionRefusedError())
    settings.EMAIL_BACKEND = f"{__name__}.Broken"
    return Broken


def send(client: Client, page: str = CASE, **fields: str) -> Any:
    return post(client, page, do="send", **fields)


def test_a_ticket_is_sent_and_its_number_told(client: Client) -> None:
    page = paste(client)
    response = send(client, page, more="Please call", reply="jane@example.com")
    number = HandOver.objects.get().pk
    assert response.status_code == 303
    done = client.get(response["Location"])
    assert heading(done) == f"Sent. Your number is {number}."
    assert title(done).startswith(heading(done))
    assert done["Cache-Control"] == "private, no-cache"
    (letter,) = mail.outbox
    assert letter.subject == f"[FlowIsTurnedOff] The flow is turned off #{number}"
    assert (letter.to, letter.reply_to) == (["support@example.com"], ["jane@example.com"])
    assert letter.from_email == "site@example.com"
    assert letter.body == area(done)
    assert GUID in letter.body
    assert "anna@example.com" not in letter.body
    assert letter.body.endswith("Please call\n")


def test_nothing_is_sent_without_a_press(client: Client) -> None:
    client.get(CASE)
    for fields in ({}, {"do": "copied"}, {"do": "download"}, {"more": "x", "reply": "jane@example.com"}):
        post(client, CASE, **fields)
    assert mail.outbox == []


def test_the_address_for_the_answer_is_kept_nowhere(client: Client) -> None:
    done = client.get(send(client, reply="jane@example.com")["Location"])
    assert "jane@" not in done.content.decode()
    assert "jane@" not in str(dict(client.session))
    assert "jane@" not in str([*HandOver.objects.values(), *Allowance.objects.values()])


def test_a_second_press_sends_nothing_and_tells_the_same_number(client: Client) -> None:
    answers = [client.get(send(client, more="Please call")["Location"]) for _ in range(3)]
    number = HandOver.objects.get().pk
    assert [heading(answer) for answer in answers] == [
        f"Sent. Your number is {number}.",
        f"We sent this already. Your number is {number}.",
        f"We sent this already. Your number is {number}.",
    ]
    assert len(mail.outbox) == 1


def test_colleagues_behind_one_address_each_send_their_own_ticket() -> None:
    for browser in (Client(), Client()):
        page = paste(browser, "FlowIsTurnedOff")
        assert heading(browser.get(send(browser, page)["Location"])).startswith("Sent. Your number is ")
    assert len(mail.outbox) == HandOver.objects.count() == 2


def test_a_ticket_with_something_more_is_sent_under_the_same_number(client: Client) -> None:
    send(client)
    send(client, more="One thing more")
    assert len(mail.outbox) == 2
    assert {letter.subject for letter in mail.outbox} == {mail.outbox[0].subject}


def test_a_copied_ticket_that_is_sent_is_one_hand_over(client: Client) -> None:
    post(client, CASE, do="copied")
    send(client)
    assert HandOver.objects.get().way == "sent"


def test_a_second_press_while_the_first_is_on_its_way_waits(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    answers: list[Any] = []
    deliver = sending.EmailMessage.send

    def slowly(self: Any) -> int:
        answers.append(send(client, more="Please call"))
        return int(deliver(self))

    monkeypatch.setattr(sending.EmailMessage, "send", slowly)
    client.get(CASE)
    assert send(client, more="Please call").status_code == 303
    assert [answer.status_code for answer in answers] == [409]
    assert "Please call</textarea>" in main_part(answers[0])
    assert len(mail.outbox) == 1


def test_another_process_knows_that_a_ticket_is_on_its_way(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    answers: list[Any] = []

    def drops(self: Any) -> int:
        cache.clear()  # each process has its own
        answers.append(send(client))
        raise smtplib.SMTPServerDisconnected

    monkeypatch.setattr(sending.EmailMessage, "send", drops)
    client.get(CASE)
    assert send(client).status_code == 422
    assert [answer.status_code for answer in answers] == [409]
    assert mail.outbox == []


@pytest.mark.django_db(transaction=True)
def test_presses_at_the_same_moment_send_one_letter() -> None:
    def press(_: int) -> int:
        status = int(send(Client(), more="Please call").status_code)
        connection.close()
        return status

    with ThreadPoolExecutor(4) as presses:
        assert set(presses.map(press, range(6))) <= {303, 409}
    assert len(mail.outbox) == 1
    assert HandOver.objects.count() == 1


@pytest.mark.parametrize(
    "problem",
    [
        ConnectionRefusedError(),
        TimeoutError(),
        smtplib.SMTPServerDisconnected(),
        smtplib.SMTPRecipientsRefused({"support@example.com": (550, b"no")}),
        smtplib.SMTPAuthenticationError(535, b"no"),
    ],
)
def test_a_failed_sending_keeps_everything_and_records_nothing(
    client: Client, broken: type[Broken], problem: Exception
) -> None:
    broken.problem = problem
    response = send(client, more="My own words", reply="jane@example.com")
    assert response.status_code == 422
    assert main_part(response).count(sending.FAILED) == 1
    assert "My own words</textarea>" in main_part(response)
    assert 'value="jane@example.com"' in main_part(response)
    assert area(response).endswith("My own words\n")
    assert '<button type="button" class="button" hidden data-copy="note">Copy</button>' in main_part(response)
    assert not HandOver.objects.exists()
    assert "Nothing has been sent yet." in seen(client.get("/ticket/sent/?code=FlowIsTurnedOff", follow=True))


def test_after_a_failed_sending_another_press_sends(client: Client, broken: type[Broken], settings: Settings) -> None:
    assert send(client).status_code == 422
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send(client).status_code == 303
    assert len(mail.outbox) == 1
    assert Allowance.used_today("127.0.0.1", "send-ticket") == 1


def test_a_failed_sending_leaves_an_earlier_hand_over(client: Client, broken: type[Broken]) -> None:
    post(client, CASE, do="copied")
    send(client)
    assert HandOver.objects.get().way == "copied"


@pytest.mark.parametrize(
    "reply",
    [
        "jane",
        "jane@",
        "a@b",
        "jane@example.com\nBcc: all@example.com",
        "jane@example.com, ben@example.com",
        "<a@b.example>",
        "a@b.c\u2028d.example",
        '"a\x0bBcc:all@example.com"@example.com',
        '"\x01"@example.com',
    ],
)
def test_an_address_that_is_none_comes_back_with_the_reason(client: Client, reply: str) -> None:
    response = send(client, reply=reply, more="My own words")
    assert response.status_code == 422
    assert main_part(response).count(ticket.NO_EMAIL) == 2
    assert 'href="#reply"' in main_part(response)
    assert "My own words</textarea>" in main_part(response)
    assert mail.outbox == []


def test_an_unfinished_address_does_not_stop_a_download(client: Client) -> None:
    assert post(client, CASE, do="download", reply="jane").status_code == 200


def test_ten_tickets_a_day_are_sent_and_the_text_of_the_next_is_kept(client: Client) -> None:
    assert {send(client, more=f"Number {number}").status_code for number in range(10)} == {303}
    refused = send(client, more="One more")
    assert refused.status_code == 429
    assert "You sent 10 tickets today." in seen(refused)
    assert "One more</textarea>" in main_part(refused)
    assert len(mail.outbox) == 10


@pytest.mark.parametrize("more", ["\r\nBcc: all@example.com", "x\n.\nQUIT", "\x00\x08", "<b>&amp;</b>"])
def test_no_text_reaches_the_head_of_the_letter(client: Client, more: str) -> None:
    response = client.post("/ticket/", {"doing": more + "words", "do": "send"}, headers=HERE)
    assert response.status_code == 303
    (letter,) = mail.outbox
    assert "\n" not in letter.subject
    assert letter.message()["Bcc"] is None


def test_the_page_with_the_number_takes_three_queries(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    there = send(client)["Location"]
    with django_assert_num_queries(3):
        client.get(there)


def test_a_number_is_told_to_nobody_else(client: Client) -> None:
    there = send(client)["Location"]
    response = Client().get(there)
    assert response.status_code == 302
    assert response["Location"] == CASE
    assert client.get("/ticket/sent/?code=PasswordExpired").status_code == 302
