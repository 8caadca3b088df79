"""Documents say in plain words what is wrong with them, and survive the way to YAML and back."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from guides import document as shapes
from guides import parsing
from guides.exchange import folder
from tests.guides.factories import document, guide_data, mitigation_data, notice_data, question_data

COMPLETE = {
    "notice": notice_data(),
    "question": question_data(),
    "mitigation": mitigation_data(),
    "guide": guide_data(),
}


def problems_of(kind: str, data: object) -> list[str]:
    with pytest.raises(parsing.DocumentError) as refused:
        parsing.validate(kind, data)
    return refused.value.problems


@pytest.mark.parametrize("kind", COMPLETE)
def test_a_document_written_as_yaml_and_read_again_is_the_same(kind: str) -> None:
    original = document(kind, COMPLETE[kind])
    assert parsing.parse(kind, parsing.to_yaml(original)) == original


@pytest.mark.parametrize("kind", COMPLETE)
def test_an_unknown_field_is_refused_with_the_fields_there_are(kind: str) -> None:
    (problem,) = problems_of(kind, {**COMPLETE[kind], "titel": "x"})
    assert problem.startswith("titel: there is no such field; the fields here are ")


def test_a_missing_field_is_named() -> None:
    data = guide_data()
    del data["meaning"]
    assert problems_of("guide", data) == ["meaning: this field is needed"]


def test_a_mitigation_without_steps_is_refused() -> None:
    (problem,) = problems_of("mitigation", mitigation_data(steps=[]))
    assert problem == "steps: there are 0 here; write at least 1"


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("question", question_data(group="x" * 81)),
        ("mitigation", mitigation_data(steps=[{**mitigation_data()["steps"][0], "group": "x" * 81}])),
        ("guide", guide_data(causes=[{"key": "off", "text": "Off.", "source": "x" * 81}])),
        ("guide", guide_data(mitigations=[{"fix": "FIX-1", "cause": "x" * 81}])),
    ],
)
def test_a_name_that_the_database_has_no_room_for_is_refused(kind: str, data: object) -> None:
    (problem,) = problems_of(kind, data)
    assert problem.endswith(": write at most 80 characters")


@pytest.mark.parametrize("token", ["Two words", "Half/way"])
def test_a_code_that_cannot_stand_in_an_address_is_refused(token: str) -> None:
    (problem,) = problems_of("guide", guide_data(codes=[{"token": token}]))
    assert problem.startswith("codes.1.token: write one code without spaces and slashes")


def test_a_wrong_word_is_answered_with_the_words_there_are() -> None:
    (problem,) = problems_of("guide", guide_data(expects={"flow-on": {"off": "mostly"}}))
    assert problem.startswith("expects.flow-on.off: write one of 'always', 'usually'")


def test_a_field_inside_a_step_is_named_by_its_place() -> None:
    steps = [{"number": 1, "text": "Open.", "where": "here", "who": "maker"}]
    (problem,) = problems_of("mitigation", mitigation_data(steps=steps))
    assert problem == "steps.1.where: write one of 'source', 'target' or 'either'"


def test_a_step_number_given_twice_is_refused() -> None:
    steps = mitigation_data()["steps"] + [{"number": 2, "text": "Again.", "where": "source", "who": "maker"}]
    (problem,) = problems_of("mitigation", mitigation_data(steps=steps))
    assert "“2” is there twice" in problem


def test_alternatives_that_do_not_stand_together_are_refused() -> None:
    step = {"where": "source", "who": "maker"}
    steps = [{"number": n, "text": "Do.", "group": group, **step} for n, group in enumerate(("a", "", "a"), start=1)]
    (problem,) = problems_of("mitigation", mitigation_data(steps=steps))
    assert "must stand together" in problem


def test_a_cause_that_no_source_backs_by_its_name_is_refused() -> None:
    (problem,) = problems_of("guide", guide_data(sources=[]))
    assert "names the source “docs”" in problem


def test_a_fork_with_steps_is_refused() -> None:
    (problem,) = problems_of("guide", guide_data(kind="fork", targets=["FLOW-2"]))
    assert "a fork only leads to other guides" in problem


def test_an_essential_text_that_the_message_does_not_hold_is_refused() -> None:
    messages = [{"key": "a", "text": "The flow is off.", "essential": ["on fire"]}]
    (problem,) = problems_of("guide", guide_data(messages=messages))
    assert "“on fire” does not occur in the message" in problem


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("slug: a\nslug: b", "line 2: “slug” is there twice"),
        ('title: "a\\0b"', "line 1: there is a NUL"),
        ('title: "a\\ud800b"', "half a character"),
        ("".join(f"k{number}: x\n" for number in range(15_000)) + "k1: x", "line 15001: “k1” is there twice"),
        ("slug: &x a\ntitle: *x", "references (*name) are not allowed"),
        ("- one\n- two", "a document is a list of fields"),
        ("slug: ]", "line 1:"),
        ("", "a document is a list of fields"),
        ("[" * 5_000, "nested too deeply"),
        ("\x00", "line 1: there is a NUL"),
        ("slug: a\x07", "not YAML"),
        ("slug: a\ntitle: \ud800", "line 2: there is a NUL or half a character"),
        ('title: "\\U00110000"', "half a character or none"),
        ("? [slug]\n: a", "line 1: the name of a field is a word"),
        ("slug: a\n---\nslug: b", "line 2: a second document begins here"),
        ("x" * 300_000, "200000 are allowed"),
    ],
)
@pytest.mark.parametrize("parser", [parsing.FASTEST, yaml.BaseLoader])
def test_a_text_that_is_no_document_is_answered_in_plain_words(
    text: str, said: str, parser: type, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parsing, "FASTEST", parser)
    with pytest.raises(parsing.DocumentError) as refused:
        parsing.parse("notice", text)
    assert said in str(refused.value)


def test_yes_and_no_stay_words() -> None:
    text = parsing.to_yaml(document("question", question_data())).replace("slug: 'on'", "slug: yes")
    parsed = parsing.parse("question", text)
    assert isinstance(parsed, shapes.QuestionDocument)
    assert parsed.choices[0].slug == "yes"


@pytest.mark.parametrize("path", sorted(folder.STARTER.glob("*/*.yaml")), ids=lambda path: path.stem)
def test_both_parsers_of_yaml_read_the_same(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kind, text = path.parent.name.removesuffix("s"), path.read_text(encoding="utf-8")
    fast = parsing.parse(kind, text)
    monkeypatch.setattr(parsing, "FASTEST", yaml.BaseLoader)
    assert parsing.parse(kind, text) == fast


def test_a_message_of_placeholders_alone_and_markdown_that_hangs_are_refused() -> None:
    with pytest.raises(parsing.DocumentError, match="these alone would fit every text"):
        parsing.validate("guide", guide_data(messages=[{"key": "any", "text": "<this> <that>"}]))
    with pytest.raises(parsing.DocumentError, match="Too many brackets"):
        parsing.validate("guide", guide_data(before="[" * 9_000))
