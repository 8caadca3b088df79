"""How often one address may store something in a day, without anybody knowing the address."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone

from tests.cases.clock import DAY, at
from troubleshooter.cases.models import Allowance

pytestmark = pytest.mark.django_db


def test_an_address_has_so_many_of_each_action() -> None:
    assert [Allowance.take("192.0.2.7", "flag", 2) for _ in range(3)] == [True, True, False]
    assert Allowance.take("192.0.2.7", "outcome", 2)
    assert Allowance.take("192.0.2.8", "flag", 2)


def test_what_was_not_done_after_all_is_given_back() -> None:
    Allowance.give_back("192.0.2.7", "flag")
    assert [Allowance.take("192.0.2.7", "flag", 1) for _ in range(2)] == [True, False]
    Allowance.give_back("192.0.2.7", "flag")
    assert [Allowance.take("192.0.2.7", "flag", 1) for _ in range(2)] == [True, False]


def test_a_new_day_begins_anew_and_forgets_the_day_before(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [Allowance.take("192.0.2.7", "flag", 1) for _ in range(2)] == [True, False]
    before = Allowance.objects.get().key
    at(monkeypatch, timezone.now() + DAY)
    assert Allowance.take("192.0.2.7", "flag", 1)
    assert Allowance.objects.get().key != before


@pytest.mark.django_db(transaction=True)
def test_many_at_once_get_no_more_than_there_is() -> None:
    def take(_: int) -> bool:
        taken = Allowance.take("192.0.2.7", "flag", 5)
        connection.close()
        return taken

    with ThreadPoolExecutor(4) as people:
        assert sum(people.map(take, range(12))) == 5
