"""Documents to rows: the exact inverse of reading them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models

from guides import document as shapes
from guides import parsing
from guides.models import (
    Cause,
    Choice,
    CodeAlias,
    ErrorCode,
    Expectation,
    Guide,
    GuideMitigation,
    GuideNotice,
    Message,
    Mitigation,
    Notice,
    Phrase,
    Publishable,
    Question,
    Sample,
    Source,
    Step,
)


def write(document: shapes.Document) -> Publishable:
    """Make the rows of a thing equal its document, creating them if needed. Call inside a transaction.

    What the document names (questions, mitigations, notices, target guides) must have rows already.
    Raises DocumentError when it does not, or when a reference or slug belongs to another thing.
    """
    return _WRITERS[document.KIND](document)


def _write_notice(document: shapes.NoticeDocument) -> Notice:
    return _row(Notice, document, title=document.title, text=document.text)


def _write_question(document: shapes.QuestionDocument) -> Question:
    question = _row(
        Question,
        document,
        order=document.order,
        text=document.text,
        hint=document.hint,
        help=document.help,
        minutes=document.minutes,
        group=document.group,
        only_if=_choice(document.only_if, "only_if"),
    )
    for position, choice in enumerate(document.choices):
        fields = {"position": position, "text": choice.text, "summary": choice.summary, "normal": choice.normal or ""}
        Choice.objects.update_or_create(question=question, slug=choice.slug, defaults=fields)
    return question


def prune(document: shapes.QuestionDocument) -> None:
    """Remove the choices that a question no longer has. Apart from `write`, so that guides can let go of them first."""
    stale = Choice.objects.filter(question__slug=document.slug).exclude(slug__in=[row.slug for row in document.choices])
    try:
        stale.delete()
    except models.ProtectedError as error:
        users = ", ".join(sorted({str(row) for row in error.protected_objects}))
        message = f"{document.slug}: choices: one that you removed is still named by {users}; change these first"
        raise parsing.DocumentError([message]) from None


def _write_mitigation(document: shapes.MitigationDocument) -> Mitigation:
    """A number that this installation gave to a step stays given, also where the document never heard of it."""
    given = Mitigation.objects.filter(reference=document.reference).values_list("last_step", flat=True).first() or 0
    mitigation = _row(
        Mitigation,
        document,
        title=document.title,
        minutes_from=document.minutes[0],
        minutes_to=document.minutes[1],
        waiting=document.waiting,
        intro=document.intro,
        last_step=max(given, document.last_step, *(step.number for step in document.steps)),
    )
    _replace(mitigation, Step, "mitigation", ({**dict(step)} for step in document.steps))
    return mitigation


def _write_guide(document: shapes.GuideDocument) -> Guide:
    """Addresses that this installation gave to the guide stay its own: old tickets name them."""
    _refuse_taken_slug(document)
    former = Guide.objects.filter(reference=document.reference).values_list("former_slugs", flat=True).first() or []
    retired = document.retired
    guide = _row(
        Guide,
        document,
        slug=document.slug,
        title=document.title,
        meaning=document.meaning,
        kind=document.kind,
        common=document.common or "",
        former_slugs=list(dict.fromkeys([*document.former_slugs, *former])),
        before=document.before,
        verification=document.verification,
        further=document.further,
        retired=retired is not None,
        successor=_named(Guide, "retired", retired.successor) if retired and retired.successor else None,
    )
    guide.targets.set([_named(Guide, "targets", name) for name in document.targets])
    guide.codes.set([_write_code(code) for code in document.codes])
    _replace(guide, Message, "guide", (dict(part) for part in document.messages))
    _replace(guide, Phrase, "guide", ({"text": text} for text in document.phrases))
    _replace(guide, Cause, "guide", (dict(part) for part in document.causes))
    _replace(guide, Source, "guide", ({**dict(part), "url": part.url or ""} for part in document.sources))
    _replace(guide, Sample, "guide", (dict(part) for part in document.samples))
    _replace(guide, GuideNotice, "guide", ({"notice": _named(Notice, "notices", name)} for name in document.notices))
    _replace(guide, GuideMitigation, "guide", (_use(used) for used in document.mitigations))
    guide.expectations.all().delete()
    Expectation.objects.bulk_create(
        Expectation(
            guide=guide, choice=_choice(shapes.Condition(question=question, choice=choice), "expects"), word=word
        )
        for question, words in document.expects.items()
        for choice, word in words.items()
    )
    return guide


def _use(used: shapes.GuideMitigation) -> dict[str, Any]:
    return {
        "mitigation": _named(Mitigation, "mitigations", used.fix),
        "works": used.works,
        "cause": used.cause,
        "when": _choice(used.when, "mitigations"),
    }


def _write_code(code: shapes.Code) -> ErrorCode:
    fields = {"meaning": code.meaning, "group": code.group, "generic": code.generic}
    row, _created = ErrorCode.objects.update_or_create(token=code.token, defaults=fields)
    row.aliases.exclude(text__in=code.aliases).delete()
    for text in code.aliases:
        alias, _created = CodeAlias.objects.get_or_create(text=text, defaults={"code": row})
        if alias.code_id != row.pk:
            raise parsing.DocumentError([f"codes: the alias “{text}” belongs to {alias.code} already"])
    return row


def _row(model: type[Any], document: shapes.Document, **fields: Any) -> Any:
    row, _created = model.objects.update_or_create(**{document.KEY: document.key}, defaults=fields)
    return row


def _replace(owner: models.Model, model: type[Any], field: str, parts: Iterable[dict[str, Any]]) -> None:
    """Put new parts in the place of the old, in the order given."""
    model.objects.filter(**{field: owner}).delete()
    has_place = any(f.name == "position" for f in model._meta.fields)
    model.objects.bulk_create(
        model(**{field: owner}, **({"position": place} if has_place else {}), **part)
        for place, part in enumerate(parts)
    )


def _named(model: type[Any], field: str, key: str) -> Any:
    row = model.objects.filter(**{model.KEY: key}).first()
    if row is None:
        raise parsing.DocumentError([f"{field}: there is no {model.KIND} “{key}”"])
    return row


def _choice(condition: shapes.Condition | None, field: str) -> Choice | None:
    if condition is None:
        return None
    choice = Choice.objects.filter(question__slug=condition.question, slug=condition.choice).first()
    if choice is None:
        raise parsing.DocumentError(
            [f"{field}: there is no question “{condition.question}” with a choice “{condition.choice}”"]
        )
    return choice


def _refuse_taken_slug(document: shapes.GuideDocument) -> None:
    other = Guide.objects.filter(slug=document.slug).exclude(reference=document.reference).first()
    if other:
        raise parsing.DocumentError([f"slug: “{document.slug}” belongs to {other.reference} already; choose another"])


_WRITERS: dict[str, Any] = {
    "notice": _write_notice,
    "question": _write_question,
    "mitigation": _write_mitigation,
    "guide": _write_guide,
}
