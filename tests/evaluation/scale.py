"""Many guides: how long a turn takes among a thousand, and in the long form among ten thousand, and how much room."""

from __future__ import annotations

from tests.bench import growth, table
from tests.bench.synthetic import Size
from tests.evaluation.bench import Bench
from tests.evaluation.figures import Section

THOUSAND, TEN_THOUSAND = Size(1_000, 200, hub=True), Size(10_000, 1_000, hub=True)
PEOPLE = 8


def measure(bench: Bench) -> Section:
    rows = [
        growth.measured(size, PEOPLE, texts=False) for size in ([THOUSAND] if bench.short else [THOUSAND, TEN_THOUSAND])
    ]
    return Section("Scale", tuple(table.figures(rows)), table.printed(rows))
