"""Whatever the OpenAPI document allows, and whatever it forbids, gets an answer that the document describes.

REQUESTS=5000 (as `make fuzz` does) sends that many requests, chosen anew each time; without it there are a few, and
always the same ones, so that a failure is about the change at hand.
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from pytest_django import Settings

from troubleshooter.api.models import ApiKey
from troubleshooter.repair_tips.models import Sender

REQUESTS = int(os.environ.get("REQUESTS", "0"))
FEW = 170
CONFIG = Path(__file__).with_name("schemathesis.toml")

pytestmark = pytest.mark.django_db


@pytest.fixture
def authorization() -> str:
    """The header of a program that may do everything."""
    sender = Sender.objects.create(name="Contoso", recipient_domains="contoso.com")
    _key, secret = ApiKey.objects.make(name="Fuzz", scopes=list(ApiKey.Scope.values), sender=sender)
    return f"Bearer {secret}"


@pytest.fixture
def _one_connection() -> Iterator[None]:
    """Requests keep the connection that the transaction of the test is in."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("starter_content", "_one_connection")
def test_every_answer_is_one_that_the_document_describes(authorization: str, settings: Settings) -> None:
    import schemathesis  # takes long, so only who runs this waits for it
    from schemathesis.config import SchemathesisConfig
    from schemathesis.generation import GenerationMode

    settings.API_CALLS_A_MINUTE = settings.API_WRITES_A_MINUTE = 1_000_000
    schema = schemathesis.openapi.from_wsgi(
        "/api/v1/openapi.json", WSGIHandler(), config=SchemathesisConfig.from_path(CONFIG)
    )
    ways = [
        (operation, mode)
        for operation in (found.ok() for found in schema.get_all_operations())
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
        # What is only named by its path may be called anything, so there is no wrong way to ask for it.
        if mode is GenerationMode.POSITIVE or operation.body or operation.query
    ]
    asked_for = REQUESTS or FEW
    sent = 0

    def fuzz(operation: Any, mode: GenerationMode, number: int) -> None:
        @examples(
            max_examples=number,
            deadline=None,
            derandomize=not REQUESTS,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(generation_mode=mode))
        def check(case: Any) -> None:
            nonlocal sent
            sent += 1
            case.call_and_validate(headers={"Authorization": authorization})

        check()

    for operation, mode in ways:
        fuzz(operation, mode, math.ceil(asked_for / (len(ways) - 1)))  # one of them knows only one request
    assert sent >= asked_for
