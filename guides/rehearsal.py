"""What publishing some drafts would do, found out without keeping anything."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone

from . import checks, compare, findings, knowledge, publishing, rows
from . import document as shapes
from .library import Library
from .models import Publishable
from .sketches import sketch

CLOSELY = 5
"""Drafts published together that are looked at closely; `check_guides` does it for any number."""


@dataclass(frozen=True)
class Draft:
    """One thing to publish: its document that readers see (None: not live) and the one that its draft would be.

    An incomplete draft has `problems`; its document is shown as far as it is complete.
    """

    thing: Publishable
    before: shapes.Document | None
    after: shapes.Document
    problems: tuple[str, ...] = ()

    @property
    def is_changed(self) -> bool:
        return self.before != self.after

    @cached_property
    def changes(self) -> tuple[compare.Change, ...]:
        return compare.changes(self.before, self.after)


@dataclass(frozen=True)
class Rehearsal:
    """`problems` refuse; `advice` does not. `shown_in` are the other live guides that would show the changes."""

    drafts: tuple[Draft, ...]
    problems: tuple[str, ...]
    advice: tuple[str, ...]
    shown_in: tuple[shapes.GuideDocument, ...]

    @property
    def changes_nothing(self) -> bool:
        return not any(draft.is_changed for draft in self.drafts)


def rehearse(things: Iterable[Publishable]) -> Rehearsal:
    """What `publishing.publish` would do with these drafts."""
    live, drafts = knowledge.current().library, drafts_of(things)
    changed = [draft.after for draft in drafts if draft.is_changed]
    after = live.with_documents(changed)
    problems = [f"{draft.thing.key}: {problem}" for draft in drafts for problem in draft.problems]
    if problems:
        problems += [
            str(lack)
            for document in changed
            if isinstance(document, shapes.GuideDocument)
            for lack in checks.must_haves(document)
        ]
    else:
        problems = publishing.finish(publishing.fresh_problems(live, after, to_standard=True))
    return Rehearsal(
        drafts=drafts,
        problems=tuple(dict.fromkeys(problems)),
        advice=tuple(_advice(live, after, changed, problems)),
        shown_in=tuple(shown_in(live, changed)),
    )


def drafts_of(things: Iterable[Publishable]) -> tuple[Draft, ...]:
    """What each of these things says to readers and what its draft would say, as both are stored now."""
    live = knowledge.current().library
    return tuple(_draft(live, thing) for thing in rows.as_stored(things))


def shown_in(library: Library, documents: Sequence[shapes.Document]) -> list[shapes.GuideDocument]:
    """The live guides that show or use these mitigations, notices and questions, in curator order."""
    own = {document.key for document in documents}
    keys = {(document.KIND, document.key) for document in documents if document.KIND != "guide"}
    return [guide for guide in library.guides.values() if guide.reference not in own and _names(guide) & keys]


def _names(guide: shapes.GuideDocument) -> set[tuple[str, str]]:
    conditions = [used.when.question for used in guide.mitigations if used.when]
    return {
        *(("mitigation", used.fix) for used in guide.mitigations),
        *(("notice", slug) for slug in guide.notices),
        *(("question", slug) for slug in (*guide.expects, *conditions)),
    }


def _draft(live: Library, thing: Publishable) -> Draft:
    """`thing` is as it is stored, with its parts."""
    found = sketch(thing)
    before, after = live.documents.get((thing.KIND, thing.key)), found.document
    if isinstance(before, shapes.GuideDocument) and isinstance(after, shapes.GuideDocument):
        after = _with_former_slug(before, after)
    return Draft(thing, before, after, found.problems)


def _with_former_slug(before: shapes.GuideDocument, after: shapes.GuideDocument) -> shapes.GuideDocument:
    """With the address that publishing remembers when it changes."""
    if before.slug in (after.slug, *after.former_slugs):
        return after
    return after.model_copy(update={"former_slugs": [*after.former_slugs, before.slug]})


def _advice(
    live: Library, after: Library, documents: Sequence[shapes.Document], problems: Sequence[str]
) -> Iterable[str]:
    """What is worth mending and does not refuse; nothing while names lead nowhere."""
    edit, today = findings.Edit(live, after), timezone.localdate()
    if any(str(problem) in problems for problem in edit.misfits):
        return []
    owners: dict[str, str] = {}  # what a new part makes worth mending in its guide is said once, for the guide
    for document in documents:
        for finding in findings.find(edit, [document], (), today, closely=len(documents) <= CLOSELY):
            if finding.sentence not in owners or isinstance(document, shapes.GuideDocument):
                owners[finding.sentence] = document.key
    found = (f"{key}: {sentence}" for sentence, key in owners.items())
    return [sentence for sentence in found if sentence not in problems]
