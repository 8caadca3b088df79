"""Everything out of this installation as one archive, and an archive into it: planned first, then all or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from guides import checks, compare, drafts, parsing, publishing, rows
from guides import document as shapes
from guides.compare import Change
from guides.models import Guide, Publishable, Revision
from troubleshooter.diagnosis.model import Word

from . import staff_data
from .archive import Content
from .staff_data import Staff

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


@dataclass(frozen=True)
class Changed:
    """A thing that an import would change: what readers would see change, and whether unpublished work is lost."""

    document: shapes.Document
    changes: tuple[Change, ...]
    loses_draft: bool


@dataclass(frozen=True)
class Plan:
    """What an import would do. With problems it would do nothing."""

    created: list[shapes.Document]
    changed: list[Changed]
    left: list[shapes.Document]
    staff: list[str]
    """References of the guides whose owner, review date or note would change."""
    problems: list[str]


@dataclass(frozen=True)
class Done:
    """What an import did."""

    revisions: list[Revision]
    documents: int
    staff: int
    """How many guides got another owner, review date or note."""


def all_drafts() -> Content:
    """All drafts. Raises DocumentError with every draft that is not complete."""
    documents: list[shapes.Document] = []
    problems: list[str] = []
    for kind in rows.MODELS:
        for thing in rows.all_of(kind):
            try:
                documents.append(rows.read(thing))
            except parsing.DocumentError as error:
                problems += [f"{thing.key or thing.pk}: {problem}" for problem in error.problems]
    if problems:
        raise parsing.DocumentError(problems)
    return _with_staff_data(documents)


def all_live() -> Content:
    """All that readers see."""
    return _with_staff_data(list(publishing.live_library().documents.values()))


def _with_staff_data(documents: list[shapes.Document]) -> Content:
    guides = [row for row in documents if isinstance(row, shapes.GuideDocument)]
    others = [row for row in documents if not isinstance(row, shapes.GuideDocument)]
    places = {
        (row.slug, choice.slug): (row.order, row.slug, place)
        for row in others
        if isinstance(row, shapes.QuestionDocument)
        for place, choice in enumerate(row.choices)
    }
    in_order = [row.model_copy(update={"expects": _in_order(row.expects, places)}) for row in guides]
    return Content([*others, *in_order], staff_data.read(row.key for row in guides))


def _in_order(
    expects: Mapping[str, Mapping[str, Word]], places: Mapping[tuple[str, str], tuple[int, str, int]]
) -> dict[str, dict[str, Word]]:
    """What a guide states, as its questions and their choices are ordered now.

    A database may forget the order in which a revision had them, and questions may have changed theirs since.
    """
    said = [((question, choice), word) for question, words in expects.items() for choice, word in words.items()]
    ordered: dict[str, dict[str, Word]] = {}
    for (question, choice), word in sorted(said, key=lambda row: places.get(row[0], (0, row[0][0], 0))):
        ordered.setdefault(question, {})[choice] = word
    return ordered


def plan(content: Content) -> Plan:
    """What an import would do; writes nothing.

    Samples are not run, since that takes as long as the import: it may still be refused when one changes owner.
    """
    before = publishing.live_library()
    stored = rows.drafts_of(content.documents)
    created, changed, left = [], [], []
    for document in content.documents:
        thing, seen = stored.get((document.KIND, document.key)), before.documents.get((document.KIND, document.key))
        draft = drafts.complete(thing) if thing else None
        if thing is None:
            created.append(document)
        elif seen == draft == document:
            left.append(document)
        else:
            loses_draft = draft != document and draft != seen
            changed.append(Changed(document, compare.changes(seen, document), loses_draft))
    problems = list(map(str, checks.misfits(before.with_documents(content.documents))))
    problems += [*_taken_slugs(content.documents), *_other_guides(content.documents, stored)]
    questions = [row for row in content.documents if isinstance(row, shapes.QuestionDocument)]
    problems += rows.still_named(questions, apart_from=[row.key for row in content.documents])
    return Plan(created, changed, left, list(_other_staff_data(content)), _with_files(content, dict.fromkeys(problems)))


def importing(content: Content, author: AbstractBaseUser | None = None, why: str = "") -> publishing.Work[Done]:
    """Bring in and publish everything, step by step, in one transaction that lasts until the last step.

    Raises DocumentError or PublishError when anything does not fit; nothing has happened then.
    """
    with transaction.atomic():
        others = _other_guides(content.documents, rows.drafts_of(content.documents))
        if others:
            raise parsing.DocumentError(_with_files(content, others))
        try:
            revisions = yield from publishing.loading(content.documents, author, why)
        except (parsing.DocumentError, publishing.PublishError) as refusal:
            raise type(refusal)(_with_files(content, refusal.problems)) from None
        staff = _other_staff_data(content)
        staff_data.write(staff)
        drafts.count_saves(Guide.objects.filter(reference__in=list(staff)), author)
    return Done(revisions, len(content.documents), len(staff))


def _other_staff_data(content: Content) -> Staff:
    """What staff keep about the guides of the archive, where it is not what they keep here."""
    brought = {row.key for row in content.documents if isinstance(row, shapes.GuideDocument)}
    known = staff_data.read(content.staff)
    return {key: row for key, row in content.staff.items() if key in brought and known.get(key) != row}


def _other_guides(documents: Iterable[shapes.Document], stored: Mapping[tuple[str, str], Publishable]) -> list[str]:
    """References of the archive that other guides here have: no title and no address, old or new, is the same."""
    problems = []
    for row in documents:
        here = stored.get((row.KIND, row.key))
        if not isinstance(row, shapes.GuideDocument) or not isinstance(here, Guide) or here.title == row.title:
            continue
        if {row.slug, *row.former_slugs}.isdisjoint({here.slug, *here.former_slugs}):
            problems.append(
                f"{row.key}: reference: this is another guide here, “{here.title}”; choose a free reference"
            )
    return problems


def _with_files(content: Content, problems: Iterable[str]) -> list[str]:
    """Sentences that begin with the key of a document, with the name of its file before it."""
    names = {key: name for (_kind, key), name in content.names.items()}
    return [f"{names[key]}: {row}" if (key := row.partition(":")[0]) in names else row for row in problems]


def _taken_slugs(documents: Sequence[shapes.Document]) -> list[str]:
    """Slugs of the archive that drafts of other guides here have."""
    guides = {row.slug: row.reference for row in documents if isinstance(row, shapes.GuideDocument)}
    owners = Guide.objects.filter(slug__in=guides).values_list("slug", "reference")
    return [
        f"{guides[slug]}: slug: “{slug}” belongs to {owner} already" for slug, owner in owners if owner != guides[slug]
    ]
