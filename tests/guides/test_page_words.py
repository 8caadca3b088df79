"""What is wrong with a document is said in the words of the page on which it is written."""

from __future__ import annotations

import pytest

from guides.page_words import in_page_words


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("FLOW-1: causes.1.text: write something here", "FLOW-1: Cause 1, text: write something here"),
        ("verification: say how", "How you know it worked: say how"),
        ("FIX-2: steps.3.text: write something here", "FIX-2: Step 3, text: write something here"),
        ("source-first: text: write something here", "source-first: Text: write something here"),
        ("FLOW-1: expects.flow-on.off: write one of", "FLOW-1: What people answer to flow-on: write one of"),
        ("there is nothing to say", "there is nothing to say"),
        ("FLOW-9: samples: “x: y” must lead here", "FLOW-9: Sample: “x: y” must lead here"),
        ("unknown.place: stays", "unknown.place: stays"),
    ],
)
def test_a_place_is_named_as_the_page_names_it(sentence: str, told: str) -> None:
    assert in_page_words(sentence) == told


def test_a_sentence_without_a_key_is_about_the_kind_that_is_given() -> None:
    assert in_page_words("text: write something here", "question") == "Question: write something here"
    assert in_page_words("choices.2.summary: write", "question") == "Answer 2, as a statement: write"
