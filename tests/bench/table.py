"""Growth as a table, and which of its numbers must stay below what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tests.bench.growth import Growth
from tests.evaluation.figures import Figure

COLUMNS = (
    ("documents_s", "check s"),
    ("model_s", "model s"),
    ("compile_s", "compile s"),
    ("memory_mb", "MB"),
    ("turn_p50_ms", "turn p50"),
    ("turn_p99_ms", "p99 ms"),
    ("recogniser_s", "reader s"),
    ("usual_ms", "usual ms"),
    ("worst_ms", "worst ms"),
    ("index_s", "index s"),
    ("query_ms", "query ms"),
)
"""What the table shows of each size, under which heading."""

LIMITS = {
    1_000: {"turn_p99_ms": 5.0, "compile_s": 1.0},
    10_000: {"turn_p99_ms": 50.0, "compile_s": 4.0, "memory_mb": 200.0, "usual_ms": 2.0, "worst_ms": 20.0},
}
"""By number of guides; on an ordinary machine."""

GOALS = {"query_ms": 50.0}
"""At any size: what we would like to reach."""

NAMES = {
    "turn_p99_ms": "a turn, p99",
    "compile_s": "compiling",
    "memory_mb": "memory",
    "usual_ms": "a usual text",
    "worst_ms": "the worst text",
    "query_ms": "a search",
}
UNITS = {"s": "s", "ms": "ms", "mb": "MB"}


def figures(rows: Iterable[Growth]) -> Iterator[Figure]:
    """What has a limit or a goal, in times of an ordinary machine."""
    for row in rows:
        limits = LIMITS.get(row.size.guides, {})
        for name in (name for name in NAMES if limits and getattr(row, name)):
            value, unit = getattr(row.ordinary, name), UNITS[name.rsplit("_", 1)[1]]
            yield Figure(
                f"{row.size.name}: {NAMES[name]}",
                value,
                unit,
                limit=limits.get(name),
                goal=GOALS.get(name),
                is_time=unit != UNITS["mb"],
            )


def printed(rows: Sequence[Growth]) -> str:
    """All sizes, one a line: first in times of an ordinary machine, then as measured here."""
    parts = [("On an ordinary machine", [row.ordinary for row in rows]), ("As measured here", rows)]
    return "\n\n".join(f"{title}\n{_lines(some)}" for title, some in parts)


def _lines(rows: Sequence[Growth]) -> str:
    heads = "".join(f"{head:>10}" for _name, head in COLUMNS)
    lines = [f"{'guides x questions':22}{heads}{'slowness':>10}"]
    for row in rows:
        numbers = "".join(f"{_number(getattr(row, name)):>10}" for name, _head in COLUMNS)
        lines.append(f"{row.size.name:22}{numbers}{row.slowness:10.2f}")
    return "\n".join(lines)


def _number(value: float) -> str:
    return f"{value:.3g}" if value else "-"
