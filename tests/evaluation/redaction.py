"""What redaction takes out of labelled snippets: how much of what is personal goes, and how little else."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.evaluation.bench import DATA, Bench
from tests.evaluation.figures import Figure, Section, percent
from troubleshooter.diagnosis.model import Span
from troubleshooter.diagnosis.redact import Redacted, redact

SNIPPETS = DATA / "snippets.jsonl"
"""Each with what must `go` (kind and exact characters) and what must stay. The `unseen` ones were written before the
rules were last improved, and nobody improved a rule by them."""

MOST_HARM = ("secret", "token", "email")
"""Kinds of which next to nothing may be left."""


@dataclass(frozen=True)
class Snippet:
    """`gone` are pairs of kind and exact characters; where there are none, the whole text must stay as it is."""

    id: str
    text: str
    gone: tuple[tuple[str, str], ...]
    stays: tuple[str, ...]
    unseen: bool

    def missed(self, parts: Sequence[Span]) -> Iterator[tuple[str, str]]:
        """What must go and can still be read, or a word of it; `parts` are the places that were taken out."""
        gone = {place for part in parts for place in range(*part)}
        for kind, value in self.gone:
            letters = (place for start in self._starts(value) for place in range(start, start + len(value)))
            if any(self.text[place].isalnum() and place not in gone for place in letters):
                yield kind, value

    def touched(self, parts: Sequence[Span]) -> list[str]:
        """What must stay and was taken out, all of it or in part."""
        wrong = [part for part in parts if not self.is_personal(part)]
        places = {place for part in wrong for place in range(*part)}
        stays = self.stays if self.gone else (self.text,)
        return [
            value
            for value in stays
            if any(not places.isdisjoint(range(start, start + len(value))) for start in self._starts(value))
        ]

    def is_personal(self, part: Span) -> bool:
        """True for characters of the text that all belong to something that must go."""
        starts = ((start, len(value)) for _kind, value in self.gone for start in self._starts(value))
        return {place for start, size in starts for place in range(start, start + size)}.issuperset(range(*part))

    def _starts(self, value: str) -> list[int]:
        return [found.start() for found in re.finditer(re.escape(value), self.text)]


def measure(bench: Bench) -> Section:
    """`bench.short` changes nothing: it takes less than a second."""
    snippets = read()
    figures = [*_figures("", snippets), *_figures("unseen: ", [row for row in snippets if row.unseen], kept=False)]
    return Section(f"Redaction of {len(snippets)} snippets", tuple(figures), _table(snippets))


def read() -> tuple[Snippet, ...]:
    rows = map(json.loads, SNIPPETS.read_text(encoding="utf-8").splitlines())
    return tuple(
        Snippet(row["id"], row["text"], tuple(map(tuple, row["gone"])), tuple(row["stays"]), row["unseen"])
        for row in rows
    )


def removed(text: str, redacted: Redacted) -> tuple[Span, ...]:
    """The places in the text as it was that stand as marks in the redacted one."""
    ends = [0, *(span.end for span in redacted.hidden)]
    starts = [*(span.start for span in redacted.hidden), len(redacted.text)]
    kept = [re.escape(redacted.text[start:end]) for start, end in zip(ends, starts, strict=True)]
    found = re.fullmatch("(.*?)".join(kept), text, re.DOTALL)
    assert found, f"{redacted.text!r} holds more than marks and parts of the text"
    return tuple(Span(*found.span(number)) for number in range(1, len(kept)))


def _figures(prefix: str, snippets: Sequence[Snippet], *, kept: bool = True) -> Iterator[Figure]:
    slack = 0.0 if kept else None
    results = [(row, removed(row.text, redact(row.text))) for row in snippets]
    missed = [(row, kind, value) for row, parts in results for kind, value in row.missed(parts)]
    harmful = [f"{row.id} {kind} {value}" for row, kind, value in missed if kind in MOST_HARM]
    labelled = Counter(kind for row in snippets for kind, _value in row.gone)
    of_most_harm = sum(labelled[kind] for kind in MOST_HARM)
    marks = [(row, part) for row, parts in results for part in parts]
    wrong = [f"{row.id} {row.text[slice(*part)]!r}" for row, part in marks if not row.is_personal(part)]
    touched = [f"{row.id} {part}" for row, parts in results for part in row.touched(parts)]
    share = percent(of_most_harm - len(harmful), of_most_harm)
    yield Figure(
        f"{prefix}secrets, tokens and mail gone", share, "%", 98, more_is_better=True, cases=tuple(harmful), slack=slack
    )
    share = percent(labelled.total() - len(missed), labelled.total())
    cases = tuple(f"{row.id} {kind} {value}" for row, kind, value in missed)
    yield Figure(f"{prefix}everything personal gone", share, "%", more_is_better=True, cases=cases, slack=slack)
    share = percent(len(marks) - len(wrong), len(marks))
    yield Figure(f"{prefix}marks that are right", share, "%", 95, more_is_better=True, cases=tuple(wrong), slack=slack)
    yield Figure(f"{prefix}codes and product words touched", len(touched), "", 0, cases=tuple(touched), slack=slack)


def _table(snippets: Sequence[Snippet]) -> str:
    """For every kind, how many there are and how many are left."""
    labelled = Counter(kind for row in snippets for kind, _value in row.gone)
    left = Counter(kind for row in snippets for kind, _value in row.missed(removed(row.text, redact(row.text))))
    lines = [f"{kind:12} {labelled[kind]:3}, left {left[kind]}" for kind in sorted(labelled)]
    return "\n".join([*lines, f"{'nothing':12} {sum(not row.gone for row in snippets):3}"])
