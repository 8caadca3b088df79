"""Rules for the addresses of machines in a network."""

from __future__ import annotations

import re

from troubleshooter.diagnosis.redact.marking import Marks
from troubleshooter.diagnosis.redact.rule import anywhere

_VERSION = re.compile(
    r"(?:/|\b(?:versions?|ver|v|release|build|solution|package|assembly|sdk)\b[^\n:;.]{0,20}?[\s:=\"'(]{0,3})$",
    re.IGNORECASE,
)
_LOOK_BACK = 40
_FIRST = r"[0-9a-fA-F](?<![\w:][0-9a-fA-F])"
_GROUP = r"[0-9a-fA-F]{1,4}"


def _short_form(found: re.Match[str], marks: Marks) -> str:
    """An address, unless it is the name of a thing in a program, such as `a::b`."""
    return marks.of("address", found[0]) if any(map(str.isdigit, found[0])) else found[0]


def _four_numbers(found: re.Match[str], marks: Marks) -> str:
    """An address, unless it is the number of a version."""
    parts = [int(part) for part in found[0].split(".")]
    is_early = parts[0] < 10 and parts[1] == 0
    before = found.string[max(0, found.start() - _LOOK_BACK) : found.start()]
    if is_early or max(parts) > 255 or (_VERSION.search(before) and not before.endswith("//")):
        return found[0]
    return marks.of("address", found[0])


RULES = (
    anywhere(".", r"\d(?<![\w.]\d)\d{0,2}(?:\.\d{1,3}){3}(?!\w|\.\d)", _four_numbers),
    anywhere(":", rf"{_FIRST}[0-9a-fA-F]{{0,3}}:(?:{_GROUP}:){{6}}{_GROUP}(?![\w:])", "address"),
    anywhere("::", rf"{_FIRST}[0-9a-fA-F]{{0,3}}:(?:{_GROUP}:){{0,5}}(?::{_GROUP}){{1,5}}(?![\w:])", _short_form),
)
