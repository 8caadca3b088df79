"""What redaction is measured by is measured rightly, and nothing that it takes out is needed to read an error."""

from __future__ import annotations

import json

import pytest

from tests.evaluation import redaction
from tests.evaluation.bench import DATA, starter_library
from tests.evaluation.redaction import Snippet, removed
from troubleshooter.diagnosis import recognise
from troubleshooter.diagnosis.redact import Redacted, marks, redact


def test_every_text_of_ours_reads_the_same_before_and_after_redaction(monkeypatch: pytest.MonkeyPatch) -> None:
    recogniser = starter_library().recogniser
    rows = [json.loads(line) for line in (DATA / "texts.jsonl").read_text(encoding="utf-8").splitlines()]
    redacted = {row["id"]: recogniser.read(row["text"]) for row in rows}
    monkeypatch.setattr(recognise, "redact", lambda text: Redacted(text, ()))
    for row in rows:
        assert recogniser.read(row["text"]).evidence == redacted[row["id"]].evidence, row["id"]


def test_redacting_any_snippet_twice_changes_nothing() -> None:
    for snippet in redaction.read():
        once = redact(snippet.text)
        assert redact(once.text) == once, snippet.id


def test_the_snippets_say_what_stands_in_them() -> None:
    snippets = redaction.read()
    assert len({snippet.id for snippet in snippets}) == len(snippets) >= 150
    assert sum(not snippet.gone for snippet in snippets) >= 50
    for snippet in snippets:
        assert all(part in snippet.text for part in (*snippet.stays, *(value for _kind, value in snippet.gone)))


def test_a_word_of_a_name_that_is_left_is_a_miss_and_a_letter_too_much_is_wrong() -> None:
    snippet = Snippet("s", "by Jane Doe at 401", (("name", "Jane Doe"),), ("at 401",), unseen=False)
    for redacted, missed, right, touched in (
        ("by [name] at 401", False, True, False),
        ("by [name] Doe at 401", True, True, False),
        ("[name] at 401", False, False, False),
        ("by [name] 401", False, False, True),
    ):
        parts = removed(snippet.text, Redacted(redacted, marks(redacted)))
        assert bool(list(snippet.missed(parts))) is missed, redacted
        assert all(map(snippet.is_personal, parts)) is right, redacted
        assert bool(snippet.touched(parts)) is touched, redacted
