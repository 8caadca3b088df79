"""What an edit does to recognition: which guide gets a text before and after it, and which samples change hands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from troubleshooter.diagnosis import address, decide
from troubleshooter.diagnosis.model import Ask, Choose, Diagnosis, Evidence, Guide, Match, Open
from troubleshooter.diagnosis.redact import redact

from . import words
from .document import Sample
from .held import HeldText
from .library import Library, leader
from .words import MatchWord

DIAGNOSIS = "/diagnose/"
"""The path of a diagnosis, whose query string says what is known."""

LONGEST_ADDRESS = 2_000


@dataclass(frozen=True)
class Verdict:
    """What people who paste a text get: the guide it leads to, if any, with the reasons, and what happens next."""

    guide: Guide | None
    match: Match | None
    word: MatchWord | None
    reasons: tuple[str, ...]
    then: str
    text: HeldText

    def leads_where(self, other: Verdict) -> bool:
        """Whether both lead to the same guide for the same reasons, whatever it is called."""
        references = [verdict.guide.reference if verdict.guide else "" for verdict in (self, other)]
        same_guide = references[0] == references[1]
        return same_guide and (self.match, self.reasons, self.text) == (other.match, other.reasons, other.text)


@dataclass(frozen=True)
class Proof:
    """One sample of a guide, with the references of the guides it led to before an edit and leads to after it.

    A reference is "" where no guide is claimed.
    """

    owner: str
    sample: Sample
    before: str
    after: str

    @property
    def holds(self) -> bool:
        return (self.after == self.owner) == (self.sample.leads == "here")

    @property
    def changes_hands(self) -> bool:
        return self.before != self.after


def tried(library: Library, text: str) -> tuple[Evidence, HeldText]:
    """What is known from a pasted text, redacted, or from the address of a diagnosis with its answers."""
    parts = urlsplit(text.strip()) if DIAGNOSIS in text[:LONGEST_ADDRESS] and len(text.split()) == 1 else None
    if parts and parts.path.endswith(DIAGNOSIS):
        evidence, _notes = address.from_query(parse_qsl(parts.query), library.model)
        return evidence, HeldText(redact(text.strip()).text)
    reading = library.recogniser.read(text)
    used = tuple(seen.span for seen in reading.seen if seen.span)
    return reading.evidence, HeldText(reading.text, used=used, hidden=reading.hidden, shortened=reading.shortened)


def verdict(library: Library, text: str) -> Verdict:
    """What the diagnosis makes of what was pasted."""
    evidence, held = tried(library, text)
    diagnosis = decide.diagnose(library.model, evidence)
    found = leader(diagnosis)
    return Verdict(
        guide=found.guide if found else None,
        match=found.match if found else None,
        word=words.MATCH[found.match] if found else None,
        reasons=found.reasons if found else (diagnosis.reason,),
        then=_then(diagnosis),
        text=held,
    )


def proofs(before: Library, after: Library) -> Iterator[Proof]:
    """Every sample of every guide as it is after an edit."""
    for guide in after.guides.values():
        for sample in guide.samples:
            yield Proof(guide.reference, sample, before=before.owner(sample.text), after=after.owner(sample.text))


def _then(diagnosis: Diagnosis) -> str:
    turn = diagnosis.turn
    if isinstance(turn, Ask):
        return f"People are asked first: “{turn.question.text}”"
    if isinstance(turn, Open):
        return f"“{turn.guide.title}” opens at once."
    if isinstance(turn, Choose):
        return f"People choose between {len(turn.guides)} guides."
    return "People are sent to a person."
