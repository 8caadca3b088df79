"""What somebody typed that names exactly one thing, by its reference or as an error code, and where that leads."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.urls import reverse

from guides.knowledge import Knowledge
from guides.pages.references import guide_address, part_address
from guides.place import Place
from troubleshooter.diagnosis.model import Code, Fact

_PIECE = re.compile(r"[^\W\d_]+|[0-9]+")
_REFERENCE = re.compile(r"(?:flow ([0-9]{1,6}))? ?(?:fix ([0-9]{1,6})(?: ([0-9]{1,3}))?)?")


@dataclass(frozen=True)
class Reference:
    """A typed reference as it is written: a guide ("FLOW-3"), a part ("FIX-4.2"), or both. The other is ""."""

    guide: str
    part: str

    def __str__(self) -> str:
        return "/".join(filter(None, [self.guide, self.part]))


def reference_in(typed: str) -> Reference | None:
    """The reference that was typed, whatever its signs, spaces and case, or that a permanent link ends with.

    None for any other text. A reference need not name anything.
    """
    pieces = _PIECE.findall(typed.casefold().rpartition("/g/")[2])
    found = _REFERENCE.fullmatch(" ".join(pieces))
    if not pieces or found is None:
        return None
    guide, fix, step = (str(int(number)) if number else "" for number in found.groups())
    part = f"FIX-{fix}.{step}" if step else f"FIX-{fix}"
    return Reference(f"FLOW-{guide}" if guide else "", part if fix else "")


def address_of(known: Knowledge, typed: str) -> str | None:
    """Where a reference or a code leads at once; None where the text is neither, or names nothing."""
    if reference := reference_in(typed):
        if reference.guide:
            return guide_address(known, reference.guide, reference.part)
        return part_address(known, reference.part)
    return _code_address(known, typed)


def _code_address(known: Knowledge, typed: str) -> str | None:
    """The guide of a code that has one; the page of a code with several, and of one that other systems print too."""
    entry = known.code(typed)
    if entry is None:
        return None
    if len(entry.guides) > 1 or entry.generic:
        return reverse("guides:code", args=[entry.token])
    return Place(frozenset({Fact(Code(entry.token).kind, entry.token)})).guide_link(entry.guides[0].document.slug)
