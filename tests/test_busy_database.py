"""What people see while somebody else writes for a long time into the one file of an SQLite database."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client


def _locked(*args: Any, **kwargs: Any) -> None:
    raise OperationalError("database is locked")


@pytest.mark.django_db
def test_who_waited_too_long_is_told_that_nothing_was_kept_and_when_to_come_back(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("guides.held.keep", _locked)
    response = client.post("/diagnose/", {"text": "The flow is off"}, headers={"sec-fetch-site": "same-origin"})
    assert response.status_code == 503
    assert response["Retry-After"] == "60"
    assert "what you typed is still there" in response.content.decode()


@pytest.mark.django_db
def test_another_fault_of_the_database_is_not_called_busy(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: Any, **kwargs: Any) -> None:
        raise OperationalError("disk I/O error")

    monkeypatch.setattr("guides.held.keep", broken)
    client.raise_request_exception = False
    response = client.post("/diagnose/", {"text": "The flow is off"}, headers={"sec-fetch-site": "same-origin"})
    assert response.status_code == 500
