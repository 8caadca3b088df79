"""A ticket goes to support by e-mail: once, with a number, and with nothing recorded where it did not go."""

from __future__ import annotations

import hashlib
import logging
from typing import NamedTuple

from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest

from troubleshooter.cases import voices
from troubleshooter.cases.hand_over.facts import Case
from troubleshooter.cases.hand_over.texts import as_text
from troubleshooter.cases.models import Allowance, HandOver
from troubleshooter.public_writes import caller

log = logging.getLogger(__name__)

HAND_OVERS_A_DAY = 100
SENT_A_DAY = 10
"""From one address."""

_ON_ITS_WAY, _ARRIVED = 1, 2
"""What is used of the allowance of one ticket: in the database, so that a press in another process knows it too."""

FAILED = "We could not send it. Your text is safe. Copy it, or try again."
BUSY = "We are sending this ticket right now. Your text is safe. Wait a few seconds, then press Send again, or copy it."
TOO_OFTEN = f"You sent {SENT_A_DAY} tickets today. That is as many as we send. Your text is safe. Copy it instead."


class Sent(NamedTuple):
    """`again` says that the same ticket had been sent before, so it was not sent a second time."""

    number: int
    again: bool


class NotSent(Exception):  # noqa: N818 - it is an answer, and no mistake of ours
    """Why a ticket was not sent, as a sentence for people, and the HTTP status that says so."""

    def __init__(self, why: str, status: int) -> None:
        super().__init__(why)
        self.why = why
        self.status = status


def record(request: HttpRequest, case: Case, way: HandOver.Way) -> HandOver | None:
    """Count that a ticket was taken, not what it says. None where one address took very many today."""
    voice, evidence = voices.of_browser(request), voices.recorded(case.place.evidence)
    taken = HandOver.objects.filter(voice=voice, evidence=evidence).first()
    if taken or not Allowance.take(caller(request), "hand-over", HAND_OVERS_A_DAY):
        return taken
    return _count(voice, case, way)


def send(request: HttpRequest, case: Case, reply_to: str) -> Sent:
    """Send a ticket to support. Raises NotSent with the reason; then nothing is recorded as sent."""
    voice = voices.of_browser(request)
    text = as_text(case.ticket())
    once = hashlib.sha256("\0".join([voice, voices.recorded(case.place.evidence), text, reply_to]).encode()).hexdigest()
    if not Allowance.take(once, "ticket", _ON_ITS_WAY):
        if Allowance.used_today(once, "ticket") < _ARRIVED:
            raise NotSent(BUSY, 409)
        return Sent(_count(voice, case, HandOver.Way.SENT).pk, again=True)
    number = None
    try:
        number = _send(request, case, voice, text, reply_to)
    finally:
        if number is None:
            Allowance.give_back(once, "ticket")
    Allowance.take(once, "ticket", _ARRIVED)
    return Sent(number, again=False)


def _send(request: HttpRequest, case: Case, voice: str, text: str, reply_to: str) -> int:
    if not Allowance.take(caller(request), "send-ticket", SENT_A_DAY):
        raise NotSent(TOO_OFTEN, 429)
    known_before = HandOver.objects.filter(voice=voice, evidence=voices.recorded(case.place.evidence)).exists()
    hand_over = _count(voice, case, HandOver.Way.SENT)
    subject = f"{case.ticket().subject} #{hand_over.pk}"
    message = EmailMessage(subject, text, to=[settings.SUPPORT_EMAIL], reply_to=[reply_to] if reply_to else None)
    try:
        message.send()
    except OSError as problem:  # of the network, or smtplib.SMTPException
        log.warning("A ticket could not be sent: %s", type(problem).__name__)
        if not known_before:
            hand_over.delete()
        Allowance.give_back(caller(request), "send-ticket")
        # Proxies put their own page in place of a 5xx, and the text would be lost.
        raise NotSent(FAILED, 422) from problem
    HandOver.objects.filter(pk=hand_over.pk).update(way=HandOver.Way.SENT)
    return int(hand_over.pk)


def _count(voice: str, case: Case, way: HandOver.Way) -> HandOver:
    evidence = voices.recorded(case.place.evidence)
    return HandOver.objects.count_once(
        voice, evidence, revisions=case.tried_revisions(), content_version=case.known.version, way=way
    )
