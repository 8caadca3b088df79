"""Rules for ids, which name a person, a tenant or a thing of theirs; those by which support finds a run stay."""

from __future__ import annotations

import re

from troubleshooter.diagnosis.redact.marking import Marks
from troubleshooter.diagnosis.redact.rule import IS, QUOTE, anywhere, before

RUN_WORDS = "run|tracking|request|correlation|activity|session|trace|operation|conversation"
"""What the labels of ids begin with that only a support person can use, so they stay in a text."""
ID_END = rf"[ _-]?id(?:{IS}|(?:\s(?:is|was|of))?\s{{0,3}}{QUOTE}?)$"
GUID = r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}(?![0-9a-fA-F])"
LOOK_BACK = 60
"""Characters before an id in which its label stands."""

_GUID = re.compile(GUID)
_SIZES = (32, 40, 64)
_ENCODED = re.compile(r"%(?:2F|3D|27)\Z", re.IGNORECASE)
_RUN_LABEL = re.compile(rf"(?:{RUN_WORDS}){ID_END}|\bruns?/$", re.IGNORECASE)
_HASH_LABEL = re.compile(
    r"(?:md5|sha-?\d{0,3}|hash|checksum|digest|e-?tag|thumbprint|fingerprint|integrity|commit|token)\W{0,4}$",
    re.IGNORECASE,
)


def kept(text: str) -> frozenset[str]:
    """The ids, in lower case, that a text calls the id of a run or the like somewhere."""
    return frozenset(found[0].lower() for found in _GUID.finditer(text) if _label(_RUN_LABEL, found))


def _guid(found: re.Match[str], marks: Marks) -> str:
    return found[0] if found[0].lower() in marks.kept else marks.of("id", found[0])


def _hex(found: re.Match[str], marks: Marks) -> str:
    """An id without its hyphens; neither the rest of a longer word nor a number nor a hash of something."""
    text, (start, end) = found.string, found.span()
    is_part = text[start - 1 : start].isalnum() and not _ENCODED.search(text, max(0, start - 3), start)
    if is_part or text[end : end + 1].isalnum() or end - start not in _SIZES or found[0].isdigit():
        return found[0]
    return found[0] if _label(_HASH_LABEL, found) else marks.of("id", found[0])


def _label(pattern: re.Pattern[str], found: re.Match[str]) -> re.Match[str] | None:
    return pattern.search(found.string[max(0, found.start() - LOOK_BACK) : found.start()])


RULES = (
    anywhere("-", GUID, _guid),
    anywhere("", r"[0-9a-fA-F]{32,64}", _hex),
    before(
        ".environment.api.", r"\.environment\.api\.", r"(?<![\w.-])(?:default)?[0-9a-f]{24,32}\.[0-9a-f]{1,8}", "id"
    ),
)
