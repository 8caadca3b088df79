"""Labelled error texts: how often the right guide is claimed, and how often one is claimed where none fits."""

from __future__ import annotations

from collections.abc import Iterable

from guides.library import Library
from tests.evaluation.bench import DATA, Bench
from tests.evaluation.figures import Figure, Section, percent
from troubleshooter.diagnosis import evaluate

OURS = DATA / "texts.jsonl"
"""Texts of our own, kept with the project; others are named on the command line."""


def measure(bench: Bench) -> Section:
    files = [OURS, *([bench.texts] if bench.texts else [])]
    figures, tables = [], []
    for file in files:
        records = evaluate.parse_records(file.read_text(encoding="utf-8").split("\n"))
        report = evaluate.score(records, lambda text: _claimed(bench.library, text))
        figures += _figures(file.stem, report)
        tables.append(f"\n{file.name}\n{report.as_text()}")
    return Section("Recognition of error texts", tuple(figures), "\n".join(tables))


def _claimed(library: Library, text: str) -> str:
    guide = library.claimed(text)
    return guide.slug if guide else evaluate.NONE


def _figures(name: str, report: evaluate.Report) -> Iterable[Figure]:
    overall = report.overall
    missed = [(miss.record, f"{miss.record.id} ({miss.answer})") for miss in report.misses]
    cases = tuple(case for _record, case in missed)
    false = tuple(case for record, case in missed if record.labels == (evaluate.NONE,))
    accepted = percent(overall.accepted, overall.records)
    yield Figure(f"{name}: accepted", accepted, "%", limit=95, more_is_better=True, cases=cases, slack=0)
    yield Figure(f"{name}: false guides", overall.false_guides, "texts", limit=2, goal=0, cases=false, slack=0)
