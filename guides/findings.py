"""What staff should mend in one draft before it goes live, in plain words, each with the field it is about."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from . import checks, readability
from .document import Document, GuideDocument, MitigationDocument
from .library import Library
from .proofs import Proof


@dataclass(frozen=True)
class Finding:
    """One thing to mend. `field` is a field of the document; "" where it is about something else.

    A serious one keeps the draft from going live.
    """

    sentence: str
    field: str
    serious: bool


@dataclass(frozen=True)
class Edit:
    """A library before and after an edit. What is wrong in all of it is worked out once, for however many pages."""

    before: Library
    after: Library

    @cached_property
    def misfits(self) -> list[str]:
        return checks.misfits(self.after)

    @cached_property
    def known(self) -> frozenset[object]:
        """What was wrong already."""
        return frozenset([*checks.misfits(self.before), *self.before.linted])


def find(edit: Edit, documents: Sequence[Document], proofs: Iterable[Proof], today: datetime.date) -> list[Finding]:
    """What is wrong with the documents of one page, which the edit holds; serious ones first.

    The first document is the one that the page is about. What was wrong elsewhere before does not count.
    """
    own = documents[0]
    found = [
        *_misfits(edit, own.key),
        *(_of_proof(edit.after, own.key, proof) for proof in proofs if _is_bad(proof, own.key)),
        *_lint(edit, own.key),
    ]
    if isinstance(own, GuideDocument) and own.retired is None:
        found += _of_guide(own, today)
    found += [row for document in documents if isinstance(document, MitigationDocument) for row in _of_steps(document)]
    return sorted(found, key=lambda finding: not finding.serious)


def _misfits(edit: Edit, key: str) -> Iterator[Finding]:
    for problem in edit.misfits:
        owner, _, rest = problem.partition(": ")
        if owner == key:
            yield Finding(rest, rest.partition(":")[0], serious=True)
        elif problem not in edit.known:
            yield Finding(problem, "", serious=True)


def _is_bad(proof: Proof, key: str) -> bool:
    return not proof.holds and (proof.owner == key or proof.changes_hands)


def _of_proof(library: Library, key: str, proof: Proof) -> Finding:
    where = f"“{library.all_guides[proof.after].title}”" if proof.after else "no guide"
    rule = "must lead here" if proof.sample.leads == "here" else "must not lead here"
    text = f"“{proof.sample.text.strip()[:80]}”"
    if proof.owner == key:
        return Finding(f"The sample {text} {rule}, but leads to {where}.", "samples", serious=True)
    owner = f"“{library.all_guides[proof.owner].title}”"
    return Finding(f"The sample {text} of {owner} would lead to {where}.", "", serious=True)


def _lint(edit: Edit, key: str) -> Iterator[Finding]:
    for problem in edit.after.linted:
        if problem.key == key or problem not in edit.known:
            yield Finding(problem.sentence, _field_of(problem.sentence), problem.serious)


def _field_of(sentence: str) -> str:
    if sentence.startswith(("No error text", "The message")):
        return "messages"
    return "mitigations" if "offers no mitigation" in sentence else "expects"


def _of_guide(guide: GuideDocument, today: datetime.date) -> Iterator[Finding]:
    for lack in checks.must_haves(guide):
        yield Finding(lack, lack.partition(":")[0], serious=True)
    for cause in guide.causes:
        if readability.words(cause.text) > readability.MOST_WORDS_IN_CAUSE:
            name = cause.title or cause.key
            yield Finding(
                f"The cause “{name}” has {readability.words(cause.text)} words. Sixty are enough.",
                "causes",
                serious=False,
            )
    for title in readability.old_sources(guide, today):
        yield Finding(
            f"Nobody has looked at the source “{title}” for a year. Check it again.", "sources", serious=False
        )


def _of_steps(mitigation: MitigationDocument) -> Iterator[Finding]:
    count = readability.actions(mitigation)
    if count > readability.MOST_STEPS:
        yield Finding(
            f"{mitigation.reference} has {count} steps. Seven are enough; split it or leave some out.",
            "steps",
            serious=False,
        )
    for step, place in readability.wrong_places(mitigation):
        yield Finding(
            f"Step {step} speaks of the {place} environment, but is marked for the other.", "steps", serious=False
        )
