"""A real mail server on loopback that does what a test wants, also going away at the worst moment."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

OK = "250 Ok"
GO_AWAY = "gone"
"""In place of an answer: the line breaks."""


class MailServer:
    """What it has got, and how it answers; each answer can be replaced, by GO_AWAY too."""

    def __init__(self) -> None:
        self.port = free_port()
        self.letters: list[EmailMessage] = []
        """Every letter that arrived in full, also those it then refused or forgot to answer for."""
        self.calls = 0
        self.answers = {"EHLO": OK, "MAIL": OK, "RCPT": OK, "DATA": OK}
        self.seconds = 0.0
        """How long it thinks before each of these answers."""
        self.arrived: Callable[[], None] = lambda: None
        self.breaks_in_text = False
        self._running: Controller | None = None

    def start(self) -> None:
        self._running = _Controller(self, hostname="127.0.0.1", port=self.port)
        self._running.start()

    def stop(self) -> None:
        if self._running:
            self._running.stop()
        self._running = None

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.calls += 1
        session.host_name = hostname
        answer = await self._answer("EHLO", server)
        return responses if answer == OK else [answer]

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        return await self._answer("MAIL", server)

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.rcpt_tos.append(address)
        return await self._answer("RCPT", server)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content = envelope.content
        assert isinstance(content, bytes)
        self.letters.append(message_from_bytes(content, policy=policy.default))
        self.arrived()
        return await self._answer("DATA", server)

    async def _answer(self, command: str, server: SMTP) -> str:
        await asyncio.sleep(self.seconds)
        if self.answers[command] != GO_AWAY:
            return self.answers[command]
        assert server.transport is not None
        server.transport.abort()
        raise ConnectionResetError


class _Controller(Controller):
    def factory(self) -> SMTP:
        return _Smtp(self.handler, hostname="localhost")


class _Smtp(SMTP):
    async def smtp_DATA(self, arg: str) -> None:
        if self.event_handler.breaks_in_text:
            await self.push("354 Go on")
            await asyncio.sleep(0.1)
            self.transport.abort()
        else:
            await super().smtp_DATA(arg)


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: Any = listening.getsockname()[1]
        return int(port)
