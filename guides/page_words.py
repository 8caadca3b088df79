"""Sentences about documents in the words of the pages people write on: “causes.1.text” is “Cause 1, text”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from . import document as shapes
from .field_names import WORDS

_PLACE = re.compile(r"[a-z_]+(\.[\w-]+)*")
_ITEMS: dict[str, Any] = {
    "codes": shapes.Code,
    "messages": shapes.Message,
    "causes": shapes.Cause,
    "mitigations": shapes.GuideMitigation,
    "samples": shapes.Sample,
    "sources": shapes.Source,
    "steps": shapes.Step,
    "choices": shapes.Choice,
}
_KINDS = {"FLOW": "guide", "FIX": "mitigation"}


def in_page_words(sentence: str, kind: str = "") -> str:
    """The sentence with the place it begins with in page words; unchanged where it begins with none.

    It may begin with the key of the thing, as in `FLOW-1: causes.1.text: write something here`. `kind` is the kind
    of document that a sentence without a key is about.
    """
    first, _, rest = sentence.partition(": ")
    key = ""
    if "-" in first and rest:
        key, (first, _, rest) = f"{first}: ", rest.partition(": ")
        kind = _KINDS.get(key.partition("-")[0], kind)
    if not rest or not _PLACE.fullmatch(first):
        return sentence
    for shape in [shapes.SHAPES[kind]] if kind in shapes.SHAPES else reversed(shapes.SHAPES.values()):
        if words := list(_words(shape, first.split("."))):
            return f"{key}{', '.join(words)}: {rest}"
    return sentence


def _words(shape: Any, place: list[str]) -> Iterator[str]:
    field, *inner = place
    if field not in WORDS[shape]:
        return
    name = str(WORDS[shape][field])
    item = _ITEMS.get(field)
    if item is None or not inner:
        yield " ".join([name, *inner[:1]])
        return
    yield f"{name} {inner[0]}"
    if inner[1:]:
        yield from _words(item, inner[1:])
