"""What somebody tried of a guide: what they said of each fix, what is left, and what to try next and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from guides.document import GuideDocument
from guides.knowledge import Knowledge, LiveGuide
from guides.pages.shown import Case, Option
from guides.place import Place
from troubleshooter.diagnosis.model import Diagnosis


@dataclass(frozen=True)
class Tries:
    """The options of a guide that were tried, how many are left, and the next one with its reason.

    `condition` is the question and the answer for which the next one holds, where that is open. Without a next
    one, `go_on` is the address where the conversation goes on.
    """

    tried: tuple[Option, ...]
    left: int
    next: Option | None
    condition: str
    reason: str
    go_on: str

    @property
    def count(self) -> str:
        return f"{len(self.tried)} tried, {self.left} left."


def tries(
    known: Knowledge, guide: LiveGuide, cases: Sequence[Case], place: Place, diagnosis: Diagnosis
) -> Tries | None:
    """None where nothing of the guide was tried."""
    tried = tuple(option for case in cases for option in case.options if option.said)
    if not tried:
        return None
    left = [(case, option) for case in cases if not case.condition for option in case.options if not option.said]
    case, option = left[0] if left else (None, None)
    return Tries(
        tried=tried,
        left=len(left),
        next=option,
        condition=f"{case.question} {case.heading}" if case and case.question else "",
        reason=_reason(guide.document, option, len(left)) if option else "",
        go_on=_go_on(known, guide, place, diagnosis),
    )


def _reason(guide: GuideDocument, option: Option, left: int) -> str:
    word = next(used.works for used in guide.mitigations if used.fix == option.reference)
    time = option.time[0].lower() + option.time[1:]
    rank = "No other fix is left here." if left == 1 else "No other fix left here does more for its time."
    return f"It {word} helps and takes {time}. {rank}"


def _go_on(known: Knowledge, guide: LiveGuide, place: Place, diagnosis: Diagnosis) -> str:
    """The guide that takes the place of a retired one, else what the diagnosis says."""
    retired = guide.document.retired
    successor = known.guides.get(retired.successor or "") if retired else None
    return place.guide_link(successor.document.slug) if successor else place.next_link(diagnosis)
