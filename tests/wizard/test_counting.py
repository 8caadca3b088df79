"""Pastes are counted by day and match word; nothing else is, and nobody is turned away for a number."""

from __future__ import annotations

import logging
from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection
from django.db.models import QuerySet
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from guides import knowledge
from troubleshooter.cases.models import PasteCount

Paste = Callable[..., HttpResponse]


def counted() -> dict[str, int]:
    assert set(PasteCount.objects.values_list("day", flat=True)) <= {timezone.localdate()}
    return dict(PasteCount.objects.values_list("match", "count"))


def test_a_paste_counts_once_by_how_well_it_was_recognised(paste: Paste) -> None:
    paste("TriggerNotEnabled")
    paste("TriggerNotEnabled")
    paste("FrobnicatorJammed")
    assert counted() == {"exact": 2, "": 1}


@pytest.mark.parametrize("text", ["", "x" * 100_001])
def test_what_is_not_read_is_not_counted(paste: Paste, text: str) -> None:
    paste(text)
    assert counted() == {}


def test_only_pastes_are_counted(paste: Paste, client: Client) -> None:
    paste("TriggerNotEnabled", to="/_/read/")
    paste("", **{"q.what-happens": "error"})
    client.get("/diagnose/?code=TriggerNotEnabled")
    client.post("/api/v1/diagnose", {"text": "TriggerNotEnabled"}, content_type="application/json")
    assert counted() == {}


def test_a_count_that_fails_is_logged_and_fails_nobody(
    paste: Paste, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    update = QuerySet.update

    def broken(rows: QuerySet, **values: object) -> int:
        if rows.model is PasteCount:
            raise DatabaseError("disk full")
        return update(rows, **values)

    monkeypatch.setattr(QuerySet, "update", broken)
    with caplog.at_level(logging.WARNING):
        assert paste("TriggerNotEnabled").status_code == 303
    assert "One paste was not counted." in caplog.text


def test_counting_a_paste_costs_one_write(paste: Paste) -> None:
    knowledge.current()
    paste("TriggerNotEnabled")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        paste("TriggerNotEnabled")
    writes = [query["sql"] for query in asked if "paste" in query["sql"].lower() and "SAVEPOINT" not in query["sql"]]
    assert len(writes) == 1
    assert writes[0].startswith("UPDATE")
