"""Print how time and room grow with the content and what pages cost, store it all, and fail above a limit."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from time import perf_counter

from tests.bench import growth, pages, table
from tests.bench.synthetic import Size
from tests.evaluation.figures import Section

REPORT = Path(".bench.json")
SIZES = ((10, 16), (100, 50), (1_000, 200), (10_000, 1_000))
"""Guides and questions."""
PEOPLE = 8


def main(arguments: Sequence[str]) -> int:
    """0 where nothing is above its limit, 1 where something is."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--short", action="store_true", help="only up to 1,000 guides")
    options = parser.parse_args(arguments)
    started = perf_counter()
    sizes = [Size(*size, hub) for size in (SIZES[:-1] if options.short else SIZES) for hub in (False, True)]
    with ProcessPoolExecutor(1, max_tasks_per_child=1) as pool:  # a fresh process each, or one would weigh on the next
        rows = list(pool.map(_growth, sizes))
        costs = pool.submit(pages.measured).result()
    figures = (*table.figures(rows), *costs)
    section = Section("Growth with the content, and what pages cost", figures, table.printed(rows))
    print(f"{section.as_text()}\n\nMeasured in {perf_counter() - started:.0f} s.")  # noqa: T201
    failures = section.failures({})
    data = {
        "growth": {row.size.name: row.as_dict() for row in rows},
        "figures": {figure.name: figure.as_dict() for figure in figures},
        "failures": failures,
    }
    REPORT.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    if failures:
        print("\nAbove its limit:\n  " + "\n  ".join(failures))  # noqa: T201
    return 1 if failures else 0


def _growth(size: Size) -> growth.Growth:
    """Texts and searches know nothing of hub questions."""
    return growth.measured(size, PEOPLE, texts=size.hub)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
