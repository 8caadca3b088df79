"""Words in, guides and questions out: a small weighted word index, built once per content version and process."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice

from guides.document import GuideDocument, QuestionDocument
from guides.knowledge import Knowledge

MAX_RESULTS = 20
MOST_MENDED = 5
"""Unknown words of a query that are compared with all known ones, which is what takes time."""
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_CAMEL = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_ENDING = re.compile(r"(ing|ed|es|s)$")
_MARKDOWN = re.compile(r"\[([^\]]*)\]\([^)]*\)|[*`#>|]|^\s*(?:-|\d+\.)\s+", re.MULTILINE)
_SENTENCE = re.compile(r"(?<=[.!?:])\s+|\n+")
_IDLE = re.compile(
    "a|an|and|are|as|at|be|by|can|do|does|for|from|had|has|have|how|i|if|in|is|it|its|my|not|of|on|or|that|the|then|"
    "there|this|to|was|what|when|which|who|why|will|with|you|your"
)
"""Words that say nothing about what somebody is looking for."""
_PREFIX_COUNTS = 0.5
"""The least that a word counts which only begins with the one typed; one that lacks a letter or two counts more."""
_CLOSE = 0.7
"""How alike a mistyped word and the known one must be, from 0 to 1."""
_WORTH_SHOWING = 0.3
"""The share of the best score below which a result is noise."""


@dataclass(frozen=True)
class Entry:
    """One thing that can be found. `fields` are (text, weight); `sentences` are what a result may quote."""

    thing: GuideDocument | QuestionDocument
    fields: tuple[tuple[str, float], ...]
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Found:
    """A guide that holds the words, and the sentence of it that holds most of them."""

    guide: GuideDocument
    sentence: str


@dataclass(frozen=True)
class Results:
    guides: tuple[Found, ...]
    questions: tuple[QuestionDocument, ...]
    read_as: str
    """The query with unknown words replaced by the known ones that were looked for instead; "" where none was."""


class Index:
    """The words of all entries. Entries come in curator order, which breaks ties."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = tuple(entries)
        self.spellings: dict[str, set[str]] = {}
        self.weights: dict[str, dict[int, float]] = {}
        for number, entry in enumerate(self.entries):
            for text, weight in entry.fields:
                for word in set(_words(text)):
                    self.spellings.setdefault(word[0], set()).add(word)
                    weights = self.weights.setdefault(_stem(word), {})
                    weights[number] = max(weights.get(number, 0.0), weight)
        self.vocabulary = sorted(self.weights)

    def search(self, query: str) -> Results:
        """The entries that hold words of a query, best first. The query may be any text."""
        read_as = self._mended(query)
        words = list(dict.fromkeys(_words(read_as)))
        stems = [_stem(word) for word in words if not _IDLE.fullmatch(word)] or [_stem(word) for word in words]
        scores: dict[int, float] = {}
        for stem in stems:
            for number, score in self._scores(stem).items():
                scores[number] = scores.get(number, 0.0) + score
        least = max(scores.values(), default=0.0) * _WORTH_SHOWING
        best = sorted((-round(score, 6), number) for number, score in scores.items() if score >= least)[:MAX_RESULTS]
        entries = [self.entries[number] for _, number in best]
        return Results(
            guides=tuple(
                Found(entry.thing, _quote(entry, stems)) for entry in entries if isinstance(entry.thing, GuideDocument)
            ),
            questions=tuple(entry.thing for entry in entries if isinstance(entry.thing, QuestionDocument)),
            read_as="" if read_as == query else read_as,
        )

    def _scores(self, stem: str) -> dict[int, float]:
        """What one word is worth per entry: rarer words more, words that only begin with it less."""
        scores: dict[int, float] = {}
        for known in self._beginning_with(stem):
            share = 1.0 if known == stem else max(_PREFIX_COUNTS, len(stem) / len(known))
            rarity = math.log(1 + len(self.entries) / len(self.weights[known]))
            for number, weight in self.weights[known].items():
                scores[number] = max(scores.get(number, 0.0), share * rarity * weight)
        return scores

    def _beginning_with(self, stem: str) -> Iterator[str]:
        for known in self.vocabulary[bisect_left(self.vocabulary, stem) :]:
            if known != stem and (len(stem) < 3 or not known.startswith(stem)):
                return
            yield known

    def _mended(self, query: str) -> str:
        """The query with each unknown word replaced by the closest known one, where one is close."""
        mended = query
        words = (word for word in dict.fromkeys(_words(query)) if not _IDLE.fullmatch(word))
        unknown = (word for word in words if not any(self._beginning_with(_stem(word))))
        for word in islice(unknown, MOST_MENDED):
            if near := self._closest(word):
                mended = re.sub(rf"\b{re.escape(word)}\b", near, mended, flags=re.IGNORECASE)
        return mended

    def _closest(self, word: str) -> str:
        """The known word that somebody meant to type. People hit its first letter, at worst as the second one."""
        likely = sorted(set().union(*(self.spellings.get(letter, ()) for letter in word[:2])))
        same_letters = [known for known in likely if len(known) == len(word) and sorted(known) == sorted(word)]
        return next(iter(same_letters or get_close_matches(word, likely, n=1, cutoff=_CLOSE)), "")


def entries_of(known: Knowledge) -> Iterator[Entry]:
    """Everything of the live knowledge that can be found by its words."""
    for live in known.guides.values():
        yield _guide_entry(live.document, known)
    for question in known.questions.values():
        document = question.document
        choices = " ".join(choice.text for choice in document.choices)
        yield Entry(document, ((document.text, 3.0), (document.hint, 1.0), (choices, 2.0)), ())


def _guide_entry(guide: GuideDocument, known: Knowledge) -> Entry:
    mitigations = [known.mitigations[used.fix].document for used in guide.mitigations if used.fix in known.mitigations]
    steps = [step.text for mitigation in mitigations for step in mitigation.steps]
    prose = [
        guide.meaning,
        *(text for cause in guide.causes for text in (cause.title, cause.text)),
        guide.before,
        *steps,
        guide.verification,
        guide.further,
    ]
    messages = [message.text for message in guide.messages]
    codes = [form for code in guide.codes for form in (code.token, *code.aliases, code.meaning)]
    fields = (
        (" ".join(codes), 5.0),
        (guide.title, 4.0),
        (" ".join([guide.meaning, *guide.phrases]), 3.0),
        (" ".join([*messages, *(mitigation.title for mitigation in mitigations)]), 2.0),
        (plain(" ".join(prose)), 1.0),
    )
    quotable = [sentence for text in [*prose, *guide.phrases] for sentence in _SENTENCE.split(plain(text))]
    return Entry(guide, fields, tuple(sentence.strip() for sentence in [*quotable, *messages] if sentence.strip()))


def _words(text: str) -> Iterator[str]:
    """The words of a text in lower case; of a name in camel case also its parts."""
    for word in _WORD.findall(text):
        yield word.casefold()
        if word.isalpha() and word.islower():
            continue
        parts = _CAMEL.findall(word)
        if len(parts) > 1:
            yield from (part.casefold() for part in parts)


def _stem(word: str) -> str:
    return _ENDING.sub("", word) if len(word) > 4 else word


def plain(markdown: str) -> str:
    """Markdown as words, without its signs."""
    return _MARKDOWN.sub(r"\1", markdown)


def _quote(entry: Entry, stems: list[str]) -> str:
    """The first sentence with the most of the words; the meaning of the guide where no sentence has any."""
    beginnings = "|".join(re.escape(stem) for stem in sorted(stems, key=len, reverse=True))
    words = re.compile(rf"(?<![^\W_])(?:{beginnings})")
    return max(entry.sentences, key=lambda sentence: len(set(words.findall(sentence.casefold()))), default="")


_latest: tuple[Knowledge, Index] | None = None


def index(known: Knowledge) -> Index:
    """The index of some knowledge; kept for as long as that knowledge is the current one."""
    global _latest
    kept = _latest
    if kept is None or kept[0] is not known:
        kept = _latest = (known, Index(entries_of(known)))
    return kept[1]
