"""How well texts are answered: labelled records in, rates and misses out."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass

NONE = "none"
"""The label of a text that no guide fits, and the answer that names no guide."""


@dataclass(frozen=True)
class Record:
    """One text and the slugs of the guides that are right for it, best first."""

    id: str
    text: str
    labels: tuple[str, ...]
    kind: str = ""
    origin: str = ""


@dataclass(frozen=True)
class Tally:
    """Counts over some records."""

    records: int = 0
    accepted: int = 0
    """Answered with one of the labels."""
    first: int = 0
    """Answered with the first label."""
    none: int = 0
    """Labelled only "none"."""
    false_guides: int = 0
    """Labelled only "none" and answered with a guide."""

    def plus(self, record: Record, answer: str) -> Tally:
        only_none = record.labels == (NONE,)
        return Tally(
            records=self.records + 1,
            accepted=self.accepted + (answer in record.labels),
            first=self.first + (answer == record.labels[0]),
            none=self.none + only_none,
            false_guides=self.false_guides + (only_none and answer != NONE),
        )

    def as_dict(self) -> dict[str, float | int | None]:
        """Counts, and rates between 0 and 1 (None where there was nothing to count)."""
        return {
            "records": self.records,
            "accepted": self.accepted,
            "first": self.first,
            "none": self.none,
            "false_guides": self.false_guides,
            "accepted_rate": _rate(self.accepted, self.records),
            "first_rate": _rate(self.first, self.records),
            "false_guide_rate": _rate(self.false_guides, self.none),
        }


@dataclass(frozen=True)
class Miss:
    record: Record
    answer: str


@dataclass(frozen=True)
class Report:
    overall: Tally
    by_kind: dict[str, Tally]
    by_origin: dict[str, Tally]
    misses: tuple[Miss, ...]

    def as_dict(self) -> dict[str, object]:
        """The report as JSON-ready data."""
        return {
            "overall": self.overall.as_dict(),
            "by_kind": {name: tally.as_dict() for name, tally in self.by_kind.items()},
            "by_origin": {name: tally.as_dict() for name, tally in self.by_origin.items()},
            "misses": [
                {"id": miss.record.id, "labels": list(miss.record.labels), "answer": miss.answer}
                for miss in self.misses
            ],
        }

    def as_text(self) -> str:
        """The report as a table for people, the misses below it."""
        rows = [("all", self.overall)]
        rows += [(f"kind {name}", tally) for name, tally in self.by_kind.items()]
        rows += [(f"origin {name}", tally) for name, tally in self.by_origin.items()]
        width = max(len(name) for name, _ in rows)
        lines = [f"{'':{width}}  records  accepted  first label  false guides"]
        lines += [f"{name:{width}}  {_cells(tally)}" for name, tally in rows]
        if self.misses:
            lines += ["", "Not accepted:"]
            lines += [
                f"  {miss.record.id}: {miss.answer}, not {' or '.join(miss.record.labels)}" for miss in self.misses
            ]
        return "\n".join(lines)


class RecordError(ValueError):
    """A file of records that cannot be read; the message names the line."""


def parse_records(lines: Iterable[str]) -> tuple[Record, ...]:
    """Records from lines of JSON with `id`, `text`, `labels` and optional `kind` and `origin`; blank lines are skipped.

    Raises RecordError with the line's number. Other fields are ignored.
    """
    records = tuple(_record(number, line) for number, line in enumerate(lines, start=1) if line.strip())
    seen: set[str] = set()
    for record in records:
        if record.id in seen:
            raise RecordError(f"the id “{record.id}” is there twice")
        seen.add(record.id)
    return records


def score(records: Iterable[Record], answer: Callable[[str], str]) -> Report:
    """Ask `answer` for a guide's slug or "none" for every text, and count."""
    overall, by_kind, by_origin, misses = Tally(), dict[str, Tally](), dict[str, Tally](), []
    for record in records:
        got = answer(record.text)
        overall = overall.plus(record, got)
        for tallies, name in ((by_kind, record.kind), (by_origin, record.origin)):
            if name:
                tallies[name] = tallies.get(name, Tally()).plus(record, got)
        if got not in record.labels:
            misses.append(Miss(record, got))
    return Report(overall, dict(sorted(by_kind.items())), dict(sorted(by_origin.items())), tuple(misses))


def _record(number: int, line: str) -> Record:
    try:
        data = json.loads(line)
    except json.JSONDecodeError as error:
        raise RecordError(f"line {number}: this is not JSON ({error.msg})") from None
    except RecursionError:
        raise RecordError(f"line {number}: this is nested too deeply") from None
    if not isinstance(data, dict):
        raise RecordError(f"line {number}: write an object with id, text and labels")
    for field in ("id", "text"):
        if not isinstance(data.get(field), str):
            raise RecordError(f"line {number}: {field} is needed and must be a text")
    labels = data.get("labels")
    if not isinstance(labels, list) or not labels or not all(isinstance(label, str) for label in labels):
        raise RecordError(f"line {number}: labels is needed and must be a list of at least one text")
    return Record(data["id"], data["text"], tuple(labels), str(data.get("kind") or ""), str(data.get("origin") or ""))


def _rate(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _cells(tally: Tally) -> str:
    false = f"{tally.false_guides} of {tally.none}" if tally.none else "-"
    accepted, first = (
        f"{100 * part / tally.records:.1f} %" if tally.records else "-" for part in (tally.accepted, tally.first)
    )
    return f"{tally.records:7}  {accepted:>8}  {first:>11}  {false:>12}"
