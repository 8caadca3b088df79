"""Documents to rows: the exact inverse of reading them. Many at once cost hardly more queries than one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from django.db import models

from guides import document as shapes
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

from .bulk import parts_of, refuse, replace, rows_of, set_fields


def write(document: shapes.Document) -> Publishable:
    """Make the rows of a thing equal its document, creating them if needed. Call inside a transaction.

    What the document names (questions, mitigations, notices, target guides) must have rows already.
    Raises DocumentError when it does not, or when a reference or slug belongs to another thing.
    """
    return write_all([document])[0]


def write_all(documents: Sequence[shapes.Document]) -> list[Publishable]:
    """The same for documents of one kind, which may also name each other; their things, in the same order."""
    if not documents:
        return []
    things = _WRITERS[documents[0].KIND](documents)
    return [things[document.key] for document in documents]


def _write_notices(documents: Sequence[shapes.NoticeDocument]) -> dict[str, Notice]:
    names = ("title", "text", "afterwards")
    return rows_of(Notice, documents, lambda row, notice: {name: getattr(row, name) for name in names})


def _write_questions(documents: Sequence[shapes.QuestionDocument]) -> dict[str, Question]:
    names = ("order", "text", "hint", "help", "minutes", "group")
    questions = rows_of(Question, documents, lambda row, question: {name: getattr(row, name) for name in names})
    choices = [
        Choice(
            question=questions[row.slug],
            position=position,
            slug=choice.slug,
            text=choice.text,
            summary=choice.summary,
            normal=choice.normal or "",
        )
        for row in documents
        for position, choice in enumerate(row.choices)
    ]
    # Choices keep their rows, since what guides say hangs on them.
    Choice.objects.bulk_create(
        choices,
        update_conflicts=True,
        unique_fields=["question", "slug"],
        update_fields=["position", "text", "summary", "normal"],
    )
    known = _choices(row.only_if for row in documents)
    for row in documents:
        set_fields(questions[row.slug], only_if=_choice(known, row, row.only_if, "only_if"))
    return questions


def prune(*questions: shapes.QuestionDocument) -> None:
    """Remove the choices that questions no longer have. Apart from `write`, so that guides can let go of them first."""
    refuse(still_named(questions))
    Choice.objects.filter(pk__in=_stale(questions)).delete()


def still_named(questions: Sequence[shapes.QuestionDocument], apart_from: Iterable[str] = ()) -> list[str]:
    """Sentences about choices that questions no longer have, and that something here names.

    Not told of are the things of these keys, for instance because they are to be written too.
    """
    stale = _stale(questions)
    if not stale:
        return []
    named = [
        *Expectation.objects.filter(choice__in=stale).values_list("choice", "guide__reference"),
        *GuideMitigation.objects.filter(when__in=stale).values_list("when", "guide__reference"),
        *Question.objects.filter(only_if__in=stale).values_list("only_if", "slug"),
    ]
    users = {pk: sorted({user for choice, user in named if choice == pk} - set(apart_from)) for pk in stale}
    return [
        f"{question}: choices: “{choice}” is removed, but still named by {', '.join(users[pk])}; change these first"
        for pk, (question, choice) in stale.items()
        if users[pk]
    ]


def _stale(questions: Sequence[shapes.QuestionDocument]) -> dict[int, tuple[str, str]]:
    """Rows of choices that questions no longer have: question and choice by primary key."""
    stated = {(row.slug, choice.slug) for row in questions for choice in row.choices}
    stored = Choice.objects.filter(question__slug__in=[row.slug for row in questions])
    places = {pk: (question, choice) for pk, question, choice in stored.values_list("pk", "question__slug", "slug")}
    return {pk: place for pk, place in places.items() if place not in stated}


def _write_mitigations(documents: Sequence[shapes.MitigationDocument]) -> dict[str, Mitigation]:
    """A number that this installation gave to a step stays given, also where the document never heard of it."""

    def fields(row: shapes.MitigationDocument, mitigation: Mitigation) -> dict[str, Any]:
        return {
            "title": row.title,
            "minutes_from": row.minutes[0],
            "minutes_to": row.minutes[1],
            "waiting": row.waiting,
            "intro": row.intro,
            "last_step": max(mitigation.last_step, row.last_step, *(step.number for step in row.steps)),
        }

    mitigations = rows_of(Mitigation, documents, fields)
    replace(
        Step, "mitigation", mitigations.values(), parts_of(documents, mitigations, lambda row: map(dict, row.steps))
    )
    return mitigations


def _write_guides(documents: Sequence[shapes.GuideDocument]) -> dict[str, Guide]:
    """Addresses that this installation gave to a guide stay its own: old tickets name them."""
    _refuse_taken_slugs(documents)
    guides = rows_of(Guide, documents, _guide_fields)
    _write_links(documents, guides)
    owners = guides.values()
    plain_parts: dict[type[models.Model], Callable[[shapes.GuideDocument], Iterable[dict[str, Any]]]] = {
        Message: lambda row: map(dict, row.messages),
        Phrase: lambda row: ({"text": text} for text in row.phrases),
        Cause: lambda row: map(dict, row.causes),
        Source: lambda row: ({**dict(part), "url": part.url or ""} for part in row.sources),
        Sample: lambda row: map(dict, row.samples),
    }
    for model, parts in plain_parts.items():
        replace(model, "guide", owners, parts_of(documents, guides, parts))
    codes = _write_codes(documents)
    used = ((guides[row.reference], {"errorcode": codes[code.token]}) for row in documents for code in row.codes)
    replace(Guide.codes.through, "guide", owners, used)
    return guides


def _guide_fields(row: shapes.GuideDocument, guide: Guide) -> dict[str, Any]:
    return {
        "slug": row.slug,
        "title": row.title,
        "meaning": row.meaning,
        "kind": row.kind,
        "common": row.common or "",
        "former_slugs": list(dict.fromkeys([*row.former_slugs, *guide.former_slugs])),
        "before": row.before,
        "verification": row.verification,
        "further": row.further,
        "retired": row.retired is not None,
    }


def _write_links(documents: Sequence[shapes.GuideDocument], guides: dict[str, Guide]) -> None:
    """What guides say about other things: notices, mitigations, questions and other guides."""
    successors = {row.reference: row.retired.successor for row in documents if row.retired and row.retired.successor}
    others = _named(Guide, documents, "targets", lambda row: row.targets)
    others |= _named(Guide, documents, "retired", lambda row: filter(None, [successors.get(row.reference)]))
    notices = _named(Notice, documents, "notices", lambda row: row.notices)
    mitigations = _named(Mitigation, documents, "mitigations", lambda row: (used.fix for used in row.mitigations))
    expected = {row.reference: list(_expected(row)) for row in documents}
    whens = [used.when for row in documents for used in row.mitigations]
    choices = _choices([*whens, *(condition for rows in expected.values() for condition, _word in rows)])

    def use(row: shapes.GuideDocument, used: shapes.GuideMitigation) -> dict[str, Any]:
        when = _choice(choices, row, used.when, "mitigations")
        return {"mitigation": mitigations[used.fix], "works": used.works, "cause": used.cause, "when": when}

    def expectation(row: shapes.GuideDocument, condition: shapes.Condition, word: str) -> dict[str, Any]:
        return {"choice": _choice(choices, row, condition, "expects"), "word": word}

    links: dict[Any, Callable[[shapes.GuideDocument], Iterable[dict[str, Any]]]] = {
        GuideNotice: lambda row: ({"notice": notices[name]} for name in row.notices),
        GuideMitigation: lambda row: (use(row, used) for used in row.mitigations),
        Expectation: lambda row: (expectation(row, *said) for said in expected[row.reference]),
    }
    for model, parts in links.items():
        replace(model, "guide", guides.values(), parts_of(documents, guides, parts))
    led_to = parts_of(documents, guides, lambda row: ({"to_guide": others[name]} for name in row.targets))
    replace(Guide.targets.through, "from_guide", guides.values(), led_to)
    for reference, guide in guides.items():
        set_fields(guide, successor=others[successors[reference]] if reference in successors else None)


def _expected(row: shapes.GuideDocument) -> Iterator[tuple[shapes.Condition, str]]:
    for question, words in row.expects.items():
        for choice, word in words.items():
            yield shapes.Condition(question=question, choice=choice), word


def _write_codes(documents: Sequence[shapes.GuideDocument]) -> dict[str, ErrorCode]:
    """The rows of all codes that guides name, by token. Guides that share a code must describe it alike."""
    codes = {code.token: code for row in documents for code in row.codes}
    rows = ErrorCode.objects.in_bulk(list(codes), field_name="token")
    for token, code in codes.items():
        fields = {"meaning": code.meaning, "group": code.group, "generic": code.generic}
        if token in rows:
            set_fields(rows[token], **fields)
        else:
            rows[token] = ErrorCode(token=token, **fields)
    ErrorCode.objects.bulk_create([row for row in rows.values() if row.pk is None])
    _write_aliases(documents, codes, rows)
    return rows


def _write_aliases(
    documents: Sequence[shapes.GuideDocument], codes: dict[str, shapes.Code], rows: dict[str, ErrorCode]
) -> None:
    """Aliases that a code no longer has go first, and so are free for another."""
    wanted = {(text, token) for token, code in codes.items() for text in code.aliases}
    stored = CodeAlias.objects.filter(code__in=rows.values()).values_list("text", "code__token", "pk")
    CodeAlias.objects.filter(pk__in=[pk for text, token, pk in stored if (text, token) not in wanted]).delete()
    taken = CodeAlias.objects.filter(text__in={text for text, _token in wanted})
    owners = dict(taken.values_list("text", "code__token"))
    refuse(
        f"{row.reference}: codes: the alias “{text}” belongs to {owner} already"
        for row in documents
        for code in row.codes
        for text in code.aliases
        if (owner := owners.get(text, code.token)) != code.token
    )
    fresh = sorted(row for row in wanted if row[0] not in owners)
    CodeAlias.objects.bulk_create(CodeAlias(code=rows[token], text=text) for text, token in fresh)


def _named(
    model: type[Any], documents: Iterable[Any], field: str, names: Callable[[Any], Iterable[str]]
) -> dict[str, Any]:
    """The rows that documents name in a field, by key."""
    named = [(document.key, name) for document in documents for name in names(document)]
    rows = model.objects.in_bulk({name for _key, name in named}, field_name=model.KEY)
    refuse(f"{key}: {field}: there is no {model.KIND} “{name}”" for key, name in named if name not in rows)
    return rows


def _choices(conditions: Iterable[shapes.Condition | None]) -> dict[tuple[str, str], Choice]:
    """All choices of the questions that these conditions name, by question and choice."""
    questions = {condition.question for condition in conditions if condition}
    if not questions:
        return {}
    rows = Choice.objects.filter(question__slug__in=questions).select_related("question")
    return {(row.question.slug, row.slug): row for row in rows}


def _choice(
    known: dict[tuple[str, str], Choice], document: shapes.Document, condition: shapes.Condition | None, field: str
) -> Choice | None:
    if condition is None:
        return None
    choice = known.get((condition.question, condition.choice))
    if choice is None:
        missing = f"there is no question “{condition.question}” with a choice “{condition.choice}”"
        refuse([f"{document.key}: {field}: {missing}"])
    return choice


def _refuse_taken_slugs(documents: Sequence[shapes.GuideDocument]) -> None:
    owners = dict(Guide.objects.filter(slug__in=[row.slug for row in documents]).values_list("slug", "reference"))
    refuse(
        f"{row.reference}: slug: “{row.slug}” belongs to {owner} already; choose another"
        for row in documents
        if (owner := owners.setdefault(row.slug, row.reference)) != row.reference
    )


_WRITERS: dict[str, Any] = {
    "notice": _write_notices,
    "question": _write_questions,
    "mitigation": _write_mitigations,
    "guide": _write_guides,
}
