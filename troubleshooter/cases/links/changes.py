"""What changed for readers since a ticket link was made: today's texts beside those that it showed then."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from guides import compare, history
from guides.compare import Change
from guides.document import Document, GuideDocument, MitigationDocument
from guides.knowledge import Knowledge, LiveGuide
from guides.models import Revision
from guides.search import plain
from troubleshooter.cases.models import TicketLink

_READ: Mapping[Any, tuple[str, ...]] = {
    GuideDocument: (
        "title",
        "meaning",
        "targets",
        "causes",
        "notices",
        "before",
        "mitigations",
        "verification",
        "further",
    ),
    MitigationDocument: ("title", "minutes", "waiting", "intro", "steps"),
}
"""The fields that stand on a page. The others serve recognition, and some of them hold samples of errors."""

_MARKDOWN = ("before", "verification", "further", "intro")


class Changed(NamedTuple):
    """A guide or mitigation that says something else now; no `changes` where they cannot be told one by one."""

    title: str
    since: datetime.datetime
    changes: tuple[Change, ...]


def since(link: TicketLink, known: Knowledge, live: LiveGuide) -> list[Changed]:
    """What readers see differently. One query, and that only where a guide's mitigations changed."""
    found = [_changed(link.revision, live)] if link.revision_id != live.revision else []
    mitigation = known.mitigations.get(link.mitigation)
    if link.part_revision and mitigation and link.part_revision_id != mitigation.revision:
        found.append(_changed(link.part_revision, mitigation))
    if not link.part:
        found += _of_mitigations(link, known, live)
    return [changed for changed in found if changed]


def _of_mitigations(link: TicketLink, known: Knowledge, live: LiveGuide) -> Iterator[Changed | None]:
    """Of a link to a whole guide: the mitigations of it that were published again since."""
    used = [known.mitigations[use.fix] for use in live.document.mitigations if use.fix in known.mitigations]
    newer = {mitigation.document.reference: mitigation for mitigation in used if mitigation.published > link.created}
    if not newer:
        return
    earlier = Revision.objects.filter(kind="mitigation", key__in=newer, created__lte=link.created).order_by("number")
    for key, revision in {revision.key: revision for revision in earlier}.items():
        yield _changed(revision, newer[key])


def _changed(before: Revision, now: Any) -> Changed | None:
    old = history.document(before)
    if old is None:
        return Changed(now.document.title, now.published, ())
    found = compare.changes(_in_words(_as_read(old, now.document)), _in_words(now.document))
    return Changed(now.document.title, now.published, found) if found else None


def _as_read(old: Document, now: Any) -> Document:
    """The old document, with all that no reader sees as it is now."""
    same = {field: getattr(now, field) for field in type(old).model_fields if field not in _READ[type(now)]}
    if isinstance(old, GuideDocument):
        works: Mapping[str, Any] = {used.fix: used.works for used in now.mitigations}
        same["mitigations"] = [
            used.model_copy(update={"works": works.get(used.fix, used.works)}) for used in old.mitigations
        ]
    return old.model_copy(update=same)


def _in_words(document: Any) -> Any:
    """The document without the signs of Markdown: what only looks otherwise is no change for readers."""
    parts = "steps" if isinstance(document, MitigationDocument) else "causes"
    own = {name: plain(getattr(document, name)) for name in _MARKDOWN if hasattr(document, name)}
    inner = [part.model_copy(update={"text": plain(part.text)}) for part in getattr(document, parts)]
    return document.model_copy(update={**own, parts: inner})
