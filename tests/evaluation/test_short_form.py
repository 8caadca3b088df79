"""Everything that is measured, in its short form: the starter content and the reasoning are as good as they were."""

import json

import pytest
from django.conf import settings

from tests.evaluation.__main__ import SECTIONS, main

pytestmark = pytest.mark.begins_first

TEXTS = settings.BASE_DIR.parent / "shared" / "evals" / "dev.jsonl"
"""Real error texts, which are kept beside the project and not in it."""


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    path = tmp_path_factory.mktemp("evaluation") / "report.json"
    main(["--short", "--beside-others", "--json", str(path), *(["--texts", str(TEXTS)] if TEXTS.exists() else [])])
    return json.loads(path.read_text(encoding="utf-8"))


def test_nothing_that_is_measured_is_worse_than_it_may_be(report):
    assert report["failures"] == []


def test_every_section_measures_something(report):
    assert tuple(report["sections"]) == SECTIONS
    assert all(section["figures"] for section in report["sections"].values())
