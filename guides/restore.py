"""Putting a revision back as the draft. Readers see nothing of it until somebody publishes the draft."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from django.db import transaction

from . import document as shapes
from . import drafts, parsing, rows
from .models import Choice, ErrorCode, Guide, Mitigation, Notice, Publishable, Revision

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


def draft_from(revision: Revision) -> shapes.Document:
    """What the draft would say. Codes are shared between guides, so those that exist stay as they are now.

    Raises DocumentError when the revision no longer fits its shape.
    """
    document = parsing.validate(revision.kind, revision.document)
    if not isinstance(document, shapes.GuideDocument):
        return document
    known = ErrorCode.objects.prefetch_related("aliases").filter(token__in=[code.token for code in document.codes])
    present = {code.token: _as_it_is(code) for code in known}
    return document.model_copy(update={"codes": [present.get(code.token, code) for code in document.codes]})


class DraftChangedError(Exception):
    """Somebody saved the draft since it was looked at."""


def restore(revision: Revision, by: AbstractBaseUser | None, edits: int | None) -> Publishable:
    """Make the draft say again what the revision said; the thing whose draft it is.

    `edits` is the draft's count of saves when somebody agreed to lose it, None where there was no draft. Changes
    nothing and raises DraftChangedError when that is no longer so, and DocumentError when the revision names what
    is gone or clashes with what is there now.
    """
    with transaction.atomic():
        model = rows.MODELS[revision.kind]
        document = draft_from(revision)
        drafts.hold([document])
        stored = model._default_manager.filter(**{model.KEY: revision.key})
        if stored.values_list("edits", flat=True).first() != edits:
            raise DraftChangedError
        problems = list(gone(document))
        if problems:
            raise parsing.DocumentError(problems)
        thing = rows.write(document)
        if isinstance(document, shapes.QuestionDocument):
            rows.prune(document)
        drafts.saved([thing], by)
    return thing


def gone(document: shapes.Document) -> Iterator[str]:
    """What a document names and is not there any more, in sentences."""
    conditions: list[shapes.Condition | None] = []
    if isinstance(document, shapes.GuideDocument):
        successor = document.retired.successor if document.retired else None
        yield from _without_row(Mitigation, (used.fix for used in document.mitigations))
        yield from _without_row(Notice, document.notices)
        yield from _without_row(Guide, [*document.targets, *([successor] if successor else [])])
        conditions = [used.when for used in document.mitigations]
        conditions += [
            shapes.Condition(question=question, choice=choice)
            for question, words in document.expects.items()
            for choice in words
        ]
    elif isinstance(document, shapes.QuestionDocument):
        conditions = [document.only_if]
    yield from _without_choice([condition for condition in conditions if condition])


def _without_row(model: type[Any], keys: Iterable[str]) -> Iterator[str]:
    named = list(dict.fromkeys(keys))
    known = set(model.objects.filter(**{f"{model.KEY}__in": named}).values_list(model.KEY, flat=True)) if named else ()
    yield from (f"There is no {model.KIND} “{key}” any more." for key in named if key not in known)


def _without_choice(conditions: list[shapes.Condition]) -> Iterator[str]:
    if not conditions:
        return
    questions = {condition.question for condition in conditions}
    known = set(Choice.objects.filter(question__slug__in=questions).values_list("question__slug", "slug"))
    for question, choice in dict.fromkeys((condition.question, condition.choice) for condition in conditions):
        if (question, choice) not in known:
            yield f"There is no answer “{choice}” to the question “{question}” any more."


def _as_it_is(code: ErrorCode) -> shapes.Code:
    aliases = sorted(alias.text for alias in code.aliases.all())
    return shapes.Code.model_construct(
        token=code.token, meaning=code.meaning, group=code.group, generic=code.generic, aliases=aliases
    )
