"""The plain values that the wizard's templates show; `screens` makes them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString

from guides.held import HeldText
from guides.place import Place
from guides.told import Told
from guides.words import MatchWord
from troubleshooter.diagnosis.model import Choice, Match


@dataclass(frozen=True)
class Fix:
    """A guide in the ranking, ready to open."""

    title: str
    url: str
    match: Match
    word: MatchWord | None
    reasons: tuple[str, ...]
    action: str = ""
    """Title of the mitigation to try first; "" where none is left or the guide only leads on."""

    time: str = ""
    who: str = ""
    places: tuple[tuple[str, str], ...] = ()
    """(value, word) of each environment in which something is done."""

    wrote: tuple[str, ...] = ()
    """Words of somebody's own that point to it."""

    belongs_to: str = ""
    """The category of the help form that names it, where nothing else speaks for it."""


@dataclass(frozen=True)
class AskedQuestion:
    """A question with the hidden fields that carry everything known so far."""

    slug: str
    text: str
    hint: str
    choices: tuple[Choice, ...]
    fields: list[tuple[str, str]]
    help: SafeString | str = ""
    answer_now: str = ""
    number: int = 0
    """Counted from 1; 0 where the question is asked again."""

    at_most: int | None = None
    """Questions that can still follow; None where the number is too large to help."""


@dataclass(frozen=True)
class Found:
    """What was read in a text: how well it fits, what it means, and the further errors in it."""

    heading: str
    match: Match | None
    word: MatchWord | None
    code: str
    meaning: str
    held: HeldText | None
    lost: bool
    """The address names a text that is no longer held."""

    others: tuple[Told, ...] = ()


@dataclass(frozen=True)
class Card:
    """What the text in the box says so far: one fix to open, or that there is something to go on with."""

    fix: Fix | None
    heading: str
    word: MatchWord | None
    match: Match | None
    meaning: str

    @property
    def say(self) -> str:
        return "We found one fix." if self.fix else f"{self.heading}."


@dataclass(frozen=True)
class Screen:
    """Everything one page of a diagnosis shows."""

    heading: str
    place: Place
    notes: tuple[str, ...]
    reason: str
    question: AskedQuestion | None
    found: Found | None
    found_first: bool
    """The page is about what we read; else the question or the fixes come first."""

    best: Fix | None
    """The one fix for what we read, to open at once though a question could still make it surer."""

    fixes: tuple[Fix, ...]
    less_likely: tuple[Fix, ...]
    told: tuple[Told, ...]
    say: str
    hands_over: bool
    misfit: Told | None
    """The answer that fits least, where no guide fits."""

    fields: list[tuple[str, str]]
    """What a new text on this page keeps: answers and tried fixes."""

    go_on: str
    """Address of the question that waits while the fixes are looked at; "" for none."""

    @property
    def paste_summary(self) -> str:
        """The words over the folded paste box."""
        if self.found and self.found.match:
            return "This is not my error"
        if self.found:
            return "Paste more of the error"
        return "I have an error text" if self.question else "None of these"
