"""How long something takes this process, whatever else the machine is doing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import process_time
from typing import TypeVar

from tests.evaluation.bench import slowness

T = TypeVar("T")


class Clock:
    """Times pieces of work in seconds; `slowness` is how many times slower than an ordinary machine this one was."""

    def __init__(self) -> None:
        self._before = slowness()

    def timed(self, work: Callable[[], T]) -> tuple[T, float]:
        """What some work gives, and how long it took."""
        start = process_time()
        result = work()
        return result, process_time() - start

    def best(self, work: Callable[[], object], times: int) -> float:
        """The shortest of some times: what the work itself takes."""
        return min(self.timed(work)[1] for _ in range(times))

    def stopped(self) -> float:
        """The slowness from the beginning until now."""
        return (self._before + slowness()) / 2


def percentile(values: Sequence[float], percent: float) -> float:
    """The value that so many percent do not exceed."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * percent / 100), len(ordered) - 1)]
