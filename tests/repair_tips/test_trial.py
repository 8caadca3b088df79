"""Staff send a made-up failure, and see the letter that comes of it; it counts nowhere."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.repair_tips.failures import a_sender, take
from troubleshooter.cases.models import UnrecognisedError
from troubleshooter.repair_tips import outbox, tidying
from troubleshooter.repair_tips.models import Flow, FlowProblem, Letter, OptOut, Sender
from troubleshooter.repair_tips.models.opt_out import digest_of

pytestmark = pytest.mark.django_db

ANNA = "anna@contoso.com"


@pytest.fixture
def staff(sender: Sender) -> Client:
    person = User.objects.create_user("ada", "ada@contoso.com", is_staff=True)
    person.groups.add(Group.objects.get(name="Administrators"))
    client = Client()
    client.force_login(person)
    return client


def form(sender: Sender) -> str:
    return f"/admin/repair_tips/sender/{sender.pk}/test/"


def press(staff: Client, sender: Sender, sample: str = "known", recipient: str = ANNA) -> Any:
    return staff.post(form(sender), {"recipient": recipient, "sample": sample}, follow=True)


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_a_known_error_is_shown_as_it_arrives(staff: Client, sender: Sender) -> None:
    shown = press(staff, sender)
    assert shown.redirect_chain[-1][0] == f"{form(sender)}{Letter.objects.get().pk}/"
    assert "Your flow failed: Test failure (FlowIsTurnedOff)" in text(shown)
    assert "The flow is turned off." in text(shown)
    outbox.send_due(timezone.now())
    (sent,) = mail.outbox
    assert sent.to == [ANNA]
    assert sent.body.splitlines() == shown.context["message"].body.splitlines()
    assert "The mail server took the letter" in text(staff.get(shown.redirect_chain[-1][0]))


def test_an_unknown_error_says_that_we_do_not_know_it(staff: Client, sender: Sender) -> None:
    assert "We do not know this error yet" in text(press(staff, sender, "unknown"))


def test_several_errors_stand_in_one_letter(staff: Client, sender: Sender) -> None:
    assert "The same run also failed with:" in text(press(staff, sender, "several"))
    assert FlowProblem.objects.count() == 3
    assert Letter.objects.count() == 1


def test_each_press_sends_whatever_was_sent_today(staff: Client, sender: Sender) -> None:
    take(sender, timezone.now(), owner_email=ANNA)
    for _press in range(3):
        press(staff, sender)
    assert Letter.objects.filter(flow__is_test=True).count() == 3


def test_a_test_counts_nowhere(staff: Client, sender: Sender) -> None:
    for sample in ("known", "unknown", "several"):
        press(staff, sender, sample)
    assert not UnrecognisedError.objects.exists()
    sender.refresh_from_db()
    assert sender.last_report is None
    status = staff.get("/admin/repair-tips/")
    assert [(busy.runs, busy.flows) for busy in status.context["senders"]] == [(0, 0)]
    assert "None of its flows has reported" in text(staff.get(f"/admin/repair_tips/sender/{sender.pk}/change/"))


def test_a_real_flow_is_never_taken_for_a_test(staff: Client, sender: Sender) -> None:
    take(sender, flow_id="test-1", environment="test", error="Strange")
    assert UnrecognisedError.objects.count() == 1
    assert not Flow.objects.get().is_test


def test_tests_are_gone_after_a_week(staff: Client, sender: Sender) -> None:
    press(staff, sender)
    take(sender, timezone.now())
    now = timezone.now()
    assert tidying.next_due() == Flow.objects.get(is_test=True).last_report + timedelta(days=7)
    tidying.tidy(now + timedelta(days=6))
    assert Flow.objects.count() == 2
    tidying.tidy(now + timedelta(days=7, seconds=1))
    assert not Flow.objects.get().is_test


@pytest.mark.parametrize(
    ("recipient", "why"),
    [
        ("", "Write the address"),
        ("anna", "Write one address"),
        ("anna@contoso.com, ben@contoso.com", "Write one address"),
        ("anna@contoso.com\nBcc: ben@contoso.com", "Write one address"),
        ("anna@example.org", "may only go to contoso.com, Fabrikam.com"),
        ("anna@sub.contoso.com", "may only go to"),
        ('"anna"@contoso.com', "exactly one plain address"),
        (f"{'a' * 300}@contoso.com", "254"),
    ],
)
def test_where_mail_may_not_go_nothing_is_sent(staff: Client, sender: Sender, recipient: str, why: str) -> None:
    response = press(staff, sender, recipient=recipient)
    assert response.status_code == 422
    assert why in text(response)
    assert not Flow.objects.exists()
    assert not LogEntry.objects.exists()


def test_who_wants_no_tips_gets_no_test_either(staff: Client, sender: Sender) -> None:
    OptOut.objects.create(digest=digest_of(ANNA))
    assert "The owner turned tips off, so no mail is sent." in text(press(staff, sender))
    assert not Flow.objects.exists()


def test_nobody_is_flooded_with_tests(staff: Client, sender: Sender) -> None:
    for _press in range(20):
        press(staff, sender)
    assert "too many mails went out today" in text(press(staff, sender))
    assert Letter.objects.count() == 20


def test_a_sender_that_is_turned_off_sends_no_test(staff: Client) -> None:
    off = a_sender(name="Off", active=False)
    assert "This sender is not active" in text(press(staff, off))
    assert not Letter.objects.exists()


def test_a_sample_that_is_not_there_is_refused(staff: Client, sender: Sender) -> None:
    assert press(staff, sender, "all").status_code == 422
    assert not Flow.objects.exists()


def test_without_any_error_code_only_the_unknown_error_can_be_sent(db: None) -> None:
    sender, client = a_sender(), Client()
    client.force_login(User.objects.create_superuser("sam"))
    assert "No live guide has an error code" in text(press(client, sender))
    assert "We do not know this error yet" in text(press(client, sender, "unknown"))


def test_a_test_of_another_sender_and_a_letter_to_an_owner_are_nobodys_to_read(staff: Client, sender: Sender) -> None:
    press(staff, sender)
    test = Letter.objects.get()
    real = take(sender, timezone.now()).queued
    assert real is not None
    for path in (f"{form(a_sender(name='Sales'))}{test.pk}/", f"{form(sender)}{real.pk}/", f"{form(sender)}99999/"):
        assert staff.get(path).status_code == 404
        assert staff.get(f"{path}html/").status_code == 404


def test_the_html_may_style_itself_and_nothing_else(staff: Client, sender: Sender) -> None:
    press(staff, sender)
    shown = staff.get(f"{form(sender)}{Letter.objects.get().pk}/html/")
    policy = dict(part.split(" ", 1) for part in shown["Content-Security-Policy"].split("; "))
    assert policy == {
        **dict.fromkeys(("default-src", "base-uri", "form-action", "frame-ancestors"), "'none'"),
        "style-src": "'unsafe-inline'",
    }
    assert "<h1" in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]


def test_a_letter_that_is_not_wanted_any_more_is_not_shown(staff: Client, sender: Sender) -> None:
    press(staff, sender)
    OptOut.objects.create(digest=digest_of(ANNA))
    page = f"{form(sender)}{Letter.objects.get().pk}/"
    assert "There is no letter any more" in text(staff.get(page))
    assert staff.get(f"{page}html/").status_code == 404


def test_who_sent_a_test_is_written_down_without_the_address(staff: Client, sender: Sender) -> None:
    press(staff, sender)
    entry = LogEntry.objects.get()
    assert (entry.get_change_message(), entry.object_repr) == ("Sent a test failure.", "Finance")


def test_the_form_offers_ones_own_address_where_mail_may_go_there(staff: Client, sender: Sender) -> None:
    assert 'value="ada@contoso.com"' in text(staff.get(form(sender)))
    assert "ada@" not in text(staff.get(form(a_sender(name="Other", recipient_domains="fabrikam.com"))))


def test_a_letter_takes_few_queries(
    staff: Client, sender: Sender, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    page = press(staff, sender, "several").redirect_chain[-1][0]
    with django_assert_max_num_queries(14):
        staff.get(page)
    with django_assert_max_num_queries(14):
        staff.get(f"{page}html/")
