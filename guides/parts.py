"""One part of the knowledge that a ticket can name: a guide, a mitigation of it, or a step, in the words of today."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from guides.document import MitigationDocument, Step
from guides.knowledge import Knowledge, Live, LiveGuide

PART = re.compile(r"FIX-[1-9][0-9]{0,5}(\.[1-9][0-9]{0,2})?")
"""The reference of a mitigation or of a step."""


@dataclass(frozen=True)
class Part:
    """A guide, or its `mitigation`, or the step with this `number` on the page (not in its reference)."""

    guide: LiveGuide
    mitigation: Live[MitigationDocument] | None = None
    step: Step | None = None
    number: int = 0

    @property
    def own_reference(self) -> str:
        """FIX-4 or FIX-4.2; "" for the guide itself."""
        if self.mitigation is None:
            return ""
        reference = self.mitigation.document.reference
        return f"{reference}.{self.step.number}" if self.step else reference

    @property
    def reference(self) -> str:
        return self.own_reference or self.guide.document.reference

    @property
    def title(self) -> str:
        if self.mitigation is None:
            return self.guide.document.title
        title = self.mitigation.document.title
        return f"{title}, step {self.number}" if self.step else title

    @property
    def name(self) -> str:
        """Title and reference: “Turn on the flow, step 2 (FIX-4.2)”."""
        return f"{self.title} ({self.reference})"

    @property
    def word(self) -> str:
        """What it is, in the middle of a sentence."""
        if self.mitigation is None:
            return "this guide"
        return f"step {self.number}" if self.step else "this fix"


def find(known: Knowledge, guide: str, part: str = "") -> Part | None:
    """The part of a live or retired guide that two references name, in any case; None where there is none."""
    live = known.guide(guide)
    if live is None or not part:
        return Part(live) if live else None
    reference, _, number = part.upper().partition(".")
    mitigation = known.mitigations.get(reference)
    if mitigation is None or not PART.fullmatch(part.upper()) or not uses(live, reference):
        return None
    if not number:
        return Part(live, mitigation)
    places = ((place, step) for place, step in numbered(mitigation.document) if step.number == int(number))
    return next((Part(live, mitigation, step, place) for place, step in places), None)


def uses(guide: LiveGuide, mitigation: str) -> bool:
    return any(used.fix == mitigation for used in guide.document.mitigations)


def numbered(mitigation: MitigationDocument) -> Iterator[tuple[int, Step]]:
    """Each step with its number on the page; alternatives share one."""
    actions = groupby(mitigation.steps, key=lambda step: step.group or step.number)
    for number, (_key, steps) in enumerate(actions, start=1):
        for step in steps:
            yield number, step
