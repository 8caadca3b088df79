"""What keeps documents from going live: lost names, clashes, circles, stolen samples, and what guides must have.

Every sentence begins with the field that it is about.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from troubleshooter.diagnosis.lint import Problem
from troubleshooter.diagnosis.statements import FEWEST_STATEMENTS

from . import document as shapes
from .defects import DocumentDefect
from .library import Library


def problems(library: Library) -> list[Problem]:
    """Everything that keeps these documents from going live together; empty when all is well."""
    return misfits(library) or [problem for guide in library.guides.values() for problem in samples(library, guide)]


def misfits(library: Library) -> list[Problem]:
    """Names that lead nowhere, clashes and circles. Samples can only run when there are none."""
    return [
        *_unknown_names(library),
        *_clashes(library),
        *_same_spellings(library),
        *_same_samples(library),
        *_circles(library),
    ]


def shortcomings(library: Library) -> list[Problem]:
    """What guides lack that readers need, and what lint calls serious. The library must have no misfits."""
    lacking = [lack for guide in library.guides.values() for lack in must_haves(guide)]
    return lacking + [problem for problem in library.linted if problem.serious]


def must_haves(guide: shapes.GuideDocument) -> Iterator[Problem]:
    """What a guide lacks that nobody should publish without. A retired guide lacks nothing."""
    if guide.retired:
        return
    name = guide.reference
    has_signature = bool(guide.codes or guide.messages or guide.phrases)
    if guide.kind == "fork" and not has_signature:
        lack = "nothing leads to this fork; add an error code, a message or a phrase"
        yield _problem(DocumentDefect.NOTHING_LEADS_HERE, name, "messages", lack)
    elif not has_signature and len(guide.expects) < FEWEST_STATEMENTS:
        lack = (
            "nothing leads to this guide; add an error code, a message or a phrase, "
            f"or say what people would answer to {FEWEST_STATEMENTS} questions"
        )
        yield _problem(DocumentDefect.NOTHING_LEADS_HERE, name, "messages", lack)
    if guide.kind == "fix" and not guide.causes:
        yield _problem(DocumentDefect.NO_CAUSE, name, "causes", "say why it happens")
    if not guide.sources:
        yield _problem(DocumentDefect.NO_SOURCE, name, "sources", "say where the facts come from")
    if (guide.codes or guide.messages) and not any(sample.leads == "here" for sample in guide.samples):
        lack = "add an error text as people paste it, which must lead here"
        yield _problem(DocumentDefect.NO_SAMPLE, name, "samples", lack)


def _problem(kind: DocumentDefect, key: str, field: str, sentence: str) -> Problem:
    return Problem(kind, key, f"{field}: {sentence}", serious=True, field=field)


def _unknown_names(library: Library) -> Iterator[Problem]:
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


def _missing(owner: str, field: str, keys: Iterable[str], known: Mapping[str, object]) -> Iterator[Problem]:
    for key in keys:
        if key not in known:
            yield _problem(DocumentDefect.UNKNOWN_NAME, owner, field, f"there is no “{key}” that readers can see")


def _unknown_choice(library: Library, owner: str, field: str, condition: shapes.Condition | None) -> Iterator[Problem]:
    if condition is None:
        return
    question = library.questions.get(condition.question)
    if question is None:
        yield _problem(DocumentDefect.UNKNOWN_NAME, owner, field, f"there is no question “{condition.question}”")
    elif condition.choice not in {choice.slug for choice in question.choices}:
        choices = ", ".join(choice.slug for choice in question.choices)
        lack = f"“{condition.question}” has no choice “{condition.choice}”; it has {choices}"
        yield _problem(DocumentDefect.UNKNOWN_NAME, owner, field, lack)


def _clashes(library: Library) -> Iterator[Problem]:
    slugs: dict[str, str] = {}
    templates: dict[str, tuple[str, shapes.Message]] = {}
    codes: dict[str, tuple[str, shapes.Code]] = {}
    for guide in library.all_guides.values():
        for slug in (guide.slug, *guide.former_slugs):
            owner = slugs.setdefault(slug, guide.reference)
            if owner != guide.reference:
                clash = f"“{slug}” belongs to {owner} already"
                yield _problem(DocumentDefect.SAME_ADDRESS, guide.reference, "slug", clash)
        for message in guide.messages:
            first, known = templates.setdefault(message.key, (guide.reference, message))
            if known != message:
                clash = f"“{message.key}” reads otherwise in {first}; make both equal"
                yield _problem(DocumentDefect.TOLD_DIFFERENTLY, guide.reference, "messages", clash)
        for code in guide.codes:
            first, definition = codes.setdefault(code.token.lower(), (guide.reference, code))
            if definition != code:
                clash = f"{code.token} is described otherwise in {first}; make both equal"
                yield _problem(DocumentDefect.TOLD_DIFFERENTLY, guide.reference, "codes", clash)


def _same_spellings(library: Library) -> Iterator[Problem]:
    """Spellings that two different codes claim. What one code is called in two guides is looked at by `_clashes`."""
    owners: dict[str, str] = {}
    for guide in library.all_guides.values():
        for code in guide.codes:
            for spelling in (code.token, *code.aliases):
                owner = owners.setdefault(spelling.strip().lower(), code.token)
                if owner.lower() != code.token.lower():
                    clash = f"“{spelling}” of {code.token} already stands for {owner}"
                    yield _problem(DocumentDefect.SAME_SPELLING, guide.reference, "codes", clash)


def _same_samples(library: Library) -> Iterator[Problem]:
    owners: dict[str, str] = {}
    for guide in library.guides.values():
        for sample in guide.samples:
            if sample.leads != "here":
                continue
            owner = owners.setdefault(" ".join(sample.text.lower().split()), guide.reference)
            if owner != guide.reference:
                clash = (
                    f"“{sample.text.strip()[:80]}” is a sample of {owner} already; a text can lead to one guide only"
                )
                yield _problem(DocumentDefect.SAME_SAMPLE, guide.reference, "samples", clash)


def _circles(library: Library) -> Iterator[Problem]:
    needs = {slug: asked.only_if.question for slug, asked in library.questions.items() if asked.only_if}
    for start in needs:
        seen, current = {start}, needs.get(start)
        while current is not None and current not in seen:
            seen.add(current)
            current = needs.get(current)
        if current == start:
            circle = ", ".join(sorted(seen))
            lack = f"its condition leads in a circle back to itself; remove one of {circle}"
            yield _problem(DocumentDefect.CIRCLE, start, "only_if", lack)


def samples(library: Library, guide: shapes.GuideDocument) -> Iterator[Problem]:
    """The samples of one guide that lead elsewhere than they must. The library must have no misfits."""
    for sample in guide.samples:
        owner = library.owner(sample.text)
        if (owner == guide.reference) == (sample.leads == "here"):
            continue
        where = f"{owner} ({library.guides[owner].title})" if owner else "no guide"
        rule = "must lead here" if sample.leads == "here" else "must not lead here"
        told = f"“{sample.text.strip()[:80]}” {rule}, but leads to {where}"
        yield _problem(DocumentDefect.LOST_SAMPLE, guide.reference, "samples", told)
