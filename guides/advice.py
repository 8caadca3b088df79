"""What is worth mending in one document, and keeps nobody from publishing it: its links, words, steps and sources."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from troubleshooter.diagnosis.lint import Problem

from . import links, publishing, readability
from .defects import DocumentDefect
from .document import Document, GuideDocument, MitigationDocument, NoticeDocument
from .field_names import name_of
from .library import Library


def of_documents(library: Library, documents: Iterable[Document], today: datetime.date) -> Iterator[Problem]:
    """What to mend in these documents of a library. Nothing is asked of a retired guide."""
    used = {place for guide in library.guides.values() for place in _shown_by(guide)}
    for document in documents:
        if isinstance(document, GuideDocument):
            if document.retired:
                continue
            yield from _of_guide(document, library, today)
        elif isinstance(document, MitigationDocument):
            yield from _of_steps(document)
        if isinstance(document, MitigationDocument | NoticeDocument) and (document.KIND, document.key) not in used:
            yield _unused(document)
        yield from _of_links(document, library)


def of_codes(tokens: Iterable[str], library: Library) -> Iterator[Problem]:
    """Those of the codes in the list of this installation that no guide of the library names."""
    named = {code.token for guide in library.guides.values() for code in guide.codes}
    for token in tokens:
        if token not in named:
            sentence = f"No guide names the code “{token}”. Write one, or take the code from the list."
            yield Problem(DocumentDefect.CODE_WITHOUT_GUIDE, token, sentence)


def _shown_by(guide: GuideDocument) -> Iterator[tuple[str, str]]:
    yield from (("mitigation", use.fix) for use in guide.mitigations)
    yield from (("notice", slug) for slug in guide.notices)


def _unused(document: MitigationDocument | NoticeDocument) -> Problem:
    is_fix = isinstance(document, MitigationDocument)
    kind = DocumentDefect.UNUSED_MITIGATION if is_fix else DocumentDefect.UNUSED_NOTICE
    sentence = f"No guide shows “{document.title}”. Name it in a guide, or take it away from readers."
    return Problem(kind, document.key, sentence)


def _of_guide(guide: GuideDocument, library: Library, today: datetime.date) -> Iterator[Problem]:
    name = guide.reference
    for cause in guide.causes:
        if readability.words(cause.text) > readability.MOST_WORDS_IN_CAUSE:
            sentence = (
                f"The cause “{cause.title or cause.key}” has {readability.words(cause.text)} words. Sixty are enough."
            )
            yield Problem(DocumentDefect.LONG_CAUSE, name, sentence, field="causes")
    yield from _of_reading(guide, library)
    for title in readability.old_sources(guide, today):
        sentence = f"Nobody has looked at the source “{title}” for a year. Check it again."
        yield Problem(DocumentDefect.OLD_SOURCE, name, sentence, field="sources")
    named = {cause.source for cause in guide.causes}
    sources = [source for source in guide.sources if source.url and source.key in named]
    if sources and not any(source.dated for source in sources):
        sentence = (
            f"No source of a cause has a date of its own, “{sources[0].title}” neither. "
            "Write the date that stands on its page, so that others see how old the facts are."
        )
        yield Problem(DocumentDefect.UNDATED_SOURCE, name, sentence, field="sources")


def _of_reading(guide: GuideDocument, library: Library) -> Iterator[Problem]:
    mitigations = [library.mitigations[use.fix] for use in guide.mitigations if use.fix in library.mitigations]
    notices = [library.notices[slug] for slug in guide.notices if slug in library.notices]
    before = readability.words_before_first_step(guide, mitigations, notices)
    if before > readability.MOST_WORDS_TO_FIRST_STEP:
        sentence = (
            f"People read {before} words before the first step. {readability.MOST_WORDS_TO_FIRST_STEP} are enough: "
            "move the rest below the steps."
        )
        yield Problem(DocumentDefect.LATE_FIRST_STEP, guide.reference, sentence, field="before")
    length = readability.mean_sentence(guide, mitigations)
    if length > readability.LONGEST_MEAN_SENTENCE:
        sentence = (
            f"A sentence has {length:g} words on average. {readability.LONGEST_MEAN_SENTENCE} are enough: "
            "make two of the longest ones."
        )
        yield Problem(DocumentDefect.LONG_SENTENCES, guide.reference, sentence)


def _of_steps(mitigation: MitigationDocument) -> Iterator[Problem]:
    count = readability.actions(mitigation)
    if count > readability.MOST_STEPS:
        sentence = f"{mitigation.reference} has {count} steps. Seven are enough; split it or leave some out."
        yield Problem(DocumentDefect.MANY_STEPS, mitigation.reference, sentence, field="steps")
    for step, place in readability.wrong_places(mitigation):
        sentence = f"Step {step} speaks of the {place} environment, but is marked for the other."
        yield Problem(DocumentDefect.WRONG_PLACE, mitigation.reference, sentence, field="steps")
    for step in readability.unclear_places(mitigation):
        sentence = f"Step {step} stands between steps that name their environment. Say which one it belongs to."
        yield Problem(DocumentDefect.UNCLEAR_PLACE, mitigation.reference, sentence, field="steps")


def _of_links(document: Document, library: Library) -> Iterator[Problem]:
    for place, text in publishing.texts(document).items():
        part, _, number = place.partition(".")
        field = {"cause": "causes", "step": "steps"}.get(part, part)
        where = f"step {document.key}.{number}" if part == "step" else f"“{name_of(type(document), field)}”"
        for target in links.malformed(text):
            sentence = f"The link “{target}” in {where} cannot be opened. Write https:// and the whole address."
            yield Problem(DocumentDefect.MALFORMED_LINK, document.key, sentence, field=field)
        for target in links.dead(text, library):
            sentence = f"“{target}” in {where} leads nowhere. Name what readers can see now, or remove it."
            yield Problem(DocumentDefect.DEAD_LINK, document.key, sentence, field=field)
    for source in document.sources if isinstance(document, GuideDocument) else ():
        if source.url and not links.is_web_address(source.url):
            sentence = f"The address “{source.url}” cannot be opened. Write https:// and the whole address."
            yield Problem(DocumentDefect.MALFORMED_LINK, document.key, sentence, field="sources")
