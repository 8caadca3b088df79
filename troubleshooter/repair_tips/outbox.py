"""The outbox: what is put there is sent by a thread of this process, or by the worker `send_repair_tips`.

The thread lives while a letter waits or an owner's address is kept, so that a single web process needs no cron job.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from threading import Event, Lock, Thread

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone

from troubleshooter.repair_tips import sending, tidying
from troubleshooter.repair_tips.sending import send_again, send_due

__all__ = ["send_again", "send_due", "wake", "work"]

log = logging.getLogger(__name__)

LONGEST_PAUSE = timedelta(hours=1)
AFTER_A_FAULT = timedelta(minutes=1)

_lock = Lock()
_news = Event()
_thread: Thread | None = None


def wake() -> None:
    """Have what is due sent soon by this process; returns at once. Nothing where a worker sends (MAIL_WORKER)."""
    global _thread
    if settings.MAIL_WORKER:
        return
    with _lock:
        _news.set()
        if _thread is None or not _thread.is_alive():
            # A daemon, so that a mail server that does not answer cannot keep a process from ending.
            _thread = Thread(target=_run, name="outbox", daemon=True)
            _thread.start()


def work() -> timedelta | None:
    """Do everything that is due, and say how long there is nothing to do; None where nothing waits at all."""
    close_old_connections()
    try:
        now = timezone.now()
        send_due(now)
        tidying.tidy(now)
        return _until(sending.next_due(), tidying.next_due())
    except DatabaseError as problem:
        log.warning("The outbox waits a minute, since the database does not answer: %s", type(problem).__name__)
        return AFTER_A_FAULT


def _run() -> None:
    try:
        _work_while_needed()
    finally:
        connection.close()


def _work_while_needed() -> None:
    global _thread
    while True:
        _news.clear()
        pause = work()
        with _lock:
            if pause is None and not _news.is_set():
                _thread = None
                return
        if pause:
            _news.wait(min(pause, LONGEST_PAUSE).total_seconds())


def _until(*moments: datetime | None) -> timedelta | None:
    waits = [max(moment - timezone.now(), timedelta(0)) for moment in moments if moment]
    return min(waits, default=None)
