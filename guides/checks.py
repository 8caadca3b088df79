"""What is wrong with a library of documents, in sentences: lost names, clashes, circles, stolen samples, must-haves.

Every sentence begins with the key of the thing that it is about, mostly followed by the field.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from troubleshooter.diagnosis.statements import FEWEST_STATEMENTS

from . import document as shapes
from .library import Library


def problems(library: Library) -> list[str]:
    """Everything that keeps these documents from going live together; empty when all is well."""
    return misfits(library) or [problem for guide in library.guides.values() for problem in samples(library, guide)]


def misfits(library: Library) -> list[str]:
    """Names that lead nowhere, clashes and circles. Samples can only run when there are none."""
    return [
        *_unknown_names(library),
        *_clashes(library),
        *_same_spellings(library),
        *_same_samples(library),
        *_circles(library),
    ]


def shortcomings(library: Library) -> list[str]:
    """What guides lack that readers need, and what lint calls serious. The library must have no misfits."""
    lacking = [f"{guide.reference}: {lack}" for guide in library.guides.values() for lack in must_haves(guide)]
    return lacking + [f"{problem.key}: {problem.sentence}" for problem in library.linted if problem.serious]


def must_haves(guide: shapes.GuideDocument) -> Iterator[str]:
    """What a guide lacks that nobody should publish without: field and sentence. A retired guide lacks nothing."""
    if guide.retired:
        return
    has_signature = bool(guide.codes or guide.messages or guide.phrases)
    if guide.kind == "fork" and not has_signature:
        yield "messages: nothing leads to this fork; add an error code, a message or a phrase"
    elif not has_signature and len(guide.expects) < FEWEST_STATEMENTS:
        yield (
            "messages: nothing leads to this guide; add an error code, a message or a phrase, "
            f"or say what people would answer to {FEWEST_STATEMENTS} questions"
        )
    if guide.kind == "fix" and not guide.causes:
        yield "causes: say why it happens"
    if not guide.sources:
        yield "sources: say where the facts come from"
    if (guide.codes or guide.messages) and not any(sample.leads == "here" for sample in guide.samples):
        yield "samples: add an error text as people paste it, which must lead here"


def _unknown_names(library: Library) -> Iterator[str]:
    for guide in library.guides.values():
        name = guide.reference
        yield from _missing(name, "mitigations", (used.fix for used in guide.mitigations), library.mitigations)
        yield from _missing(name, "notices", guide.notices, library.notices)
        yield from _missing(name, "targets", guide.targets, library.guides)
        for used in guide.mitigations:
            yield from _unknown_choice(library, name, "mitigations", used.when)
        for question, words in guide.expects.items():
            for choice in words:
                yield from _unknown_choice(library, name, "expects", shapes.Condition(question=question, choice=choice))
    for guide in library.all_guides.values():
        if guide.retired and guide.retired.successor:
            yield from _missing(guide.reference, "retired", [guide.retired.successor], library.guides)
    for asked in library.questions.values():
        yield from _unknown_choice(library, asked.slug, "only_if", asked.only_if)


def _missing(owner: str, field: str, keys: Iterable[str], known: Mapping[str, object]) -> Iterator[str]:
    for key in keys:
        if key not in known:
            yield f"{owner}: {field}: there is no “{key}” that readers can see"


def _unknown_choice(library: Library, owner: str, field: str, condition: shapes.Condition | None) -> Iterator[str]:
    if condition is None:
        return
    question = library.questions.get(condition.question)
    if question is None:
        yield f"{owner}: {field}: there is no question “{condition.question}”"
    elif condition.choice not in {choice.slug for choice in question.choices}:
        choices = ", ".join(choice.slug for choice in question.choices)
        yield f"{owner}: {field}: “{condition.question}” has no choice “{condition.choice}”; it has {choices}"


def _clashes(library: Library) -> Iterator[str]:
    slugs: dict[str, str] = {}
    templates: dict[str, tuple[str, shapes.Message]] = {}
    codes: dict[str, tuple[str, shapes.Code]] = {}
    for guide in library.all_guides.values():
        for slug in (guide.slug, *guide.former_slugs):
            owner = slugs.setdefault(slug, guide.reference)
            if owner != guide.reference:
                yield f"{guide.reference}: slug: “{slug}” belongs to {owner} already"
        for message in guide.messages:
            first, known = templates.setdefault(message.key, (guide.reference, message))
            if known != message:
                yield f"{guide.reference}: messages: “{message.key}” reads otherwise in {first}; make both equal"
        for code in guide.codes:
            first, definition = codes.setdefault(code.token.lower(), (guide.reference, code))
            if definition != code:
                yield f"{guide.reference}: codes: {code.token} is described otherwise in {first}; make both equal"


def _same_spellings(library: Library) -> Iterator[str]:
    """Spellings that two different codes claim. What one code is called in two guides is looked at by `_clashes`."""
    owners: dict[str, str] = {}
    for guide in library.all_guides.values():
        for code in guide.codes:
            for spelling in (code.token, *code.aliases):
                owner = owners.setdefault(spelling.strip().lower(), code.token)
                if owner.lower() != code.token.lower():
                    yield f"{guide.reference}: codes: “{spelling}” of {code.token} already stands for {owner}"


def _same_samples(library: Library) -> Iterator[str]:
    owners: dict[str, str] = {}
    for guide in library.guides.values():
        for sample in guide.samples:
            if sample.leads != "here":
                continue
            owner = owners.setdefault(" ".join(sample.text.lower().split()), guide.reference)
            if owner != guide.reference:
                yield (
                    f"{guide.reference}: samples: “{sample.text.strip()[:80]}” is a sample of {owner} already; "
                    "a text can lead to one guide only"
                )


def _circles(library: Library) -> Iterator[str]:
    needs = {slug: asked.only_if.question for slug, asked in library.questions.items() if asked.only_if}
    for start in needs:
        seen, current = {start}, needs.get(start)
        while current is not None and current not in seen:
            seen.add(current)
            current = needs.get(current)
        if current == start:
            circle = ", ".join(sorted(seen))
            yield f"{start}: only_if: its condition leads in a circle back to itself; remove one of {circle}"


def samples(library: Library, guide: shapes.GuideDocument) -> Iterator[str]:
    """The samples of one guide that lead elsewhere than they must. The library must have no misfits."""
    for sample in guide.samples:
        owner = library.owner(sample.text)
        if (owner == guide.reference) == (sample.leads == "here"):
            continue
        where = f"{owner} ({library.guides[owner].title})" if owner else "no guide"
        rule = "must lead here" if sample.leads == "here" else "must not lead here"
        yield f"{guide.reference}: samples: “{sample.text.strip()[:80]}” {rule}, but leads to {where}"
