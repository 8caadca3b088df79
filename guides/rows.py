"""Rows to documents and documents to rows: `read` and `write`, exact inverses of each other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models

from . import document as shapes
from .models import (
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

MODELS: dict[str, type[Publishable]] = {model.KIND: model for model in (Notice, Question, Mitigation, Guide)}

_PARTS: dict[str, tuple[str, ...]] = {
    "notice": (),
    "question": ("choices", "only_if__question"),
    "mitigation": ("steps",),
    "guide": (
        *("targets", "successor", "codes__aliases", "messages", "phrases", "causes", "sources", "samples"),
        *("notice_uses__notice", "uses__mitigation", "uses__when__question", "expectations__choice__question"),
    ),
}


def read(thing: Publishable) -> shapes.Document:
    """The document of a draft. Raises DocumentError with plain sentences when the draft is not complete."""
    return shapes.validate(thing.KIND, _READERS[thing.KIND](thing))


def read_all(kind: str) -> list[shapes.Document]:
    """The documents of all drafts of a kind, in curator order."""
    return [read(row) for row in MODELS[kind].objects.prefetch_related(*_PARTS[kind])]


def as_stored(things: Iterable[Publishable]) -> list[Publishable]:
    """The same things as the database has them now, with all that `read` needs, in a few queries for all of them."""
    places = [(thing.KIND, thing.pk) for thing in things]
    found: dict[tuple[str, int], Publishable] = {}
    for kind, parts in _PARTS.items():
        stored = MODELS[kind].objects.prefetch_related(*parts).in_bulk([pk for other, pk in places if other == kind])
        found |= {(kind, pk): row for pk, row in stored.items()}
    return [found[place] for place in places]


def write(document: shapes.Document) -> Publishable:
    """Make the rows of a thing equal its document, creating them if needed. Call inside a transaction.

    What the document names (questions, mitigations, notices, target guides) must have rows already.
    Raises DocumentError when it does not, or when a reference or slug belongs to another thing.
    """
    return _WRITERS[document.KIND](document)


def _filled(**fields: Any) -> dict[str, Any]:
    """The fields that say something, so that a document is as short as what was stated."""
    return {name: value for name, value in fields.items() if value not in ("", None, [], {})}


def _condition(choice: Choice | None) -> dict[str, str] | None:
    return {"question": choice.question.slug, "choice": choice.slug} if choice else None


def _read_notice(notice: Notice) -> dict[str, Any]:
    return _filled(slug=notice.slug, title=notice.title, text=notice.text)


def _read_question(question: Question) -> dict[str, Any]:
    choices = [
        _filled(slug=choice.slug, text=choice.text, summary=choice.summary, normal=choice.normal)
        for choice in question.choices.all()
    ]
    return _filled(
        slug=question.slug,
        order=question.order,
        text=question.text,
        hint=question.hint,
        help=question.help,
        minutes=question.minutes,
        group=question.group,
        only_if=_condition(question.only_if),
        choices=choices,
    )


def _read_mitigation(mitigation: Mitigation) -> dict[str, Any]:
    steps = [
        _filled(number=step.number, text=step.text, where=step.where, who=step.who, group=step.group)
        for step in mitigation.steps.all()
    ]
    highest = max((step["number"] for step in steps if "number" in step), default=0)
    return _filled(
        reference=mitigation.reference,
        title=mitigation.title,
        minutes=[mitigation.minutes_from, mitigation.minutes_to],
        waiting=mitigation.waiting,
        intro=mitigation.intro,
        steps=steps,
        last_step=mitigation.last_step if mitigation.last_step > highest else None,
    )


def _read_guide(guide: Guide) -> dict[str, Any]:
    return _filled(
        reference=guide.reference,
        slug=guide.slug,
        title=guide.title,
        meaning=guide.meaning,
        kind=guide.kind,
        targets=[target.reference for target in guide.targets.all()],
        common=guide.common,
        former_slugs=guide.former_slugs,
        codes=[_read_code(code) for code in guide.codes.all()],
        messages=[_filled(key=row.key, text=row.text, essential=row.essential) for row in guide.messages.all()],
        phrases=[row.text for row in guide.phrases.all()],
        causes=[_filled(key=row.key, title=row.title, text=row.text, source=row.source) for row in guide.causes.all()],
        notices=[row.notice.slug for row in guide.notice_uses.all()],
        before=guide.before,
        mitigations=[
            _filled(fix=row.mitigation.reference, works=row.works, cause=row.cause, when=_condition(row.when))
            for row in guide.uses.all()
        ],
        verification=guide.verification,
        further=guide.further,
        expects=_read_expectations(guide),
        samples=[_filled(text=row.text, leads=row.leads, note=row.note) for row in guide.samples.all()],
        sources=[
            _filled(
                key=row.key,
                title=row.title,
                url=row.url,
                dated=row.dated and row.dated.isoformat(),
                checked=row.checked.isoformat(),
            )
            for row in guide.sources.all()
        ],
        retired=_read_retirement(guide),
    )


def _read_retirement(guide: Guide) -> dict[str, str] | None:
    if not guide.retired:
        return None
    return {"successor": guide.successor.reference} if guide.successor else {"successor": None}  # type: ignore[dict-item]


def _read_code(code: ErrorCode) -> dict[str, Any]:
    return _filled(
        token=code.token,
        meaning=code.meaning,
        group=code.group,
        aliases=[alias.text for alias in code.aliases.all()],
        generic=code.generic,
    )


def _read_expectations(guide: Guide) -> dict[str, dict[str, str]]:
    expects: dict[str, dict[str, str]] = {}
    for row in guide.expectations.all():
        expects.setdefault(row.choice.question.slug, {})[row.choice.slug] = row.word
    return expects


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
        raise shapes.DocumentError([message]) from None


def _write_mitigation(document: shapes.MitigationDocument) -> Mitigation:
    mitigation = _row(
        Mitigation,
        document,
        title=document.title,
        minutes_from=document.minutes[0],
        minutes_to=document.minutes[1],
        waiting=document.waiting,
        intro=document.intro,
        last_step=max(document.last_step, *(step.number for step in document.steps)),
    )
    _replace(mitigation, Step, "mitigation", ({**dict(step)} for step in document.steps))
    return mitigation


def _write_guide(document: shapes.GuideDocument) -> Guide:
    _refuse_taken_slug(document)
    retired = document.retired
    guide = _row(
        Guide,
        document,
        slug=document.slug,
        title=document.title,
        meaning=document.meaning,
        kind=document.kind,
        common=document.common or "",
        former_slugs=document.former_slugs,
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
            raise shapes.DocumentError([f"codes: the alias “{text}” belongs to {alias.code} already"])
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
        raise shapes.DocumentError([f"{field}: there is no {model.KIND} “{key}”"])
    return row


def _choice(condition: shapes.Condition | None, field: str) -> Choice | None:
    if condition is None:
        return None
    choice = Choice.objects.filter(question__slug=condition.question, slug=condition.choice).first()
    if choice is None:
        raise shapes.DocumentError(
            [f"{field}: there is no question “{condition.question}” with a choice “{condition.choice}”"]
        )
    return choice


def _refuse_taken_slug(document: shapes.GuideDocument) -> None:
    other = Guide.objects.filter(slug=document.slug).exclude(reference=document.reference).first()
    if other:
        raise shapes.DocumentError([f"slug: “{document.slug}” belongs to {other.reference} already; choose another"])


_READERS: dict[str, Any] = {
    "notice": _read_notice,
    "question": _read_question,
    "mitigation": _read_mitigation,
    "guide": _read_guide,
}
_WRITERS: dict[str, Any] = {
    "notice": _write_notice,
    "question": _write_question,
    "mitigation": _write_mitigation,
    "guide": _write_guide,
}
