"""How a guide reads is counted as people read it."""

from __future__ import annotations

import datetime
from typing import Any

from guides.document import GuideDocument, MitigationDocument, NoticeDocument
from guides.readability import actions, figures, old_sources, sentence_length, words, wrong_places
from tests.guides.factories import guide_data, mitigation_data, notice_data

STEP = {"where": "source", "who": "maker"}


def mitigation(*steps: dict[str, Any]) -> MitigationDocument:
    numbered = [{"number": number, **STEP, **step} for number, step in enumerate(steps, 1)]
    return MitigationDocument.model_validate(mitigation_data(steps=numbered))


def test_words_are_those_that_people_see() -> None:
    assert words("Open **Run only users** in the [maker portal](https://make.powerapps.com/environments).") == 8
    assert words("It isn't on, `0x80040265`.") == 4


def test_a_sentence_ends_with_its_mark_or_its_line_and_codes_count_as_one_word() -> None:
    assert sentence_length(["One two three. Four five!"]) == 2.5
    assert sentence_length(["Do this:\n\n- one two\n- three four five"]) == 2.3
    assert sentence_length(["Send\n\n```\nmany words that nobody reads as a sentence\n```"]) == 1.0
    assert sentence_length([""]) == 0.0


def test_steps_of_which_people_do_one_count_once() -> None:
    assert actions(mitigation({"text": "A"}, {"text": "B", "group": "g"}, {"text": "C", "group": "g"})) == 2


def test_a_step_that_speaks_of_the_other_environment_is_found() -> None:
    wrong = mitigation(
        {"text": "In the target environment, wait."},
        {"text": "In the Source environment, wait."},
        {"text": "Go from the source environment to the target environment."},
        {"text": "In the target environment, wait.", "where": "either"},
    )
    assert list(wrong_places(wrong)) == [("FIX-1.1", "target")]


def test_what_stands_before_the_first_step_is_counted() -> None:
    guide = GuideDocument.model_validate(guide_data(title="One two", meaning="Three.", before="Four five."))
    notice = NoticeDocument.model_validate(notice_data(title="Six", text="Seven eight."))
    found = {row.name: row for row in figures(guide, [mitigation({"text": "A"})], [notice])}
    # The title of the first mitigation has four words.
    assert found["Words before the first step"].value == 12
    assert not found["Words before the first step"].is_too_much


def test_a_source_is_old_after_a_year() -> None:
    guide = GuideDocument.model_validate(guide_data())
    assert list(old_sources(guide, datetime.date(2027, 11, 21))) == []
    assert list(old_sources(guide, datetime.date(2027, 11, 22))) == ["Turn on a flow"]
