"""The ids that stay in a redacted text because support finds a run by them, and the text without one of them."""

from __future__ import annotations

import re
from typing import NamedTuple

from troubleshooter.diagnosis.model import Span
from troubleshooter.diagnosis.redact.ids import GUID, ID_END, LOOK_BACK, RUN_WORDS

UNLABELLED = "ID"

_ID = re.compile(rf"{GUID}|(?<!\w)08\d{{16,40}}(?:CU\d{{1,4}})?(?!\w)")
"""Ids as services write them: GUIDs, and the long numbers of flow runs."""
_LABEL = re.compile(rf"(?:(client|service)[ _-]?)?({RUN_WORDS}){ID_END}|\b(run)s?/$", re.IGNORECASE)


class KeptId(NamedTuple):
    """One id that a redacted text still holds: “Run ID”, its value as written, and where it stands first."""

    label: str
    value: str
    span: Span


def kept_ids(text: str) -> tuple[KeptId, ...]:
    """Every id that a redacted text still holds, each value once, in the order of the text."""
    kept: dict[str, KeptId] = {}
    for found in _ID.finditer(text):
        value, label = found[0].lower(), _label(text, found)
        first = kept.setdefault(value, KeptId(label, found[0], Span(*found.span())))
        if first.label == UNLABELLED and label != UNLABELLED:
            kept[value] = first._replace(label=label)
    return tuple(kept.values())


def places_of(text: str, value: str) -> tuple[Span, ...]:
    """Everywhere in a text where an id stands, in capital letters or not."""
    wanted = value.lower()
    return tuple(Span(*found.span()) for found in _ID.finditer(text) if found[0].lower() == wanted)


def _label(text: str, found: re.Match[str]) -> str:
    label = _LABEL.search(text[max(0, found.start() - LOOK_BACK) : found.start()])
    if label is None:
        return UNLABELLED if "-" in found[0] else "Run ID"
    words = (label[1], label[2] or label[3])
    return f"{' '.join(filter(None, words)).capitalize()} ID"
