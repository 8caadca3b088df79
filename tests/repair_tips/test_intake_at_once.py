"""Reports that come at the same moment: nothing is lost and nothing counts twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import pytest
from django.db import connection

from tests.guides.factories import load_small_library
from tests.repair_tips.failures import OFF, a_sender, take
from troubleshooter.repair_tips.models import FailedRun, Flow, FlowProblem, Letter

T = TypeVar("T")

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _quiet_outbox(settings: Any) -> None:
    settings.MAIL_WORKER = True
    load_small_library()


def at_once(times: int, call: Callable[[int], T]) -> list[T]:
    def alone(number: int) -> T:
        try:
            return call(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as reporters:
        return list(reporters.map(alone, range(times)))


def test_the_same_run_reported_a_hundred_times_at_once_counts_once() -> None:
    sender = a_sender()
    received = at_once(100, lambda _: take(sender))
    assert Counter((one.repeated, one.letter.value) for one in received) == {
        (False, "queued"): 1,
        (True, "not-now"): 99,
    }
    assert (Flow.objects.count(), FailedRun.objects.count(), Letter.objects.count()) == (1, 1, 1)
    assert FlowProblem.objects.get().times == 1


def test_many_runs_of_one_flow_at_once_are_all_counted_and_mailed_once() -> None:
    sender = a_sender()
    received = at_once(40, lambda number: take(sender, run_id=str(number), error=[OFF, "PasswordExpired", "Jammed it"]))
    assert Counter(one.letter.value for one in received) == {"queued": 1, "not-now": 39}
    assert [problem.times for problem in FlowProblem.objects.all()] == [40] * 3
    assert Letter.objects.get().problems.count() == 3


def test_many_flows_of_one_owner_at_once_get_a_letter_each_up_to_the_limit() -> None:
    sender = a_sender()
    received = at_once(
        30, lambda number: take(sender, flow_id=str(number), error=[f"Jam{number % 3}", f"Jam{number % 2}"])
    )
    assert Counter(one.letter.value for one in received) == {"queued": 20, "too-many": 10}
    assert Letter.objects.count() == 20
