"""Real error texts reach the right guide often enough, and a guide is hardly ever claimed where none fits."""

from __future__ import annotations

import pytest
from django.conf import settings

from guides import knowledge
from troubleshooter.diagnosis import evaluate

TEXTS = settings.BASE_DIR.parent / "shared" / "evals" / "dev.jsonl"


@pytest.mark.django_db
@pytest.mark.usefixtures("starter_content")
@pytest.mark.skipif(not TEXTS.exists(), reason="the real error texts are kept beside the project, not in it")
def test_real_texts_are_recognised_and_few_are_claimed_wrongly() -> None:
    library = knowledge.current().library
    records = evaluate.parse_records(TEXTS.read_text(encoding="utf-8").split("\n"))

    def answer(text: str) -> str:
        guide = library.claimed(text)
        return guide.slug if guide else evaluate.NONE

    overall = evaluate.score(records, answer).overall
    assert overall.accepted / overall.records >= 0.95
    assert overall.false_guides <= 2
