"""What every section measures with: the starter content as it is in this checkout, and how fast this machine is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from time import process_time

from django.conf import settings

from guides.exchange import folder
from guides.library import Library
from troubleshooter.diagnosis.model import Model

DATA = Path(__file__).parent / "data"
"""Texts, answer sheets and trees that are measured with."""

ADDITIONS = 1_000_000
ORDINARY = 0.05
"""Seconds that an ordinary machine of today needs for so many additions in a loop (3.11); slower ones need more."""


@dataclass(frozen=True)
class Bench:
    """`short`: all sections together fit into a minute. `texts` are labelled texts that are kept elsewhere."""

    short: bool = False
    texts: Path | None = None

    @cached_property
    def library(self) -> Library:
        """The starter content, with no database behind it."""
        return starter_library()

    @property
    def model(self) -> Model:
        return self.library.model


@cache
def starter_library() -> Library:
    return Library.of(folder.read(settings.BASE_DIR / "guides" / "content"))


def slowness() -> float:
    """How many times slower than an ordinary machine this one is just now; 1 on an ordinary one.

    Times are divided by it, so that a limit in milliseconds means the same on a busy or slow machine.
    """
    return min(_additions() for _ in range(3)) / ORDINARY


def _additions() -> float:
    start, total = process_time(), 0
    for number in range(ADDITIONS):
        total += number
    return process_time() - start
