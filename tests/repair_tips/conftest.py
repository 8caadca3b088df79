"""A small library that is live, letters in the outbox, and a mail server to send them to."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from pytest_django.fixtures import Settings

from guides.models import Guide
from tests.guides.factories import load_small_library
from tests.repair_tips.failures import NOW, a_sender, take
from tests.repair_tips.mail_server import MailServer
from troubleshooter.repair_tips.models import Letter, Sender

SMTP = "django.core.mail.backends.smtp.EmailBackend"


@pytest.fixture
def library(db: None) -> Guide:
    return load_small_library()


@pytest.fixture
def sender(library: Guide) -> Sender:
    return a_sender()


@pytest.fixture
def server(settings: Settings) -> Iterator[MailServer]:
    """A mail server that runs, and that the settings name."""
    server = MailServer()
    settings.EMAIL_BACKEND = SMTP
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    server.start()
    yield server
    server.stop()


@pytest.fixture
def queue(sender: Sender) -> Callable[[int], list[Letter]]:
    """Puts letters of as many flows, and owners, into the outbox."""

    def put(number: int) -> list[Letter]:
        reports = [take(sender, NOW, flow_id=f"flow-{n}", owner_email=f"owner{n}@contoso.com") for n in range(number)]
        return [report.queued for report in reports if report.queued]

    return put


@pytest.fixture
def letter(queue: Callable[[int], list[Letter]]) -> Letter:
    return queue(1)[0]
