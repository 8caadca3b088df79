"""Recognition holds for any text: it never raises, never lies about places, and takes no notice of what is personal."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.diagnosis.recognition import library, read, recogniser
from troubleshooter.diagnosis.model import Model
from troubleshooter.diagnosis.recognise import compile_recogniser
from troubleshooter.diagnosis.redact import redact
from troubleshooter.diagnosis.text.normalise import LONGEST_WORD, plain

PIECES = [
    "InvokerConnectionOverrideFailed", "ResponseTimeout", "0x80040265", "Failed to install the flow.", "401",
    "error 502",
    "was not given by invoker", "Unauthorized", "flow is turned off", "not", "jane.doe@contoso.example", "{", "}", '"',
    "+49 170 1234567", "Bearer abcdefghijklmnop123", "67474bfe-2512-4ffe-a890-98e456a65d64",
    "object id '67474bfe-2512-4ffe-a890-98e456a65d64'", "From: Jane Doe <jane@contoso.example>", "10.0.0.12",
    "\\", "\\n",
    "password=hunter2hunter2", "Connection reference '", "&quot;", "&#8203;", "\u200b", "\u202e", "\n",
    "<b>", "[email]",
    "[id 1]", "[id 7]", "environment: Contoso Live", "contoso.sharepoint.com", "フロー", "オフ", "é", "\ufdfa",
]  # fmt: skip
texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=40).map(" ".join) | st.lists(
    st.sampled_from(PIECES), max_size=40
).map("".join)


@given(texts | st.text())
@settings(deadline=None)
def test_any_text_can_be_read_stored_and_shown(text):
    reading = read(text)
    reading.text.encode()
    assert "\0" not in reading.text
    for seen in (*reading.seen, *reading.others):
        assert seen.span is None or 0 <= seen.span.start < seen.span.end <= len(reading.text)
    for start, end in reading.hidden:
        assert reading.text[start] == "["
        assert reading.text[end - 1] == "]"


@given(texts)
@settings(deadline=None)
def test_reading_the_redacted_text_again_changes_nothing(text):
    reading = read(text)
    assert read(reading.text) == reading


@given(texts)
@settings(deadline=None)
def test_redacting_twice_changes_nothing(text):
    once = redact(text)
    assert redact(once.text) == once


@given(texts)
@settings(deadline=None, max_examples=30)
def test_the_same_model_gives_the_same_reading(text):
    again = compile_recogniser(Model(library().guides, library().questions, library().mitigations))
    assert again.read(text) == read(text)


def test_a_model_without_guides_reads_everything_as_unknown():
    empty = compile_recogniser(Model(()))
    assert {seen.fact.kind.value for seen in empty.read("ResponseTimeout, error 401, flow is off").seen} == {"unknown"}


@pytest.mark.parametrize(
    "piece",
    [
        "a", " ", "\n", "\\", '\\"', '"', "<", "<a ", "&", "&amp;", "{", "status ", "401 ", "0x80040265 ", "not ", "a@",
        "a.", "a-", "a_", "1 ", "1.2.3.4.", "ab:", "eyJhbGciOi.", "password=", "From: A B ", "\u0301",
        "\u200b", "\ud800",
        "\0", "接続", "\ufdfa", "flow is not turned off ", "InvokerConnectionOverrideFaild ", "FooBarFailed ",
        "Install flow failed to ",
    ],
)  # fmt: skip
def test_a_hostile_text_takes_no_longer_than_others(piece):
    text = (piece * 20_000)[:20_000]
    began = time.process_time()
    recogniser().read(text)
    assert time.process_time() - began < 0.5


def test_of_a_word_without_end_only_the_beginning_is_compared_and_remembered():
    (word,) = plain("X" * 5_000).words
    assert word == ("x" * LONGEST_WORD, 0, 5_000)
