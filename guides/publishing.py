"""Drafts become revisions: checked together with everything that is live, then shown to readers, or refused."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from django.db import transaction
from django.db.models import Max

from troubleshooter.diagnosis.lint import Problem

from . import checks, drafts, knowledge, markdown, parsing, rows
from . import document as shapes
from .library import Library
from .models import ContentVersion, Guide, Mitigation, Notice, Publishable, Question, Revision

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


Result = TypeVar("Result")


class Progress(NamedTuple):
    """How far a long work is: so many of so many are “written”, “checked” or “published”."""

    phase: str
    done: int
    of: int


Work = Generator[Progress, None, Result]
"""Work that says how far it is while somebody iterates over it. Whoever closes it early undoes it."""


class PublishError(Exception):
    """Nothing was published. `problems` are sentences that say why."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def publish(things: Iterable[Publishable], author: AbstractBaseUser | None = None, why: str = "") -> list[Revision]:
    """Make the drafts of some things live, all or none; the revisions made, none for what has not changed.

    Raises PublishError when a draft is incomplete or lacks what every guide must have, when it does not fit what is
    live, or when a sample of any guide would lead elsewhere than it must.
    """
    with transaction.atomic():
        ContentVersion.hold()
        things = list(things)
        drafts.hold(things)
        completed = [_completed(thing) for thing in things]
        before = knowledge.current().library  # what was read and worked out for readers need not be done again
        return finish(_publish(before, completed, author, why, to_standard=True))


def withdraw(things: Iterable[Publishable]) -> None:
    """Take things away from readers, all or none. Raises PublishError when something live needs them."""
    with transaction.atomic():
        ContentVersion.hold()
        things = list(things)
        drafts.hold(things)
        before = after = live_library()
        for thing in things:
            after = after.without(thing.KIND, thing.key)
            thing.live, thing.differs = None, True
            thing.save(update_fields=["live", "differs"])
        finish(_refuse_problems(before, after))
        ContentVersion.advance()


def parts_not_live(guides: Iterable[Guide]) -> list[Publishable]:
    """The mitigations, notices and questions these drafts name that readers cannot see yet, each once."""
    found: dict[tuple[str, str], Publishable] = {}
    for guide in guides:
        uses = list(guide.uses.select_related("mitigation", "when__question"))
        choices = [row.choice for row in guide.expectations.select_related("choice__question")]
        choices += [use.when for use in uses if use.when]
        parts: list[Publishable] = [use.mitigation for use in uses]
        parts += [row.notice for row in guide.notice_uses.select_related("notice")]
        for choice in choices:
            parts += _with_conditions(choice.question)
        found |= {(part.KIND, part.key): part for part in parts if not part.is_live}
    return list(found.values())


def parts_live(guides: Iterable[Guide]) -> list[Publishable]:
    """The live mitigations and notices that these drafts show, each once. Their own drafts may say something else."""
    found: list[Publishable] = []
    for part in (Mitigation, Notice):
        found += part.objects.live().filter(uses__guide__in=list(guides)).select_related("live").distinct()
    return found


def _with_conditions(question: Question) -> list[Question]:
    """A question and those it depends on, directly or through another."""
    found: list[Question] = []
    current: Question | None = question
    while current is not None and current not in found:
        found.append(current)
        current = current.only_if.question if current.only_if else None
    return found


def live_library() -> Library:
    """The documents that readers see now, and what outcomes say beside them. One query for each kind and one more."""
    stored = [
        (model.KIND, document)
        for model in rows.MODELS.values()
        for document in model.objects.live().values_list("live__document", flat=True)
    ]
    return Library.of((parsing.validate(kind, document) for kind, document in stored), Guide.learned_factors())


def load(documents: Sequence[shapes.Document], author: AbstractBaseUser | None = None, why: str = "") -> list[Revision]:
    """Write documents as rows and publish them, all or none; the revisions made, so none the second time.

    Raises DocumentError when a document does not fit the rows there are, and PublishError as `publish` does, except
    that guides which were published elsewhere without what every guide must have are taken as they are.
    """
    return finish(loading(documents, author, why))


def loading(
    documents: Sequence[shapes.Document], author: AbstractBaseUser | None = None, why: str = ""
) -> Work[list[Revision]]:
    """The same as `load`, step by step, in one transaction that lasts until the last step."""
    with transaction.atomic():
        ContentVersion.hold()
        before = live_library()
        library = before.with_documents(documents)
        misfits = checks.misfits(library)
        if misfits:
            raise PublishError(list(map(str, misfits)))
        drafts.hold(documents)
        things: list[Publishable] = []
        for batch in _batches(_in_writing_order(library, documents)):
            things += _write(batch, author)
            yield Progress("written", len(things), len(documents))
        rows.prune(*(document for document in documents if isinstance(document, shapes.QuestionDocument)))
        for thing in things:
            if isinstance(thing, Guide) and thing.key in before.all_guides:
                thing.remember_slug(before.all_guides[thing.key].slug)
        return (yield from _publish(before, things, author, why))


def finish(work: Work[Result]) -> Result:
    """Do work to its end; its result."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value


def render(document: shapes.Document) -> dict[str, str]:
    """The HTML of every Markdown field of a document, by the field's place. Raises PublishError where it has none."""
    return {place: _html(f"{document.key}: {place}", text) for place, text in texts(document).items()}


def texts(document: shapes.Document) -> dict[str, str]:
    """What stands in the Markdown fields of a document, by the field's place."""
    found: dict[str, str] = {}
    if isinstance(document, shapes.GuideDocument):
        found = {"before": document.before, "verification": document.verification, "further": document.further}
        found |= {f"cause.{cause.key}": cause.text for cause in document.causes}
    elif isinstance(document, shapes.MitigationDocument):
        found = {"intro": document.intro, **{f"step.{step.number}": step.text for step in document.steps}}
    elif isinstance(document, shapes.NoticeDocument):
        found = {"text": document.text}
    elif isinstance(document, shapes.QuestionDocument):
        found = {"help": document.help}
    return {place: text for place, text in found.items() if text}


def _html(place: str, text: str) -> str:
    try:
        return markdown.render(text)
    except markdown.RefusedError as refusal:
        raise PublishError([f"{place}: {refusal}"]) from None


def _completed(thing: Publishable) -> Publishable:
    """The draft with what only the program can fill in: numbers of new steps, the address it had before."""
    if isinstance(thing, Mitigation):
        thing.give_numbers()
    if isinstance(thing, Guide) and thing.live:
        thing.remember_slug(thing.live.document["slug"])
    return thing


def _documents(things: Sequence[Publishable]) -> list[shapes.Document]:
    found: list[shapes.Document] = []
    problems: list[str] = []
    for thing in rows.as_stored(things):
        try:
            found.append(rows.read(thing))
        except parsing.DocumentError as error:
            problems += [f"{thing.key}: {problem}" for problem in error.problems]
    if problems:
        raise PublishError(problems)
    return found


def _publish(
    before: Library,
    things: Sequence[Publishable],
    author: AbstractBaseUser | None,
    why: str,
    *,
    to_standard: bool = False,
) -> Work[list[Revision]]:
    """Make drafts live that lack nothing which only the program can fill in. `before` is what is live."""
    pairs = zip(things, _documents(things), strict=True)
    changed = [(thing, document) for thing, document in pairs if before.documents.get(_place(document)) != document]
    after = before.with_documents(document for _, document in changed)
    yield from _refuse_problems(before, after, to_standard=to_standard)
    revisions = yield from _revise(changed, author, why)
    fresh = {_place(document) for _thing, document in changed}
    for thing in things:
        if thing.differs or thing.review_asked or thing.review_note or (thing.KIND, thing.key) in fresh:
            thing.differs, thing.review_asked, thing.review_note = False, None, ""
            thing.save(update_fields=["live", "differs", "review_asked", "review_note"])
    if revisions:
        ContentVersion.advance()
    return revisions


def fresh_problems(before: Library, after: Library, *, to_standard: bool) -> Work[list[str]]:
    """What this change breaks; what was broken before does not hold up other work.

    To standard means that what guides must have, and what lint calls serious, counts too.
    """
    if after.documents == before.documents:
        return []
    found = checks.misfits(after)
    if not found:
        yield Progress("checked", 0, len(after.guides))  # most of the time goes into what the first one asks for
        for done, guide in enumerate(after.guides.values(), start=1):
            found += checks.samples(after, guide)
            yield Progress("checked", done, len(after.guides))
        found += checks.shortcomings(after) if to_standard else []
    known: set[Problem] = set()
    if found:
        known = set(checks.problems(before))
        known |= set() if checks.misfits(before) else set(checks.shortcomings(before))
    return [str(problem) for problem in found if problem not in known]


def _refuse_problems(before: Library, after: Library, *, to_standard: bool = False) -> Work[None]:
    fresh = yield from fresh_problems(before, after, to_standard=to_standard)
    if fresh:
        raise PublishError(fresh)


def _revise(
    changed: Sequence[tuple[Publishable, shapes.Document]], author: AbstractBaseUser | None, why: str
) -> Work[list[Revision]]:
    last = Revision.objects.order_by().filter(key__in=[thing.key for thing, _document in changed])
    numbers = {(kind, key): number for kind, key, number in last.values_list("kind", "key").annotate(Max("number"))}
    made: list[Revision] = []
    for start in range(0, len(changed), 50):
        batch = changed[start : start + 50]
        made += Revision.objects.bulk_create(
            Revision(
                kind=thing.KIND,
                key=thing.key,
                number=1 + numbers.get((thing.KIND, thing.key), 0),
                document=parsing.plain(document),
                html=render(document),
                renderer=markdown.RENDERER,
                author=author,  # type: ignore[misc]
                why=why,
            )
            for thing, document in batch
        )
        yield Progress("published", len(made), len(changed))
    for (thing, _document), revision in zip(changed, made, strict=True):
        thing.live = revision
    return made


def _write(documents: Sequence[shapes.Document], author: AbstractBaseUser | None) -> list[Publishable]:
    """The things of documents of one kind; drafts that say the same already are left alone."""
    known = rows.drafts_of(documents)
    same = [place for place, thing in known.items() if drafts.complete(thing) in documents]
    written = rows.write_all([document for document in documents if _place(document) not in same])
    drafts.count_saves(written, author)
    return [*(known[place] for place in same), *written]


def _batches(documents: Sequence[shapes.Document], size: int = 50) -> Iterator[list[shapes.Document]]:
    """Documents in their order, so many of one kind at a time."""
    for _kind, alike in groupby(documents, key=lambda document: document.KIND):
        rest = list(alike)
        yield from (rest[start : start + size] for start in range(0, len(rest), size))


def _in_writing_order(library: Library, documents: Iterable[shapes.Document]) -> list[shapes.Document]:
    """Documents sorted so that each comes after those it names. The library must be free of circles."""
    kinds = list(rows.MODELS)

    def depth(document: shapes.Document) -> int:
        if isinstance(document, shapes.GuideDocument):
            return int(bool(document.targets or document.retired))
        if isinstance(document, shapes.QuestionDocument) and document.only_if:
            return 1 + depth(library.questions[document.only_if.question])
        return 0

    return sorted(documents, key=lambda row: (kinds.index(row.KIND), depth(row), *shapes.by_number(row.key)))


def _place(document: shapes.Document) -> tuple[str, str]:
    return document.KIND, document.key
