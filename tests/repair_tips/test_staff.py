"""Administrators set up senders, look after the outbox, and see what a letter looks like before owners do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission, User
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.pages.reading import heading
from tests.repair_tips.failures import a_sender, take
from troubleshooter.repair_tips.hosts import tidied
from troubleshooter.repair_tips.models import FailedRun, Letter, Sender

pytestmark = pytest.mark.django_db

SENDERS = "/admin/repair_tips/sender/"
STATUS = "/admin/repair-tips/"
State = Letter.State


@pytest.fixture
def staff() -> Client:
    person = User.objects.create_user("ada", is_staff=True)
    person.groups.add(Group.objects.get(name="Administrators"))
    client = Client()
    client.force_login(person)
    return client


def form(**fields: Any) -> dict[str, Any]:
    return {
        "name": "Finance",
        "recipient_domains": "contoso.com",
        "run_hosts": "make.powerautomate.com",
        "active": "on",
        **fields,
    }


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def deeds() -> list[str]:
    return [entry.get_change_message() for entry in LogEntry.objects.order_by("pk")]


def stuck(letter: Letter, state: str, trouble: str = "SMTPServerDisconnected") -> Letter:
    past = timezone.now() - timedelta(hours=1)
    due = past if state != State.WAITING else timezone.now() + timedelta(hours=6)
    Letter.objects.filter(pk=letter.pk).update(state=state, trouble=trouble, attempts=3, due=due)
    return letter


def test_lists_of_names_are_kept_in_one_way(staff: Client) -> None:
    hosts = " Make.PowerAutomate.com.\r\nmake.powerapps.com"
    staff.post(
        f"{SENDERS}add/", form(recipient_domains="Contoso.COM\r\n\r\n fabrikam.com\r\ncontoso.com", run_hosts=hosts)
    )
    sender = Sender.objects.get()
    assert sender.recipient_domains == "contoso.com\nfabrikam.com"
    assert sender.run_hosts == "make.powerautomate.com\nmake.powerapps.com"
    assert deeds() == ["Added."]
    staff.post(f"{SENDERS}{sender.pk}/change/", form(name="Sales"))
    assert deeds()[-1].startswith("Changed")


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("https://contoso.com/", "without https://"),
        ("contoso.com:8443", "leave out the port"),
        ("10.0.0.1", "an IP address"),
        ("http://10.0.0.1:80/", "an IP address"),
        ("[::1]:25", "an IP address"),
        ("::1", "an IP address"),
        ("localhost", "your own network"),
        ("intranet", "your own network"),
        ("mail.contoso.local", "inside one network"),
        ("db.internal", "inside one network"),
        ("*.contoso.com", "a * is not understood"),
        ("anna@contoso.com", "after the @"),
        ("contoso.com, fabrikam.com", "a line of its own"),
        ("-a.com", "no name of a site"),
        ("a..com", "no name of a site"),
        ("127.1", "no name of a site"),
        ("0x7f.0x1", "no name of a site"),
        ("x" * 300 + ".com", "no name of a site"),
        ("a_b\0.com", "no name of a site"),
    ],
)
def test_what_is_no_public_name_is_refused_with_the_reason(line: str, why: str) -> None:
    with pytest.raises(ValidationError) as refused:
        tidied(f"fabrikam.com\n{line}\n")
    (sentence,) = refused.value.messages
    assert why in sentence


def test_names_in_other_alphabets_are_kept_as_mail_writes_them() -> None:
    assert tidied("Müller.de") == "xn--mller-kva.de"


def test_everything_wrong_is_said_at_once_and_what_was_typed_stays(staff: Client) -> None:
    response = staff.post(f"{SENDERS}add/", form(recipient_domains="localhost\n10.0.0.1", run_hosts="https://a.com"))
    page = text(response)
    for why in ("localhost: this name only", "10.0.0.1: this is an IP", "https://a.com: write only the name"):
        assert why in page
    assert "localhost 10.0.0.1</textarea>" in page
    assert not Sender.objects.exists()


def test_a_sender_needs_names_in_both_lists(staff: Client) -> None:
    staff.post(f"{SENDERS}add/", form(recipient_domains=" \n ", run_hosts=""))
    assert not Sender.objects.exists()


def test_the_page_of_a_sender_shows_its_keys_and_last_reports(staff: Client, sender: Sender) -> None:
    page = text(staff.get(f"{SENDERS}{sender.pk}/change/"))
    assert "It has no key yet" in page
    assert "None of its flows has reported a failed run yet." in page
    sender.keys.model.objects.make(name="Finance flows", scopes=["failures"], sender=sender)
    take(sender, timezone.now(), flow_name="Send <b>invoices</b>")
    page = text(staff.get(f"{SENDERS}{sender.pk}/change/"))
    assert "Finance flows (…" in page
    assert "not used yet" in page
    assert "Send &lt;b&gt;invoices&lt;/b&gt;" in page
    assert "/help/repair-tips/" in page


def test_the_way_from_a_sender_to_a_key_fills_the_form_in(staff: Client, sender: Sender) -> None:
    address = f"/admin/api/apikey/add/?sender={sender.pk}&scopes=failures"
    assert address.replace("&", "&amp;") in staff.get(f"{SENDERS}{sender.pk}/change/").content.decode()
    shown = staff.get(address).context["adminform"].form
    assert shown["sender"].value() == str(sender.pk)
    assert 'value="failures" id="id_scopes_0" checked' in str(shown["scopes"])


def test_the_status_page_says_what_waits_and_what_went_wrong(
    staff: Client, queue: Callable[[int], list[Letter]]
) -> None:
    for letter, state in zip(queue(5), ("waiting", "unsure", "refused", "sent", "dropped"), strict=True):
        stuck(letter, state, f"Trouble{state}")
    page = text(staff.get(STATUS))
    assert [(pile.name, pile.number) for pile in staff.get(STATUS).context["piles"]] == [
        ("Waiting", 1),
        ("Perhaps sent", 1),
        ("Refused", 1),
    ]
    for trouble in ("Troublewaiting", "Troubleunsure", "Troublerefused"):
        assert trouble in page
    assert "Troublesent" not in page
    assert page.count("Try now<") == 1
    assert page.count("Send again<") == 2
    assert "owner0@" not in page


def test_the_status_page_says_in_plain_words_what_went_wrong(
    staff: Client, queue: Callable[[int], list[Letter]]
) -> None:
    stuck(queue(1)[0], State.REFUSED, "SMTPRecipientsRefused 550")
    page = text(staff.get(STATUS))
    assert "The mail server does not take letters to this owner." in page
    assert "SMTPRecipientsRefused 550" in page


@pytest.mark.parametrize("state", [State.WAITING, State.UNSURE, State.REFUSED])
def test_one_press_has_a_letter_tried_at_once(staff: Client, letter: Letter, state: str) -> None:
    stuck(letter, state)
    response = staff.post(STATUS, {"letter": letter.pk}, follow=True)
    assert "1 letter goes out now." in text(response)
    letter.refresh_from_db()
    assert (letter.state, letter.attempts) == (State.WAITING, 0)
    assert letter.due <= timezone.now()
    assert deeds() == ["Had it tried again."]


def test_a_letter_on_its_way_or_sent_is_left_alone(staff: Client, letter: Letter) -> None:
    for state in (State.SENDING, State.SENT, State.DROPPED):
        stuck(letter, state)
        assert "There is nothing to send" in text(staff.post(STATUS, {"letter": letter.pk}, follow=True))
    Letter.objects.update(state=State.UNSURE, due=timezone.now() + timedelta(minutes=10))
    assert "There is nothing to send" in text(staff.post(STATUS, {"letter": letter.pk}, follow=True))
    assert "No letter waits" in text(staff.get(STATUS))
    assert deeds() == []


def test_all_that_wait_are_tried_and_nothing_else(staff: Client, queue: Callable[[int], list[Letter]]) -> None:
    first, second, refused = queue(3)
    stuck(first, State.WAITING)
    stuck(second, State.WAITING)
    stuck(refused, State.REFUSED)
    assert "2 letters go out now." in text(staff.post(STATUS, {"letter": "all-waiting"}, follow=True))
    refused.refresh_from_db()
    assert refused.state == State.REFUSED


@pytest.mark.parametrize("value", ["", "0", "-1", "x", "9" * 30, "all", "\0"])
def test_a_letter_that_is_not_there_is_no_fault(staff: Client, letter: Letter, value: str) -> None:
    assert "There is nothing to send" in text(staff.post(STATUS, {"letter": value}, follow=True))


def test_who_may_only_look_sees_no_buttons_and_can_press_none(letter: Letter) -> None:
    person = User.objects.create_user("ben", is_staff=True)
    person.user_permissions.add(Permission.objects.get(codename="view_letter"))
    client = Client()
    client.force_login(person)
    assert "Try now" not in text(client.get(STATUS))
    assert client.post(STATUS, {"letter": letter.pk}).status_code == 403


def test_senders_stand_there_with_what_they_reported_in_a_day(staff: Client, sender: Sender) -> None:
    quiet = a_sender(name="Sales")
    now = timezone.now()
    for run in ("1", "2"):
        take(sender, now, run_id=run)
    take(sender, now, flow_id="other", owner_email="ben@contoso.com")
    take(quiet, now)
    FailedRun.objects.filter(flow__sender=quiet).update(reported=now - timedelta(hours=25))
    Letter.objects.filter(flow__sender=sender).update(state=State.SENT, sent=now)
    busy = [(one.sender.name, one.runs, one.flows, one.sent) for one in staff.get(STATUS).context["senders"]]
    assert busy == [("Finance", 3, 2, 2), ("Sales", 0, 0, 0)]


def test_the_status_page_stands_on_the_way_of_administrators(staff: Client) -> None:
    assert f'href="{STATUS}"' in text(staff.get("/admin/"))
    assert heading(staff.get(STATUS)) == "Repair tips"


def test_without_anything_there_the_page_says_so(staff: Client) -> None:
    page = text(staff.get(STATUS))
    assert "No letter waits, and none went wrong." in page
    assert "There is no sender yet." in page


def test_many_letters_and_senders_take_as_many_queries_as_one(
    staff: Client, queue: Callable[[int], list[Letter]], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    queue(12)
    for number in range(12):
        a_sender(name=f"Team {number}")
    with django_assert_max_num_queries(11):
        staff.get(STATUS)
    sender = Sender.objects.get(name="Finance")
    with django_assert_max_num_queries(12):
        staff.get(f"{SENDERS}{sender.pk}/change/")
    with django_assert_max_num_queries(9):
        staff.get(SENDERS)
