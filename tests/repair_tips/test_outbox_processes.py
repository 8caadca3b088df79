"""The outbox beside requests and in a worker: several at once, one that is killed, and one that waits."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from importlib import reload
from threading import Event
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings as site
from django.core.management import call_command
from django.db import OperationalError, connection
from django.utils import timezone
from pytest_django.fixtures import Settings

from tests.repair_tips.failures import NOW, take
from tests.repair_tips.mail_server import MailServer
from troubleshooter import wsgi
from troubleshooter.repair_tips import opting, outbox, tidying
from troubleshooter.repair_tips.intake import Mailing
from troubleshooter.repair_tips.models import FailedRun, Flow, FlowProblem, Letter, Sender

State = Letter.State


@pytest.fixture
def _thread_may_run(settings: Settings, transactional_db: None) -> Iterator[None]:
    """Letters are sent by a thread of this process, which has ended when the test has."""
    settings.MAIL_WORKER = False
    yield
    if outbox._thread:
        Flow.objects.update(owner="")
        Letter.objects.update(state=State.DROPPED)
        outbox._news.set()
        outbox._thread.join(10)
    assert not outbox._thread


def soon(true: Callable[[], bool]) -> bool:
    for _ in range(100):
        if true():
            return True
        time.sleep(0.1)
    return False


def test_tests_have_no_thread() -> None:
    outbox.wake()
    assert outbox._thread is None


@pytest.mark.usefixtures("_thread_may_run")
def test_a_letter_arrives_right_after_the_report(sender: Sender, server: MailServer) -> None:
    take(sender, timezone.now())
    assert soon(lambda: Letter.objects.filter(state=State.SENT).exists())
    take(sender, timezone.now(), flow_id="another")
    assert soon(lambda: Letter.objects.filter(state=State.SENT).count() == 2)
    assert len(server.letters) == 2


@pytest.mark.usefixtures("_thread_may_run")
def test_the_report_does_not_wait_for_a_slow_mail_server(sender: Sender, server: MailServer) -> None:
    server.seconds = 1.0
    take(sender, timezone.now())
    assert server.letters == []
    assert soon(lambda: Letter.objects.filter(state=State.SENT).exists())


@pytest.mark.usefixtures("_thread_may_run")
def test_the_thread_ends_when_no_letter_waits_and_no_address_is_kept(sender: Sender, server: MailServer) -> None:
    take(sender, timezone.now())
    assert soon(lambda: Letter.objects.filter(state=State.SENT).exists())
    assert outbox._thread
    Flow.objects.update(owner="")
    outbox.wake()
    assert soon(lambda: outbox._thread is None)


@pytest.mark.usefixtures("_thread_may_run")
def test_the_thread_goes_on_once_the_database_answers_again(
    sender: Sender, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    faults = iter([OperationalError("database is locked")])
    send_due = outbox.send_due

    def faulty(now: Any) -> int:
        for fault in faults:
            raise fault
        return send_due(now)

    monkeypatch.setattr(outbox, "AFTER_A_FAULT", timedelta(seconds=0.1))
    monkeypatch.setattr(outbox, "send_due", faulty)
    take(sender, timezone.now())
    assert soon(lambda: Letter.objects.filter(state=State.SENT).exists())


def test_a_process_that_starts_sends_what_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    woken: list[None] = []
    monkeypatch.setattr(outbox, "wake", lambda: woken.append(None))
    reload(wsgi)
    assert len(woken) == 1


@pytest.mark.django_db(transaction=True)
def test_workers_at_the_same_moment_send_each_letter_once(
    queue: Callable[[int], list[Letter]], server: MailServer
) -> None:
    queue(12)

    def work(_: int) -> int:
        try:
            return outbox.send_due(NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as workers:
        assert sum(workers.map(work, range(4))) == 12
    assert len({arrived["To"] for arrived in server.letters}) == len(server.letters) == 12


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_killed_while_the_server_thinks_leaves_one_letter_to_staff(
    sender: Sender, server: MailServer
) -> None:
    take(sender, timezone.now() - timedelta(minutes=1))
    has_arrived = Event()
    server.arrived = lambda: (setattr(server, "seconds", 3.0), has_arrived.set())[1]
    worker = subprocess.Popen(
        [sys.executable, "manage.py", "send_repair_tips"], cwd=site.BASE_DIR, env=_environment(server)
    )
    try:
        assert has_arrived.wait(60)
    finally:
        worker.kill()
        worker.wait()
    assert Letter.objects.get().state == State.UNSURE
    server.seconds = 0
    assert outbox.send_due(timezone.now() + timedelta(hours=1)) == 0
    assert len(server.letters) == 1


def _environment(server: MailServer) -> dict[str, str]:
    database = connection.settings_dict
    url = f"sqlite:///{database['NAME']}"
    if connection.vendor != "sqlite":
        url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{database['NAME']}").geturl()
    return {**os.environ, "DEBUG": "1", "DATABASE_URL": url, "EMAIL_URL": f"smtp://127.0.0.1:{server.port}"}


def test_the_worker_sends_once_and_says_how_many(
    letter: Letter, server: MailServer, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("send_repair_tips", "--once")
    assert capsys.readouterr().out == "Letters sent: 1.\n"
    call_command("send_repair_tips", "--once", verbosity=0)
    assert capsys.readouterr().out == ""


def test_the_worker_goes_on_until_it_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    worked: list[None] = []

    def stopped(_: float) -> None:
        if len(worked) == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr(outbox, "work", lambda: worked.append(None))
    monkeypatch.setattr(time, "sleep", stopped)
    with pytest.raises(KeyboardInterrupt):
        call_command("send_repair_tips")
    assert len(worked) == 3


def test_an_address_is_erased_after_thirty_days_without_a_failure(sender: Sender) -> None:
    take(sender)
    take(sender, NOW + timedelta(days=20), flow_id="another", run_id="2")
    assert tidying.next_due() == NOW + timedelta(days=30)
    tidying.tidy(NOW + timedelta(days=30, seconds=1))
    assert list(Flow.objects.order_by("pk").values_list("owner", flat=True)) == ["", "anna@contoso.com"]


def test_ids_of_runs_are_kept_for_ninety_days(sender: Sender) -> None:
    take(sender)
    tidying.tidy(NOW + timedelta(days=89))
    assert FailedRun.objects.count() == 1
    tidying.tidy(NOW + timedelta(days=91))
    assert FailedRun.objects.count() == 0


def test_letters_that_are_over_are_kept_for_ninety_days(sender: Sender) -> None:
    take(sender)
    Letter.objects.update(state=State.SENT, due=NOW)
    take(sender, NOW, flow_id="another", run_id="2")
    tidying.tidy(NOW + timedelta(days=89))
    assert Letter.objects.count() == 2
    tidying.tidy(NOW + timedelta(days=91))
    assert Letter.objects.get().state == State.WAITING


def test_what_has_not_failed_for_a_year_is_forgotten_but_not_that_its_owner_wants_no_tips(sender: Sender) -> None:
    letter = take(sender).queued
    assert letter
    opting.Wish.of(letter.flow).turn_off(all_flows=False)
    take(sender, NOW + timedelta(days=29), flow_id="another", run_id="2")
    take(sender, NOW + timedelta(days=29), flow_id="another", run_id="3", error="nobody knows", occurred_at="")
    tidying.tidy(NOW + timedelta(days=366))
    assert [(problem.flow.flow_id, problem.code) for problem in FlowProblem.objects.all()] == [("another", "")]
    assert take(sender, NOW + timedelta(days=367), run_id="4").letter is Mailing.TURNED_OFF
