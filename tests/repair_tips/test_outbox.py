"""Whatever a mail server does, no letter is lost and none is sent twice."""

from __future__ import annotations

import smtplib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.db.models import F
from pytest_django.fixtures import Settings

from tests.repair_tips.failures import NOW, take
from tests.repair_tips.mail_server import GO_AWAY, MailServer
from troubleshooter.repair_tips import letters, opting, outbox, sending, smtp
from troubleshooter.repair_tips.models import Letter, OptOut, Sender
from troubleshooter.repair_tips.models.opt_out import digest_of

State = Letter.State
LATER = NOW + timedelta(days=20)
"""When every wait is over."""


class Killed(BaseException):
    """The process ends here."""


def now_is(letter: Letter) -> Letter:
    return Letter.objects.get(pk=letter.pk)


def minutes(number: float) -> datetime:
    return NOW + timedelta(minutes=number)


def test_a_letter_arrives_once_in_both_forms(letter: Letter, server: MailServer) -> None:
    assert outbox.send_due(NOW) == 1
    assert outbox.send_due(LATER) == 0
    (arrived,) = server.letters
    assert arrived["To"] == "owner0@contoso.com"
    assert [part.get_content_type() for part in arrived.iter_parts()] == ["text/plain", "text/html"]
    assert (now_is(letter).state, now_is(letter).trouble) == (State.SENT, "")
    assert now_is(letter).sent


def test_many_letters_go_over_one_line(queue: Callable[[int], list[Letter]], server: MailServer) -> None:
    queue(7)
    assert outbox.send_due(NOW) == 7
    assert {arrived["To"] for arrived in server.letters} == {f"owner{n}@contoso.com" for n in range(7)}
    assert server.calls == 1


def test_while_the_server_is_down_letters_wait_and_then_arrive_once(letter: Letter, server: MailServer) -> None:
    server.stop()
    assert outbox.send_due(NOW) == 0
    waiting = now_is(letter)
    assert (waiting.state, waiting.trouble, waiting.attempts) == (State.WAITING, "ConnectionRefusedError", 1)
    server.start()
    assert outbox.send_due(minutes(0.9)) == 0
    assert outbox.send_due(minutes(1.1)) == 1
    assert outbox.send_due(LATER) == 0
    assert len(server.letters) == 1


def test_after_a_letter_that_waited_long_the_next_one_is_a_day_away(letter: Letter, server: MailServer) -> None:
    server.stop()
    outbox.send_due(NOW)
    server.start()
    outbox.send_due(NOW + timedelta(hours=20))
    runs = {
        hours: take(letter.flow.sender, NOW + timedelta(hours=hours), flow_id="flow-0", run_id=str(hours))
        for hours in (30, 45)
    }
    assert [received.letter for received in runs.values()] == ["not-now", "queued"]


def test_a_server_that_is_down_is_called_once_for_all_letters(
    queue: Callable[[int], list[Letter]], server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []

    def refused(host: str, port: int, **_: Any) -> None:
        calls.append(host)
        raise ConnectionRefusedError

    monkeypatch.setattr(smtp, "_Careful", refused)
    queue(5)
    assert outbox.send_due(NOW) == 0
    assert len(calls) == 1
    assert set(Letter.objects.values_list("state", "attempts")) == {("waiting", 1)}


def test_after_nearly_three_days_a_letter_is_given_up_until_staff_send_it_again(
    letter: Letter, server: MailServer
) -> None:
    server.stop()
    at, waits = NOW, []
    for _ in range(11):
        outbox.send_due(at)
        waits.append(round((now_is(letter).due - at) / timedelta(minutes=1)))
        at = now_is(letter).due + timedelta(seconds=1)
    assert waits == [1, 5, 15, 60, 180, 360, 720, 720, 720, 720, 720]
    assert at - NOW < timedelta(days=3)
    outbox.send_due(at)
    assert now_is(letter).state == State.REFUSED
    server.start()
    assert outbox.send_due(LATER) == 0
    assert outbox.send_again(Letter.objects.all(), LATER) == 1
    assert outbox.send_due(LATER) == 1


def test_a_letter_that_cannot_be_written_waits_and_does_not_hold_up_the_others(
    queue: Callable[[int], list[Letter]], server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, *_ = queue(3)
    write = letters.write

    def stumbling(letter: Letter, *rest: Any) -> Any:
        if letter.pk == first.pk:
            raise KeyError(letter.pk)
        return write(letter, *rest)

    monkeypatch.setattr(letters, "write", stumbling)
    assert outbox.send_due(NOW) == 2
    assert (now_is(first).state, now_is(first).trouble) == (State.WAITING, "KeyError")
    monkeypatch.undo()
    assert outbox.send_due(minutes(1.1)) == 1


@pytest.mark.parametrize("command", ["MAIL", "RCPT", "DATA"])
def test_a_refusal_for_now_is_tried_again(letter: Letter, server: MailServer, command: str) -> None:
    server.answers[command] = "451 Mailbox of owner0@contoso.com is busy"
    assert outbox.send_due(NOW) == 0
    assert now_is(letter).state == State.WAITING
    assert now_is(letter).trouble.endswith(" 451")
    server.letters.clear()
    server.answers[command] = "250 Ok"
    assert outbox.send_due(minutes(2)) == 1
    assert len(server.letters) == 1


@pytest.mark.parametrize("command", ["MAIL", "RCPT", "DATA"])
def test_a_refusal_for_good_is_not_tried_again(letter: Letter, server: MailServer, command: str) -> None:
    server.answers[command] = "550 There is no owner0@contoso.com"
    assert outbox.send_due(NOW) == outbox.send_due(LATER) == 0
    refused = now_is(letter)
    assert (refused.state, refused.attempts) == (State.REFUSED, 1)
    assert refused.trouble.startswith("SMTP")
    assert refused.trouble.endswith(" 550")
    assert "owner0" not in refused.trouble


def test_one_refused_letter_does_not_hold_up_the_others(
    queue: Callable[[int], list[Letter]], server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    letters = queue(3)
    answer = server.handle_RCPT

    async def picky(*args: Any) -> str:
        return "550 No" if "owner1@" in args[3] else await answer(*args)

    monkeypatch.setattr(server, "handle_RCPT", picky)
    assert outbox.send_due(NOW) == 2
    assert [now_is(letter).state for letter in letters] == ["sent", "refused", "sent"]


@pytest.mark.parametrize("command", ["EHLO", "MAIL", "RCPT"])
def test_a_line_that_breaks_before_the_text_is_tried_again(letter: Letter, server: MailServer, command: str) -> None:
    server.answers[command] = GO_AWAY
    assert outbox.send_due(NOW) == 0
    assert now_is(letter).state == State.WAITING
    server.answers[command] = "250 Ok"
    assert outbox.send_due(minutes(2)) == 1
    assert outbox.send_due(LATER) == 0
    assert len(server.letters) == 1


@pytest.mark.parametrize("answer", [GO_AWAY, "299 Perhaps", "354 More", "no number"])
def test_without_a_clear_answer_to_the_text_a_letter_is_never_sent_again_by_itself(
    letter: Letter, server: MailServer, answer: str
) -> None:
    server.answers["DATA"] = answer
    assert outbox.send_due(NOW) == outbox.send_due(LATER) == 0
    assert len(server.letters) == 1
    assert (now_is(letter).state, now_is(letter).trouble) == (State.UNSURE, "UnsureError")


def test_staff_can_send_again_what_perhaps_arrived_under_the_same_id(letter: Letter, server: MailServer) -> None:
    server.answers["DATA"] = GO_AWAY
    outbox.send_due(NOW)
    server.answers["DATA"] = "250 Ok"
    assert outbox.send_again(Letter.objects.all(), LATER) == 1
    assert outbox.send_due(LATER) == 1
    first, second = server.letters
    assert first["Message-ID"] == second["Message-ID"]


def test_a_letter_on_its_way_cannot_be_sent_again(letter: Letter, server: MailServer) -> None:
    sent_again: list[int] = []
    original = smtp.hand_over

    def staff_press(line: Any, message: EmailMessage, before_text: Callable[[], None]) -> None:
        def pressed() -> None:
            before_text()
            assert now_is(letter).state == State.UNSURE
            sent_again.append(outbox.send_again(Letter.objects.all(), NOW))

        original(line, message, pressed)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(smtp, "hand_over", staff_press)
        assert outbox.send_due(NOW) == 1
    assert sent_again == [0]


def test_a_slow_server_gets_the_time_it_needs_for_a_letter(
    letter: Letter, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtp, "COMMAND_SECONDS", 0.5)
    server.arrived = lambda: setattr(server, "seconds", 0.8)
    assert outbox.send_due(NOW) == 1
    assert smtp.ANSWER_SECONDS == 600


def test_a_server_too_slow_to_begin_is_tried_again(
    letter: Letter, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtp, "COMMAND_SECONDS", 0.2)
    server.seconds = 0.6
    assert outbox.send_due(NOW) == 0
    assert now_is(letter).state == State.WAITING
    assert server.letters == []


def test_a_server_that_never_answers_to_the_text_makes_nobody_send_twice(
    letter: Letter, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtp, "ANSWER_SECONDS", 0.2)
    server.arrived = lambda: setattr(server, "seconds", 0.6)
    assert outbox.send_due(NOW) == outbox.send_due(LATER) == 0
    assert now_is(letter).state == State.UNSURE
    assert len(server.letters) == 1


@pytest.mark.parametrize("place", ["ehlo", "mail", "rcpt", "docmd"])
def test_a_process_killed_before_the_text_leaves_the_letter_to_the_next(
    letter: Letter, server: MailServer, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(smtp._Careful, place, kill)
        with pytest.raises(Killed):
            outbox.send_due(NOW)
    assert outbox.send_due(minutes(14)) == 0
    assert outbox.send_due(minutes(16)) == 1
    assert outbox.send_due(LATER) == 0
    assert len(server.letters) == 1


@pytest.mark.parametrize("has_answer", [False, True])
def test_a_process_killed_after_the_text_leaves_the_letter_to_staff(
    letter: Letter, server: MailServer, monkeypatch: pytest.MonkeyPatch, has_answer: bool
) -> None:
    answer = smtp._Careful._answer_to_text

    def killed(line: Any) -> None:
        if has_answer:
            assert answer(line)[0] == 250
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(smtp._Careful, "_answer_to_text", killed)
        with pytest.raises(Killed):
            outbox.send_due(NOW)
    assert outbox.send_due(minutes(16)) == outbox.send_due(LATER) == 0
    assert len(server.letters) == 1
    assert now_is(letter).state == State.UNSURE


def kill(*args: Any, **kwargs: Any) -> None:
    raise Killed


def test_a_letter_that_ends_every_process_is_given_up(letter: Letter, server: MailServer) -> None:
    Letter.objects.update(state=State.SENDING, attempts=sending.MOST_ATTEMPTS, due=NOW)
    assert outbox.send_due(NOW) == 0
    assert (now_is(letter).state, now_is(letter).trouble) == (State.REFUSED, "ProcessEnded")


def test_a_process_whose_time_with_a_letter_ran_out_does_not_send_it(letter: Letter, server: MailServer) -> None:
    original = smtp.hand_over

    def too_late(*args: Any) -> None:
        Letter.objects.update(attempts=F("attempts") + 1)  # another process has claimed it meanwhile
        original(*args)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(smtp, "hand_over", too_late)
        assert outbox.send_due(NOW) == 0
    assert server.letters == []
    assert (now_is(letter).state, now_is(letter).attempts) == (State.SENDING, 2)


def test_a_text_that_breaks_off_in_the_middle_is_surely_not_taken(server: MailServer) -> None:
    server.breaks_in_text = True
    connection = smtp._Careful("127.0.0.1", server.port)
    connection.before_text = lambda: None
    with pytest.raises(smtplib.SMTPServerDisconnected):
        connection.sendmail("us@contoso.com", ["anna@contoso.com"], b"x" * 30_000_000)
    assert server.letters == []


def test_lines_that_begin_with_a_dot_arrive_as_they_are(server: MailServer) -> None:
    line = smtp.line()
    line.open()
    smtp.hand_over(line, EmailMessage("Dots", ".\n..two\n.end\n", to=["a@contoso.com"]), lambda: None)
    smtp.hang_up(line)
    assert server.letters[0].get_content().splitlines() == [".", "..two", ".end"]


def test_letters_wait_while_the_settings_name_a_sender_that_is_no_address(
    letter: Letter, server: MailServer, settings: Settings
) -> None:
    settings.DEFAULT_FROM_EMAIL = "Support <support@"
    assert outbox.send_due(NOW) == 0
    assert (now_is(letter).state, now_is(letter).trouble) == (State.WAITING, "ValueError")


@pytest.mark.parametrize("wish", ["flow", "address", "erased", "not allowed"])
def test_who_must_not_or_wants_not_to_be_written_to_gets_nothing(letter: Letter, server: MailServer, wish: str) -> None:
    flow = letter.flow
    if wish == "erased":
        flow.owner = ""
        flow.save()
    elif wish == "not allowed":
        Sender.objects.update(recipient_domains="fabrikam.com")
    else:
        OptOut.objects.create(digest=digest_of(flow.owner, flow if wish == "flow" else None))
    assert outbox.send_due(NOW) == 0
    assert now_is(letter).state == State.DROPPED
    assert server.calls == 0
    assert opting.is_off(flow) == (wish in ("flow", "address"))


def test_letters_are_also_sent_by_what_is_no_mail_server(letter: Letter, mailoutbox: list[EmailMessage]) -> None:
    assert outbox.send_due(NOW) == 1
    assert len(mailoutbox) == 1
    assert now_is(letter).state == State.SENT
