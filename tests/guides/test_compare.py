"""Changes between two documents are told completely, once, in plain words, and quickly."""

from __future__ import annotations

import time
import types
import typing
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from guides import compare, textdiff
from guides import document as shapes
from guides.compare import Change, changes
from guides.field_names import LABELS, WORDS
from tests.guides.factories import document, guide_data, mitigation_data, notice_data, question_data

STEP = {"where": "source", "who": "maker"}
FREQUENCIES = st.sampled_from(["always", "usually", "never"])
LINES = st.sampled_from(["The flow is off", "The flow is on", "It is off", "a", "Password expired"])
TEXTS = st.text(alphabet="ab .\n", max_size=30) | st.sampled_from(
    ["One word, then two.\n\nOne.", "One word. Then two."]
)


def guide(**fields: Any) -> shapes.Document:
    return document("guide", guide_data(**fields))


def mitigation(**fields: Any) -> shapes.Document:
    return document("mitigation", mitigation_data(**fields))


def told(before: shapes.Document | None, after: shapes.Document | None) -> list[tuple[str, str, str]]:
    return [(change.place, change.kind, in_brackets(change)) for change in changes(before, after)]


def in_brackets(change: Change) -> str:
    signs = {"same": "{}", "added": "[+{}]", "removed": "[-{}]"}
    return "".join(signs[piece.kind].format(piece.text) for piece in change.pieces)


def sides(pieces: typing.Sequence[compare.Piece]) -> tuple[str, str]:
    return tuple(  # type: ignore[return-value]
        "".join(piece.text for piece in pieces if piece.kind in ("same", kind)) for kind in ("removed", "added")
    )


@st.composite
def guides(draw: st.DrawFn) -> shapes.Document:
    keys = st.sampled_from(["a", "b", "c"])
    parts = st.lists(keys, unique=True, max_size=3)
    return guide(
        title=draw(LINES),
        common=draw(st.none() | FREQUENCIES),
        former_slugs=draw(st.lists(keys, max_size=3)),
        codes=[
            {"token": key, "meaning": draw(st.just("") | LINES), "generic": draw(st.booleans())} for key in draw(parts)
        ],
        messages=[
            {"key": key, "text": "The flow is off.", "essential": draw(st.lists(st.sampled_from(["flow", "off"])))}
            for key in draw(parts)
        ],
        phrases=draw(st.lists(LINES, max_size=4)),
        causes=[{"key": key, "text": draw(TEXTS)} for key in draw(parts)],
        mitigations=[
            {"fix": f"FIX-{number}", "when": draw(st.none() | st.just({"question": "q", "choice": "c"}))}
            for number in draw(st.lists(st.integers(1, 4), unique=True, min_size=1))
        ],
        further=draw(TEXTS),
        expects=draw(st.dictionaries(keys, st.dictionaries(keys, FREQUENCIES, max_size=2), max_size=2)),
        samples=[
            {"text": text, "leads": draw(st.sampled_from(["here", "elsewhere"]))} for text in draw(st.lists(LINES))
        ],
        sources=draw(st.just([]) | st.just([{"key": "s", "title": "S", "checked": "2026-11-21"}])),
        retired=draw(st.none() | st.just({}) | st.just({"successor": "FLOW-9"})),
    )


@given(before=guides(), after=guides())
@settings(max_examples=60, deadline=None)
def test_nothing_is_told_exactly_when_nothing_changed(before: shapes.Document, after: shapes.Document) -> None:
    assert (changes(before, after) == ()) == (before == after)
    assert changes(before, before) == ()


@given(before=guides(), after=guides())
@settings(max_examples=30, deadline=None)
def test_looking_back_tells_the_same_places(before: shapes.Document, after: shapes.Document) -> None:
    back = {"added": "removed", "removed": "added"}
    there = [change.kind for change in changes(before, after)]
    assert sorted(back.get(change.kind, change.kind) for change in changes(after, before)) == sorted(there)


@given(before=TEXTS | st.text(), after=TEXTS | st.text())
@settings(deadline=None)
def test_the_pieces_make_up_both_texts(before: str, after: str) -> None:
    found = textdiff.pieces(before, after)
    assert sides(found) == (before, after)
    assert all(piece.text for piece in found)
    assert before != after or all(piece.kind == "same" for piece in found)


@given(before=st.lists(st.integers(0, 5)), after=st.data())
@settings(deadline=None)
def test_a_reordered_text_still_makes_up_both(before: list[int], after: st.DataObject) -> None:
    texts = [" ".join(f"word{number}" for number in row) for row in (before, after.draw(st.permutations(before)))]
    assert sides(textdiff.pieces(*texts)) == tuple(texts)


@pytest.mark.parametrize("shape", WORDS)
def test_every_field_of_every_part_has_its_words(shape: type[BaseModel]) -> None:
    assert set(WORDS[shape]) == set(shape.model_fields)


def test_no_part_of_a_document_is_left_out_of_the_words() -> None:
    assert set(shapes.SHAPES.values()) <= set(WORDS)
    listed = {part for shape in WORDS for part in _listed_in(shape)}
    assert listed == set(WORDS) - set(shapes.SHAPES.values())
    assert listed == set(compare._KEYS)


@pytest.mark.parametrize(("shape", "field"), LABELS)
def test_a_label_belongs_to_a_field_there_is(shape: type[BaseModel], field: str) -> None:
    choices = typing.get_args(shape.model_fields[field].annotation)
    assert set(LABELS[shape, field]) == set(choices)


def _listed_in(shape: type[BaseModel]) -> list[type[BaseModel]]:
    """The parts that stand in the lists of a shape."""
    return [part for field in shape.model_fields.values() for part in _models_in_lists(field.annotation)]


def _models_in_lists(annotation: Any) -> list[type[BaseModel]]:
    inside = typing.get_args(annotation)
    if typing.get_origin(annotation) is list:
        return [part for part in inside if isinstance(part, type) and issubclass(part, BaseModel)]
    if typing.get_origin(annotation) in (typing.Union, typing.Annotated, types.UnionType):
        return [part for inner in inside for part in _models_in_lists(inner)]
    return []


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("guide", guide_data()),
        ("mitigation", mitigation_data()),
        ("notice", notice_data()),
        ("question", question_data()),
    ],
)
def test_a_thing_that_is_new_or_gone_is_told_as_a_whole(kind: str, data: dict[str, Any]) -> None:
    thing = document(kind, data)
    assert {change.kind for change in changes(None, thing)} == {"added"}
    assert {change.kind for change in changes(thing, None)} == {"removed"}
    assert changes(None, None) == ()


def test_what_a_notice_says_for_afterwards_is_told() -> None:
    after = document("notice", notice_data(afterwards="Import it."))
    assert told(document("notice", notice_data()), after) == [("Afterwards", "added", "[+Import it.]")]


def test_a_text_is_compared_word_by_word() -> None:
    assert told(guide(), guide(title="Turn the old flow on")) == [
        ("Title", "changed", "Turn the [+old ]flow[- back] on"),
    ]


def test_a_step_is_named_by_its_reference_and_told_field_by_field() -> None:
    steps = [
        {"number": 1, "text": "Open the flow.", "where": "target", "who": "flow-owner"},
        {"number": 2, "text": "Select **Turn on** now.", "where": "source", "who": "flow-owner"},
        {"number": 3, "text": "Wait.", "where": "target", "who": "anyone"},
    ]
    assert told(mitigation(), mitigation(steps=steps, minutes=[1, 5])) == [
        ("Minutes", "changed", "1 to [-3][+5]"),
        ("Step FIX-1.1: where", "changed", "[-Source][+Target] environment"),
        ("Step FIX-1.2: text", "changed", "Select **Turn on**[+ now]."),
        ("Step FIX-1.3", "added", "[+Wait.\nwhere: Target environment\nwho: Anyone who uses the flow]"),
    ]


def test_only_the_item_that_really_moved_is_told_as_moved_and_once() -> None:
    steps = [{"number": number, "text": "Do it.", **STEP} for number in (1, 2, 3, 4)]
    moved = [steps[3], *steps[:3]]
    assert told(mitigation(steps=steps), mitigation(steps=moved)) == [("Step FIX-1.4", "moved", "[-place 4][+place 1]")]


def test_a_step_that_came_or_went_moves_no_other() -> None:
    steps = [{"number": number, "text": "Do it.", **STEP} for number in (1, 2, 3)]
    assert [row[:2] for row in told(mitigation(steps=steps), mitigation(steps=steps[1:]))] == [
        ("Step FIX-1.1", "removed")
    ]


def test_an_edited_phrase_or_sample_is_told_as_an_edit() -> None:
    before = guide(phrases=["my flow is off", "nothing happens"], samples=[{"text": "Error FlowIsTurnedOff at noon"}])
    after = guide(
        phrases=["nothing happens", "my flow is turned off"],
        samples=[{"text": "FlowIsTurnedOff"}, {"text": "Error FlowIsTurnedOff at night", "note": "From a ticket"}],
    )
    assert told(before, after) == [
        ("How people describe it “nothing happens”", "moved", "[-place 2][+place 1]"),
        ("How people describe it", "changed", "my flow is [+turned ]off"),
        ("Sample 1", "added", "[+FlowIsTurnedOff\nwhere it leads: must lead here]"),
        ("Sample 2: text", "changed", "Error FlowIsTurnedOff at [-noon][+night]"),
        ("Sample 2: note", "added", "[+From a ticket]"),
    ]


def test_a_reference_that_another_replaced_is_not_told_as_an_edit() -> None:
    before = document("guide", guide_data(notices=["source-first"]))
    assert told(before, guide(notices=["source-last"])) == [
        ("Notice", "added", "[+source-last]"),
        ("Notice", "removed", "[-source-first]"),
    ]


def test_answers_codes_and_dates_are_told_in_words() -> None:
    code = {"token": "FlowIsTurnedOff", "meaning": "It is off.", "aliases": ["FlowIsOff", "FlowOff"], "generic": True}
    source = {"key": "docs", "title": "Turn on a flow", "checked": "2026-12-01"}
    after = guide(codes=[code], expects={"flow-on": {"off": "always", "on": "never"}}, sources=[source], retired={})
    assert told(guide(), after) == [
        ("Retired", "added", "[+without a successor]"),
        ("Error code FlowIsTurnedOff: meaning", "changed", "[-The flow][+It] is[- turned] off."),
        ("Error code FlowIsTurnedOff: other spelling", "added", "[+FlowOff]"),
        ("Error code FlowIsTurnedOff: other systems print it too", "changed", "[-no][+yes]"),
        ("What people answer to “flow-on”: off", "changed", "[-usually][+always]"),
        ("What people answer to “flow-on”: on", "added", "[+never]"),
        ("Source docs: checked", "changed", "[-21 November][+1 December] 2026"),
    ]


def test_documents_of_two_kinds_cannot_be_compared() -> None:
    with pytest.raises(ValueError, match="cannot be compared"):
        changes(guide(), mitigation())


def test_the_middle_of_a_long_unchanged_run_is_left_out() -> None:
    long = " ".join(f"word{number}" for number in range(200))
    (change,) = changes(guide(further=f"First. {long}"), guide(further=f"Second. {long}"))
    assert in_brackets(change).startswith("[-First][+Second]. word0 word1")
    assert in_brackets(change).endswith("… ")
    assert len(in_brackets(change)) < 200


def test_a_text_replaced_by_quite_another_is_not_told_in_scraps() -> None:
    (change,) = changes(
        guide(meaning="The owner of the flow has left the company."),
        guide(meaning="A connection is broken, so the import of a solution stops."),
    )
    assert [piece.kind for piece in change.pieces] == ["removed", "added"]


def test_a_line_that_was_put_behind_another_is_told_as_that_line() -> None:
    before, after = guide(further="- One. \n- Two."), guide(further="- One. \n- Two.\n- Three.")
    assert told(before, after) == [("Good to know", "changed", "- One. \n- Two.[+\n- Three.]")]


def test_a_change_of_white_space_alone_can_be_seen() -> None:
    (change,) = changes(guide(samples=[{"text": "Off\n"}]), guide(samples=[{"text": "Off"}]))
    assert [(piece.kind, piece.shown) for piece in change.pieces] == [("same", "Off"), ("removed", "¶\n")]


HARD = {
    "lines": "\n" * 20_000,
    "one word": "a " * 10_000,
    "two words": "a b " * 5_000,
    "signs": "<>" * 10_000,
    "many words": " ".join(str(number) for number in range(4_000))[:20_000],
    "words twice": (" ".join(str(number) for number in range(2_000)) + " ")[:10_000] * 2,
}


@pytest.mark.parametrize("before", HARD)
@pytest.mark.parametrize("after", HARD)
def test_long_and_repetitive_texts_take_no_time(before: str, after: str) -> None:
    texts = HARD[before][:-7] + "x", "y " + HARD[after]
    began = time.process_time()
    assert sides(textdiff.pieces(*texts)) == texts
    assert time.process_time() - began < 1


def test_lists_with_thousands_of_texts_take_no_time() -> None:
    before = guide(phrases=[f"phrase {number}" for number in range(3_000)])
    after = guide(phrases=[f"words {number}" for number in range(3_000)][::-1])
    began = time.process_time()
    assert len(changes(before, after)) == 6_000
    assert time.process_time() - began < 2
