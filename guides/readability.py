"""How a guide reads: figures about its words and steps, from its documents."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import fmean

from .document import GuideDocument, MitigationDocument, NoticeDocument

MOST_WORDS_TO_FIRST_STEP = 110
MOST_WORDS_IN_CAUSE = 60
MOST_STEPS = 7
LONGEST_MEAN_SENTENCE = 15
"""Words."""
SOURCE_KEEPS = datetime.timedelta(days=365)
"""How long after somebody compared the guide with a source that is to be done again."""

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_CODE = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)
_SENTENCE = re.compile(r"(?<=[.!?:])\s+|\n\s*\n|\n\s*(?:[-*]|\d+\.)\s+")
_ENVIRONMENT = re.compile(r"\b(source|target) environment", re.IGNORECASE)


@dataclass(frozen=True)
class Figure:
    """One number about a guide, and how much of it is well."""

    name: str
    value: float
    most: float

    @property
    def is_too_much(self) -> bool:
        return self.value > self.most


def figures(
    guide: GuideDocument, mitigations: Sequence[MitigationDocument], notices: Iterable[NoticeDocument]
) -> list[Figure]:
    """The figures of a guide with its mitigations in the order of its page."""
    before = words_before_first_step(guide, mitigations, notices)
    return [
        Figure("Words before the first step", before, MOST_WORDS_TO_FIRST_STEP),
        Figure(
            "Words in the longest cause", max((words(row.text) for row in guide.causes), default=0), MOST_WORDS_IN_CAUSE
        ),
        Figure("Steps in the longest mitigation", max(map(actions, mitigations), default=0), MOST_STEPS),
        Figure("Words in a sentence, on average", mean_sentence(guide, mitigations), LONGEST_MEAN_SENTENCE),
    ]


def words_before_first_step(
    guide: GuideDocument, mitigations: Sequence[MitigationDocument], notices: Iterable[NoticeDocument]
) -> int:
    """How much people read on a page before they are told what to do first."""
    before = [guide.title, guide.meaning, guide.before]
    before += [text for notice in notices for text in (notice.title, notice.text)]
    before += [text for mitigation in mitigations[:1] for text in (mitigation.title, mitigation.intro)]
    return sum(map(words, before))


def mean_sentence(guide: GuideDocument, mitigations: Iterable[MitigationDocument]) -> float:
    """Words in a sentence of a guide's page on average."""
    texts = [guide.meaning, *(cause.text for cause in guide.causes), guide.before, guide.verification, guide.further]
    return sentence_length(texts + [text for row in mitigations for text in (row.intro, *(s.text for s in row.steps))])


def words(text: str) -> int:
    """How many words people read in a Markdown text."""
    return len(_WORD.findall(_LINK.sub(r"\1", text)))


def actions(mitigation: MitigationDocument) -> int:
    """How many numbers its list has: steps of which people do one count once."""
    return sum(1 for _ in groupby(mitigation.steps, key=lambda step: step.group or step.number))


def sentence_length(texts: Iterable[str]) -> float:
    """Words in a sentence on average, to one decimal; codes and empty sentences do not count."""
    sentences = (part for text in texts for part in _SENTENCE.split(_CODE.sub("code", text)))
    lengths = [length for length in map(words, sentences) if length]
    return round(fmean(lengths), 1) if lengths else 0.0


def old_sources(guide: GuideDocument, today: datetime.date) -> Iterator[str]:
    """Titles of the sources that nobody has compared the guide with for a year."""
    return (source.title for source in guide.sources if today - source.checked > SOURCE_KEEPS)


def wrong_places(mitigation: MitigationDocument) -> Iterator[tuple[str, str]]:
    """(reference of a step, environment it speaks of) where the step is marked for the other environment."""
    for step in mitigation.steps:
        named = {place.lower() for place in _ENVIRONMENT.findall(step.text)}
        if len(named) == 1 and step.where not in named and step.where != "either":
            yield f"{mitigation.reference}.{step.number}", named.pop()


def unclear_places(mitigation: MitigationDocument) -> Iterator[str]:
    """References of the steps marked for either environment between steps that are marked for one of them."""
    places = [step.where for step in mitigation.steps]
    named = [number for number, place in enumerate(places) if place != "either"]
    for number, step in enumerate(mitigation.steps):
        if named and named[0] < number < named[-1] and step.where == "either":
            yield f"{mitigation.reference}.{step.number}"
