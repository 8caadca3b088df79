"""Drafts become revisions: checked together with everything that is live, then shown to readers, or refused."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.db import transaction

from . import checks, drafts, markdown, parsing, rows
from . import document as shapes
from .library import Library
from .models import ContentVersion, Guide, Mitigation, Publishable, Question, Revision

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


class PublishError(Exception):
    """Nothing was published. `problems` are sentences that say why."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def publish(things: Iterable[Publishable], author: AbstractBaseUser | None = None, why: str = "") -> list[Revision]:
    """Make the drafts of some things live, all or none; the revisions made, none for what has not changed.

    Raises PublishError when a draft is incomplete, when it does not fit what is live, or when a sample of any
    guide would lead elsewhere than it must.
    """
    with transaction.atomic():
        ContentVersion.hold()
        completed = [_completed(thing) for thing in things]
        pairs = [(thing, _document(row)) for thing, row in zip(completed, rows.as_stored(completed), strict=True)]
        before = live_library()
        changed = [(thing, document) for thing, document in pairs if before.documents.get(_place(document)) != document]
        _refuse_problems(before, before.with_documents(document for _, document in changed))
        revisions = [_revise(thing, document, author, why) for thing, document in changed]
        for thing in completed:
            thing.differs, thing.review_asked, thing.review_note = False, None, ""
            thing.save(update_fields=["differs", "review_asked", "review_note"])
        if revisions:
            ContentVersion.advance()
    return revisions


def withdraw(things: Iterable[Publishable]) -> None:
    """Take things away from readers, all or none. Raises PublishError when something live needs them."""
    with transaction.atomic():
        ContentVersion.hold()
        before = after = live_library()
        for thing in things:
            after = after.without(thing.KIND, thing.key)
            thing.live, thing.differs = None, True
            thing.save(update_fields=["live", "differs"])
        _refuse_problems(before, after)
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


def _with_conditions(question: Question) -> list[Question]:
    """A question and those it depends on, directly or through another."""
    found: list[Question] = []
    current: Question | None = question
    while current is not None and current not in found:
        found.append(current)
        current = current.only_if.question if current.only_if else None
    return found


def live_library() -> Library:
    """The documents that readers see now. One query for each kind."""
    stored = [
        (model.KIND, document)
        for model in rows.MODELS.values()
        for document in model.objects.live().values_list("live__document", flat=True)
    ]
    return Library.of(parsing.validate(kind, document) for kind, document in stored)


def load(documents: Sequence[shapes.Document], author: AbstractBaseUser | None = None, why: str = "") -> list[Revision]:
    """Write documents as rows and publish them, all or none; the revisions made, so none the second time.

    Raises DocumentError when a document does not fit the rows there are, and PublishError as `publish` does.
    """
    with transaction.atomic():
        ContentVersion.hold()
        library = live_library().with_documents(documents)
        misfits = checks.misfits(library)
        if misfits:
            raise PublishError(misfits)
        things = [_write(document) for document in _in_writing_order(library, documents)]
        for document in documents:
            if isinstance(document, shapes.QuestionDocument):
                rows.prune(document)
        drafts.saved(things, author)
        return publish(things, author, why)


def render(document: shapes.Document) -> dict[str, str]:
    """The HTML of every Markdown field of a document, by the field's place."""
    texts: dict[str, str] = {}
    if isinstance(document, shapes.GuideDocument):
        texts = {"before": document.before, "verification": document.verification, "further": document.further}
        texts |= {f"cause.{cause.key}": cause.text for cause in document.causes}
    elif isinstance(document, shapes.MitigationDocument):
        texts = {"intro": document.intro, **{f"step.{step.number}": step.text for step in document.steps}}
    elif isinstance(document, shapes.NoticeDocument):
        texts = {"text": document.text}
    elif isinstance(document, shapes.QuestionDocument):
        texts = {"help": document.help}
    return {place: markdown.render(text) for place, text in texts.items() if text}


def _completed(thing: Publishable) -> Publishable:
    """The draft with what only the program can fill in: numbers of new steps, the address it had before."""
    if isinstance(thing, Mitigation):
        thing.give_numbers()
    if isinstance(thing, Guide) and thing.live:
        thing.remember_slug(thing.live.document["slug"])
    return thing


def _document(thing: Publishable) -> shapes.Document:
    try:
        return rows.read(thing)
    except parsing.DocumentError as error:
        raise PublishError([f"{thing.key}: {problem}" for problem in error.problems]) from None


def _refuse_problems(before: Library, after: Library) -> None:
    """Refuse what this change breaks; what was broken before does not hold up other work."""
    if after.documents == before.documents:
        return
    found = checks.problems(after)
    known = set(checks.problems(before)) if found else set()
    fresh = [problem for problem in found if problem not in known]
    if fresh:
        raise PublishError(fresh)


def _revise(thing: Publishable, document: shapes.Document, author: Any, why: str) -> Revision:
    last = Revision.objects.filter(kind=thing.KIND, key=thing.key).order_by("-number").first()
    thing.live = Revision.objects.create(
        kind=thing.KIND,
        key=thing.key,
        number=last.number + 1 if last else 1,
        document=parsing.plain(document),
        html=render(document),
        renderer=markdown.RENDERER,
        author=author,
        why=why,
    )
    thing.save(update_fields=["live"])
    return thing.live


def _write(document: shapes.Document) -> Publishable:
    try:
        return rows.write(document)
    except parsing.DocumentError as error:
        raise parsing.DocumentError([f"{document.key}: {problem}" for problem in error.problems]) from None


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
