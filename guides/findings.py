"""All that staff should mend, in a whole library or in one draft before it goes live."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from troubleshooter.diagnosis.lint import Problem, lint, of_conversations, of_signatures

from . import advice, checks
from .defects import DocumentDefect
from .document import Document, GuideDocument
from .library import Library
from .proofs import Proof


@dataclass(frozen=True)
class Edit:
    """A library before and after an edit. What is wrong in all of it is worked out once, for however many pages."""

    before: Library
    after: Library

    @cached_property
    def misfits(self) -> list[Problem]:
        return checks.misfits(self.after)

    @cached_property
    def known(self) -> frozenset[Problem]:
        """What was wrong already."""
        return frozenset([*checks.misfits(self.before), *self.before.linted])


def everything(library: Library, today: datetime.date, codes: Iterable[str] = ()) -> list[Problem]:
    """All that is wrong with a library or worth mending in it; serious ones first.

    `codes` are the tokens in the list of error codes of this installation.
    """
    found = [
        *checks.problems(library),
        *(lack for guide in library.guides.values() for lack in checks.must_haves(guide)),
        *lint(library.recogniser),
        *advice.of_documents(library, library.documents.values(), today),
        *advice.of_codes(codes, library),
    ]
    return sorted(dict.fromkeys(found), key=lambda problem: not problem.serious)


def find(
    edit: Edit, documents: Sequence[Document], proofs: Iterable[Proof], today: datetime.date, *, closely: bool = True
) -> list[Problem]:
    """What is wrong with the documents of one page, which the edit holds; serious ones first.

    The first document is the one that the page is about. What was wrong elsewhere before does not count. Closely means
    that its error texts are read, and the people with its problem followed, which takes part of a second.
    """
    own = documents[0]
    found = [
        *_misfits(edit, own.key),
        *(_of_proof(edit.after, own.key, proof) for proof in proofs if _is_bad(proof, own.key)),
        *(problem for problem in edit.after.linted if problem.key == own.key or problem not in edit.known),
    ]
    if isinstance(own, GuideDocument):
        found += checks.must_haves(own)
        if closely and own.reference in edit.after.model.guide:
            found += of_signatures(edit.after.recogniser, [own.reference])
            found += of_conversations(edit.after.model, edit.after.linted, [own.reference])
    found += advice.of_documents(edit.after, documents, today)
    return sorted(found, key=lambda problem: not problem.serious)


def _misfits(edit: Edit, key: str) -> Iterator[Problem]:
    for problem in edit.misfits:
        if problem.key == key:
            yield problem
        elif problem not in edit.known:
            yield replace(problem, sentence=str(problem), field="")


def _is_bad(proof: Proof, key: str) -> bool:
    return not proof.holds and (proof.owner == key or proof.changes_hands)


def _of_proof(library: Library, key: str, proof: Proof) -> Problem:
    """A sample that leads elsewhere than it must."""
    where = f"“{library.all_guides[proof.after].title}”" if proof.after else "no guide"
    rule = "must lead here" if proof.sample.leads == "here" else "must not lead here"
    text = f"“{proof.sample.text.strip()[:80]}”"
    if proof.owner == key:
        sentence = f"The sample {text} {rule}, but leads to {where}."
        return Problem(DocumentDefect.LOST_SAMPLE, key, sentence, serious=True, field="samples")
    owner = f"“{library.all_guides[proof.owner].title}”"
    sentence = f"The sample {text} of {owner} would lead to {where}."
    return Problem(DocumentDefect.LOST_SAMPLE, key, sentence, serious=True)
