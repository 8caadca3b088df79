"""Letters that are due are sent, later again where that failed for sure, and never one twice.

A letter is claimed before anybody speaks to the mail server, and counts as perhaps sent from the moment its text goes
out until the server answers. So a process that is killed at any time leaves it either to be sent or for staff to judge.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from time import monotonic
from typing import Any, Self

from django.db import DatabaseError
from django.db.models import F, Min, Q, QuerySet

from guides import knowledge
from troubleshooter.repair_tips import letters, smtp
from troubleshooter.repair_tips.models import Letter

log = logging.getLogger(__name__)

State = Letter.State

DELAYS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720, 720, 720, 720, 720))
"""How long to wait after each failure; not quite three days together. After one more the letter counts as refused."""

MOST_ATTEMPTS = len(DELAYS) + 1

LEASE = timedelta(minutes=15)
"""How long a process has a letter for itself; longer than the mail server may take for it."""

AT_ONCE = 500
"""Letters of one round."""


class _TakenError(Exception):
    """The claim on a letter ran out, and it may be in other hands."""


def send_due(now: datetime) -> int:
    """Try every letter that is due, once; how many were sent. Any number of processes may do so at the same time."""
    due = list(Letter.objects.filter(_due(now)).order_by("due", "pk").values_list("pk", flat=True)[:AT_ONCE])
    if not due:
        return 0
    with _Round(now) as ours:
        return sum(ours.send(letter) for letter in due)


def next_due() -> datetime | None:
    """When a letter is to be tried next; None where none waits."""
    found: datetime | None = Letter.objects.waiting().aggregate(at=Min("due"))["at"]
    return found


def send_again(chosen: QuerySet[Letter], now: datetime) -> int:
    """Have some letters tried at once and as if for the first time; how many. One that is on its way is left alone.

    The mail keeps its Message-ID, so that many mail programs show one that arrives twice only once.
    """
    stuck = chosen.filter(state__in=[State.WAITING, State.REFUSED]) | chosen.filter(state=State.UNSURE, due__lte=now)
    return stuck.update(state=State.WAITING, due=now, attempts=0)


def _due(now: datetime) -> Q:
    return Q(state__in=[State.WAITING, State.SENDING], due__lte=now)


class _Round:
    """The letters that one process tries one after the other, on one line to the mail server."""

    def __init__(self, began: datetime) -> None:
        self._began = began
        self._clock = monotonic()
        self._line = smtp.line()
        self._down: OSError | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        smtp.hang_up(self._line)

    def now(self) -> datetime:
        return self._began + timedelta(seconds=monotonic() - self._clock)

    def send(self, number: int) -> bool:
        """Try a letter, by its primary key, and keep what became of it. False where it was not sent for sure."""
        letter = self._claim(number)
        if letter is None:
            return False
        if letter.attempts > MOST_ATTEMPTS:  # some process began each time, and none came to an end
            self._keep(letter, state=State.REFUSED, due=self.now(), trouble=letter.trouble or "ProcessEnded")
            return False
        try:
            message = letters.write(letter, knowledge.current(), self.now())
        except DatabaseError:
            raise
        except Exception as problem:  # whatever it is about this letter, the others have to go out
            log.exception("Letter %s could not be written", letter.pk)
            self._keep(letter, trouble=type(problem).__name__, **self._next(letter, problem))
            return False
        if message is None:
            self._keep(letter, state=State.DROPPED, trouble="")
            return False
        try:
            self._open()
            smtp.hand_over(self._line, message, lambda: self._text_goes_out(letter))
        except smtp.UnsureError as problem:
            self._failed(letter, problem, state=State.UNSURE, due=self.now())
            return False
        except _TakenError:
            smtp.hang_up(self._line)
            return False
        except (OSError, ValueError) as problem:  # a ValueError is an address of the settings that is none
            self._failed(letter, problem, **self._next(letter, problem))
            return False
        return self._arrived(letter)

    def _claim(self, number: int) -> Letter | None:
        """The letter, for this process alone; None where it is not due any more."""
        now = self.now()
        mine = Letter.objects.filter(_due(now), pk=number)
        if not mine.update(state=State.SENDING, due=now + LEASE, attempts=F("attempts") + 1):
            return None
        return Letter.objects.select_related("flow__sender").filter(pk=number).first()

    def _open(self) -> None:
        """Open the line if it is not. A server that is down is not called again for every letter of a round."""
        if self._down:
            raise self._down
        try:
            self._line.open()
        except OSError as problem:
            self._down = problem
            raise

    def _text_goes_out(self, letter: Letter) -> None:
        if not self._keep(letter, state=State.UNSURE, due=self.now() + LEASE):
            raise _TakenError

    def _arrived(self, letter: Letter) -> bool:
        """A letter may have waited long: the day in which no other one goes out begins when it is sent."""
        now = self.now()
        letter.problems.update(mailed=now)
        return self._keep(letter, state=State.SENT, sent=now, trouble="")

    def _next(self, letter: Letter, problem: Exception) -> dict[str, Any]:
        if smtp.is_refused_for_good(problem) or letter.attempts >= MOST_ATTEMPTS:
            return {"state": State.REFUSED, "due": self.now()}
        return {"state": State.WAITING, "due": self.now() + DELAYS[letter.attempts - 1]}

    def _failed(self, letter: Letter, problem: Exception, **fields: Any) -> None:
        self._keep(letter, trouble=smtp.name_of(problem), **fields)
        smtp.hang_up(self._line)
        log.warning("Letter %s was not sent for sure: %s", letter.pk, smtp.name_of(problem))

    @staticmethod
    def _keep(letter: Letter, **fields: Any) -> bool:
        """Write down what became of a letter, unless it is in other hands meanwhile."""
        ours = Letter.objects.filter(pk=letter.pk, attempts=letter.attempts, state__in=[State.SENDING, State.UNSURE])
        return bool(ours.update(**fields))
