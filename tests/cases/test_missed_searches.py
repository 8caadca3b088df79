"""Searches without a result are counted: never by whom, and never in the words of one person alone."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from guides import knowledge
from guides.models import Guide, MissedSearch, counted
from guides.pages import search
from tests.cases.clock import DAY, at

pytestmark = pytest.mark.django_db


def test_what_was_not_found_is_counted_in_one_case_and_without_what_is_personal(client: Client, guide: Guide) -> None:
    for query in ("Zork  Flux", "zork flux", "zork anna@example.com"):
        client.get("/search/", {"q": query})
    assert list(MissedSearch.objects.values_list("query", "count")) == [("zork flux", 2), ("zork [email]", 1)]


@pytest.mark.parametrize("query", ["flow", "FlowIsTurnedOff", "FlowIsTurnedOff again", "", "zork " * 40])
def test_what_was_found_or_belongs_into_the_paste_box_is_not_counted(client: Client, guide: Guide, query: str) -> None:
    client.get("/search/", {"q": query})
    assert not MissedSearch.objects.exists()


def test_only_a_page_that_somebody_reads_is_counted(client: Client, guide: Guide) -> None:
    client.head("/search/", {"q": "zork"})
    assert not MissedSearch.objects.exists()


def test_one_address_cannot_fill_the_list(client: Client, guide: Guide, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "MISSES_A_MINUTE", 2)
    assert {client.get("/search/", {"q": f"zork{number}"}).status_code for number in range(5)} == {200}
    assert MissedSearch.objects.count() == 2


def test_days_are_counted_apart_from_times(monkeypatch: pytest.MonkeyPatch) -> None:
    first = timezone.now().replace(hour=12)
    for moment in (first, first, first + DAY, first + 3 * DAY):
        at(monkeypatch, moment)
        MissedSearch.remember("zork")
    row = MissedSearch.objects.get()
    assert (row.count, row.days, row.first_seen, row.last_seen) == (4, 3, first, first + 3 * DAY)


@pytest.mark.parametrize(("count", "days", "readable"), [(3, 2, True), (2, 2, False), (9, 1, False), (50, 9, True)])
def test_a_text_is_readable_once_it_came_three_times_on_two_days(count: int, days: int, readable: bool) -> None:
    now = timezone.now()
    row = MissedSearch.objects.create(query="zork", count=count, days=days, first_seen=now, last_seen=now)
    assert row.is_readable is readable
    assert MissedSearch.objects.readable().exists() is readable


def test_what_came_once_and_long_ago_is_forgotten_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counted, "MOST_ROWS", 2)
    now = timezone.now()
    for query, count, age in (("old", 1, 9), ("older but often", 5, 20), ("new", 1, 1)):
        seen = now - age * DAY
        MissedSearch.objects.create(query=query, count=count, days=1, first_seen=seen, last_seen=seen)
    MissedSearch.objects.all().prune()
    assert set(MissedSearch.objects.values_list("query", flat=True)) == {"older but often", "new"}


def test_the_list_never_grows_beyond_its_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counted, "MOST_ROWS", 5)
    monkeypatch.setattr(counted, "PRUNED_EVERY", 3)
    for number in range(20):
        MissedSearch.remember(f"zork {number}")
    assert MissedSearch.objects.count() < 5 + 3


def test_a_database_that_cannot_write_does_not_keep_the_answer(
    client: Client, guide: Guide, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(counted.CountedQuerySet, "_count_again", locked)
    assert client.get("/search/", {"q": "zork"}).status_code == 200


def test_a_search_without_result_takes_few_queries(
    client: Client, guide: Guide, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    knowledge.current()
    for _ in range(2):
        with django_assert_max_num_queries(7):  # three of them write, the others begin and end
            client.get("/search/", {"q": "zork"})


@pytest.mark.django_db(transaction=True)
def test_two_at_once_are_counted_twice() -> None:
    def remember(_: int) -> None:
        MissedSearch.remember("zork")
        connection.close()

    with ThreadPoolExecutor(4) as people:
        list(people.map(remember, range(12)))
    assert MissedSearch.objects.get().count == 12
