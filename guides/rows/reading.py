"""Rows to documents: what the drafts say now."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from guides import document as shapes
from guides import parsing
from guides.models import Choice, ErrorCode, Guide, Mitigation, Notice, Publishable, Question

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
    return parsing.validate(thing.KIND, plain(thing))


def plain(thing: Publishable) -> dict[str, Any]:
    """What a draft says as plain data, unchecked: it may lack what its document needs."""
    return _READERS[thing.KIND](thing)


def read_all(kind: str) -> list[shapes.Document]:
    """The documents of all drafts of a kind, in curator order."""
    return [read(row) for row in all_of(kind)]


def all_of(kind: str) -> Iterable[Publishable]:
    """The rows of all drafts of a kind, in curator order, with all that `read` needs."""
    return MODELS[kind].objects.prefetch_related(*_PARTS[kind])


def as_stored(things: Iterable[Publishable]) -> list[Publishable]:
    """The same things as the database has them now, with all that `read` needs, in a few queries for all of them."""
    places = [(thing.KIND, thing.pk) for thing in things]
    found: dict[tuple[str, int], Publishable] = {}
    for kind, parts in _PARTS.items():
        stored = MODELS[kind].objects.prefetch_related(*parts).in_bulk([pk for other, pk in places if other == kind])
        found |= {(kind, pk): row for pk, row in stored.items()}
    return [found[place] for place in places]


def drafts_of(documents: Iterable[shapes.Document]) -> dict[tuple[str, str], Publishable]:
    """The things that documents are about as far as there are any, by kind and key, with all that `read` needs."""
    found: dict[tuple[str, str], Publishable] = {}
    places = [(document.KIND, document.key) for document in documents]
    for kind, model in MODELS.items():
        keys = [key for other, key in places if other == kind]
        stored = model.objects.prefetch_related(*_PARTS[kind]).in_bulk(keys, field_name=model.KEY) if keys else {}
        found |= {(kind, key): row for key, row in stored.items()}
    return found


def _filled(**fields: Any) -> dict[str, Any]:
    """The fields that say something, so that a document is as short as what was stated."""
    return {name: value for name, value in fields.items() if value not in ("", None, [], {})}


def _condition(choice: Choice | None) -> dict[str, str] | None:
    return {"question": choice.question.slug, "choice": choice.slug} if choice else None


def _read_notice(notice: Notice) -> dict[str, Any]:
    return _filled(slug=notice.slug, title=notice.title, text=notice.text, afterwards=notice.afterwards)


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


_READERS: dict[str, Any] = {
    "notice": _read_notice,
    "question": _read_question,
    "mitigation": _read_mitigation,
    "guide": _read_guide,
}
