"""What is wrong with a library of documents, in sentences: lost names, clashes, circles, stolen samples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from . import document as shapes
from .library import Library


def problems(library: Library) -> list[str]:
    """Everything that keeps these documents from going live together; empty when all is well."""
    return misfits(library) or [problem for guide in library.guides.values() for problem in samples(library, guide)]


def misfits(library: Library) -> list[str]:
    """Names that lead nowhere, clashes and circles. Samples can only run when there are none."""
    return [*_unknown_names(library), *_clashes(library), *_circles(library)]


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
        claimed = library.claimed(sample.text)
        leads_here = claimed is not None and claimed.reference == guide.reference
        if leads_here == (sample.leads == "here"):
            continue
        where = "no guide" if claimed is None else f"{claimed.reference} ({claimed.title})"
        rule = "must lead here" if sample.leads == "here" else "must not lead here"
        yield f"{guide.reference}: samples: “{sample.text.strip()[:80]}” {rule}, but leads to {where}"
