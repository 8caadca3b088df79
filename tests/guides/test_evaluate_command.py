"""Recognition is measured on a file of real texts; a file that cannot be read is named."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.guides.factories import load_small_library

pytestmark = pytest.mark.django_db

RECORDS = [
    {"id": "a", "text": "FlowIsTurnedOff", "labels": ["flow-turned-off"], "kind": "message"},
    {"id": "b", "text": "PasswordExpired", "labels": ["flow-turned-off"], "kind": "message"},
    {"id": "c", "text": "PasswordExpired", "labels": ["none"], "kind": "json"},
    {"id": "d", "text": "the weather is fine", "labels": ["none"], "kind": "json"},
]


def evaluate(path: Path, *options: str) -> str:
    out = StringIO()
    call_command("evaluate", path, *options, stdout=out)
    return out.getvalue()


@pytest.fixture
def records(tmp_path: Path) -> Path:
    path = tmp_path / "records.jsonl"
    path.write_text("\n".join(json.dumps(record) for record in RECORDS) + "\n", encoding="utf-8")
    return path


def test_the_report_counts_accepted_answers_and_false_guides(records: Path) -> None:
    load_small_library()
    overall = json.loads(evaluate(records, "--json"))["overall"]
    assert (overall["records"], overall["accepted_rate"], overall["false_guide_rate"]) == (4, 0.5, 0.5)


def test_the_report_for_people_names_what_was_not_accepted(records: Path) -> None:
    load_small_library()
    report = evaluate(records)
    assert "b: password-expired, not flow-turned-off" in report
    assert "kind json" in report


def test_without_guides_there_is_nothing_to_measure(records: Path) -> None:
    with pytest.raises(CommandError, match="no live guides"):
        evaluate(records)


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    load_small_library()
    path = tmp_path / "broken.jsonl"
    path.write_text('{"id": "a"\n', encoding="utf-8")
    with pytest.raises(CommandError, match="line 1"):
        evaluate(path)


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    load_small_library()
    with pytest.raises(CommandError, match="Cannot read"):
        evaluate(tmp_path / "nowhere.jsonl")
