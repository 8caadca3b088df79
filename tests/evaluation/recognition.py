"""Labelled error texts: how often the right guide is claimed, and how often one is claimed where none fits."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path

from guides.library import Library, leader
from tests.evaluation.bench import DATA, Bench
from tests.evaluation.figures import Figure, Section, percent
from troubleshooter.diagnosis import evaluate
from troubleshooter.diagnosis.decide import diagnose
from troubleshooter.diagnosis.evaluate import NONE, Record
from troubleshooter.diagnosis.model import Diagnosis

Diagnoses = Sequence[tuple[Record, Diagnosis]]

OURS = DATA / "texts.jsonl"
"""Texts of our own, kept with the project; others are named on the command line."""

STRUCTURED = ("json", "message", "mixed", "email")
"""Kinds of texts that hold something a system printed; all others are people's own words."""

FALSE = 2
"""Texts that no guide fits for which one may still be claimed."""
FALSE_SHARE = 0.02
"""The same as a share, for our own file, which grows."""
RANKED = 3
"""Guides of the ranking among which the right one must be."""


def measure(bench: Bench) -> Section:
    figures, tables = [], []
    for file in [OURS, *([bench.texts] if bench.texts else [])]:
        diagnoses = [(record, diagnosed(bench.library, record.text)) for record in records_of(file)]
        figures += _figures(file.stem, diagnoses)
        claims = {record.text: claim(diagnosis) for record, diagnosis in diagnoses}
        report = evaluate.score([record for record, _ in diagnoses], claims.__getitem__)
        tables.append(f"\n{file.name}\n{report.as_text()}")
    return Section("Recognition of error texts", tuple(figures), "\n".join(tables))


def records_of(file: Path) -> tuple[Record, ...]:
    return evaluate.parse_records(file.read_text(encoding="utf-8").split("\n"))


def diagnosed(library: Library, text: str) -> Diagnosis:
    """What page and API make of a text and nothing else."""
    return diagnose(library.model, library.recogniser.read(text).evidence)


def claimer(library: Library) -> Callable[[str], str]:
    """What is claimed for a text; where many texts say the same, that is worked out once."""
    claim_for = cache(lambda evidence: claim(diagnose(library.model, evidence)))
    return lambda text: claim_for(library.recogniser.read(text).evidence)


def claim(diagnosis: Diagnosis) -> str:
    """The slug of the guide that a text is said to need, or "none"."""
    found = leader(diagnosis)
    return found.guide.slug if found else NONE


def _figures(name: str, diagnoses: Diagnoses) -> Iterator[Figure]:
    def share(what: str, rows: Diagnoses, good: Callable[[Record, Diagnosis], bool], limit: float | None) -> Figure:
        bad = [(record, diagnosis) for record, diagnosis in rows if not good(record, diagnosis)]
        cases = tuple(f"{record.id} ({claim(diagnosis)})" for record, diagnosis in bad)
        value = percent(len(rows) - len(bad), len(rows))
        return Figure(f"{name}: {what}", value, "%", limit=limit, more_is_better=True, cases=cases, slack=0)

    structured = [row for row in diagnoses if row[0].kind in STRUCTURED]
    described = [row for row in diagnoses if row[0].kind == "description"]
    with_guide = [row for row in diagnoses if row[0].labels[0] != NONE]
    yield share("accepted", diagnoses, _is_accepted, 95)
    yield share("accepted with a code or message", structured, _is_accepted, 97)
    yield share("accepted in people's own words", described, _is_accepted, 90)
    yield share("right guide among the first three", with_guide, _is_ranked, 97)
    yield share("first label", diagnoses, _is_first, None)
    false = [record for record, diagnosis in diagnoses if record.labels == (NONE,) and claim(diagnosis) != NONE]
    cases = tuple(record.id for record in false)
    nones = sum(record.labels == (NONE,) for record, _ in diagnoses)
    limit = max(FALSE, round(FALSE_SHARE * nones)) if name == OURS.stem else FALSE
    yield Figure(f"{name}: false guides", len(false), "texts", limit=limit, goal=0, cases=cases, slack=0)


def _is_accepted(record: Record, diagnosis: Diagnosis) -> bool:
    return claim(diagnosis) in record.labels


def _is_first(record: Record, diagnosis: Diagnosis) -> bool:
    return claim(diagnosis) == record.labels[0]


def _is_ranked(record: Record, diagnosis: Diagnosis) -> bool:
    return any(candidate.guide.slug in record.labels for candidate in diagnosis.ranking[:RANKED])
