"""Handing one letter to the mail server so that we know, whatever breaks, whether it can have taken it."""

from __future__ import annotations

import re
import smtplib
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends import smtp
from django.core.mail.backends.base import BaseEmailBackend

COMMAND_SECONDS = 60
"""How long the mail server may take to answer anything but a whole letter. Nobody waits for it."""

ANSWER_SECONDS = 600
"""How long it may think about a whole letter: who hangs up earlier and sends again makes two (RFC 5321, 4.5.3.2.6)."""

_DJANGOS = "django.core.mail.backends.smtp.EmailBackend"
_OURS = f"{__name__}.EmailBackend"
_FIRST_DOT = re.compile(rb"^\.", re.MULTILINE)


class UnsureError(OSError):
    """The mail server had the whole letter, and did not say whether it took it."""


class _Careful(smtplib.SMTP):
    """Says when the text of a letter is about to go out, and tells a break before its end from one after it."""

    before_text: Callable[[], None]

    def data(self, msg: Any) -> tuple[int, bytes]:
        """The server's answer to the text, as 250 or a refusal. Raises UnsureError where there is no such answer."""
        code, answer = self.docmd("data")
        if code != 354:
            raise smtplib.SMTPDataError(code, answer)
        with ExitStack() as undo:
            undo.callback(self.close)  # The server now takes everything for text, a QUIT too.
            self.before_text()
            undo.pop_all()
        self.send(_FIRST_DOT.sub(b"..", msg).removesuffix(b"\r\n") + b"\r\n.\r\n")
        return self._answer_to_text()

    def _answer_to_text(self) -> tuple[int, bytes]:
        if self.sock is None:
            raise UnsureError
        self.sock.settimeout(ANSWER_SECONDS)
        try:
            code, answer = self.getreply()
        except OSError as problem:
            self.close()
            raise UnsureError from problem
        if code != 250 and not 400 <= code < 600:
            self.close()
            raise UnsureError
        self.sock.settimeout(COMMAND_SECONDS)
        return code, answer


class _CarefulSsl(_Careful, smtplib.SMTP_SSL):
    """The same where the whole connection is encrypted."""


class EmailBackend(smtp.EmailBackend):
    """Django's, with a connection that tells the two apart."""

    @property
    def connection_class(self) -> type[_Careful]:
        return _CarefulSsl if self.use_ssl else _Careful


def line() -> BaseEmailBackend:
    """A line to the mail server of the settings, not open yet; backends that are not SMTP are used as they are."""
    if settings.EMAIL_BACKEND == _DJANGOS:
        return get_connection(_OURS, timeout=COMMAND_SECONDS)
    return get_connection()


def hand_over(line: BaseEmailBackend, message: EmailMessage, before_text: Callable[[], None]) -> None:
    """Send a message on an open line. `before_text` is called before anything goes out that could be taken as a letter.

    Raises what it raises; UnsureError where the server may have taken the letter; any other OSError where it has not.
    """
    if isinstance(line, EmailBackend) and isinstance(line.connection, _Careful):
        line.connection.before_text = before_text
    else:
        before_text()
    line.send_messages([message])


def hang_up(line: BaseEmailBackend) -> bool:
    """Close a line, whatever state it is in. False where the server did not say goodbye."""
    try:
        line.close()
    except OSError:
        return False
    return True


def is_refused_for_good(problem: Exception) -> bool:
    """Whether the server refused this letter, and would again."""
    about_the_letter = (smtplib.SMTPSenderRefused, smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError)
    return isinstance(problem, about_the_letter) and 500 <= _code(problem) < 600


def name_of(problem: Exception) -> str:
    """What went wrong in a word or two, such as “SMTPRecipientsRefused 550”; the server's words may name people."""
    return f"{type(problem).__name__} {_code(problem) or ''}".strip()


def _code(problem: Exception) -> int:
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        return next((code for code, _ in problem.recipients.values()), 0)
    return problem.smtp_code if isinstance(problem, smtplib.SMTPResponseException) else 0
