"""A library made from another shares what is compiled, and still says what it would say on its own."""

from __future__ import annotations

from typing import Any

import pytest

from guides.document import Document, GuideDocument
from guides.exchange import folder
from guides.library import Library
from troubleshooter.diagnosis.model import Word

EDITS: dict[str, dict[str, Any]] = {
    "its words": {"title": "Another title", "verification": "Look."},
    "its statements": {"expects": {}},
    "how common it is": {"common": Word.ALWAYS},
    "its phrases": {"phrases": ["the run failed with an error"]},
    "its codes": {"codes": [], "messages": []},
    "its mitigations": {"mitigations": []},
}


@pytest.fixture(scope="module")
def starter() -> Library:
    return Library.of(folder.read(folder.STARTER))


def owners(library: Library) -> dict[str, str]:
    return {sample.text: library.owner(sample.text) for guide in library.guides.values() for sample in guide.samples}


def edited(library: Library, reference: str, fields: dict[str, Any]) -> GuideDocument:
    return library.guides[reference].model_copy(update=fields)


@pytest.mark.parametrize("fields", EDITS.values(), ids=EDITS.keys())
def test_samples_lead_where_they_would_in_a_library_of_its_own(starter: Library, fields: dict[str, Any]) -> None:
    for reference in ("FLOW-2", "FLOW-5", "FLOW-11"):
        after = starter.with_documents([edited(starter, reference, fields)])
        assert owners(after) == owners(Library(after.documents)), reference


@pytest.mark.parametrize("kind", ["mitigation", "question"])
def test_so_they_do_when_a_shared_part_changes(starter: Library, kind: str) -> None:
    part: Document = next(row for (other, _key), row in starter.documents.items() if other == kind)
    after = starter.with_documents([part.model_copy(update={"minutes": [500, 900] if kind == "mitigation" else 60.0})])
    assert owners(after) == owners(Library(after.documents))


def test_a_new_guide_can_take_samples(starter: Library) -> None:
    greedy = edited(starter, "FLOW-2", {"reference": "FLOW-99", "slug": "greedy", "samples": [], "common": Word.ALWAYS})
    after = starter.with_documents([greedy])
    assert owners(after) == owners(Library(after.documents))


def test_an_edit_of_words_that_no_diagnosis_reads_compiles_nothing(starter: Library) -> None:
    after = starter.with_documents([edited(starter, "FLOW-2", {"verification": "Look."})])
    assert after.model is starter.model
    assert after.recogniser is starter.recogniser


def test_an_edit_of_statements_keeps_what_recognises(starter: Library) -> None:
    after = starter.with_documents([edited(starter, "FLOW-2", {"expects": {}})])
    assert after.model is not starter.model
    assert after.recogniser is starter.recogniser
