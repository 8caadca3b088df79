"""Words in, guides and questions out: a small weighted word index, built once per content version and process."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property, lru_cache
from itertools import chain, islice

from guides.document import GuideDocument, QuestionDocument
from guides.knowledge import Knowledge
from troubleshooter.diagnosis.text.words import WordIndex

MAX_RESULTS = 20
MOST_MENDED = 5
"""Unknown words of a query that are compared with all known ones, which is what takes time."""
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_CAMEL = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_ENDING = re.compile(r"(ing|ed|es|s)$")
_MARKDOWN = re.compile(r"\[([^\]]*)\]\([^)]*\)|[*`#>|]|^\s*(?:-|\d+\.)\s+", re.MULTILINE)
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_SENTENCE = re.compile(r"(?<=[.!?:])\s+|\n+")
_IDLE = re.compile(
    "a|an|and|are|as|at|be|by|can|do|does|for|from|had|has|have|how|i|if|in|is|it|its|my|not|of|on|or|that|the|then|"
    "there|this|to|was|what|when|which|who|why|will|with|you|your"
)
"""Words that say nothing about what somebody is looking for."""
_PREFIX_COUNTS = 0.5
"""The least that a word counts which only begins with the one typed; one that lacks a letter or two counts more."""
_LEAST_BEGINNING = 3
"""Letters from which a typed word may be the beginning of a known one."""
_CLOSE = 0.7
"""How alike a mistyped word and the known one must be, from 0 to 1."""
_WORTH_SHOWING = 0.3
"""The share of the best score below which a result is noise."""


@dataclass(frozen=True, eq=False)
class Entry:
    """One thing that can be found. `fields` are (texts, weight); `sayings` are the texts that a result may quote."""

    thing: GuideDocument | QuestionDocument
    fields: tuple[tuple[Iterable[str], float], ...]
    sayings: tuple[Iterable[str], Iterable[str]] = ((), ())
    """Texts in Markdown, and texts that are quoted as they are."""

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        written, verbatim = self.sayings
        sentences = [sentence for text in written for sentence in _SENTENCE.split(plain(text))]
        return tuple(sentence.strip() for sentence in [*sentences, *verbatim] if sentence.strip())

    def words(self) -> dict[str, float]:
        """The words of all fields, each with the weight of the best field that holds it."""
        words: dict[str, float] = {}
        for texts, weight in sorted(self.fields, key=lambda field: field[1]):
            words |= dict.fromkeys(chain.from_iterable(map(_words_of, texts)), weight)
        return words


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
        self._known: set[str] = set()
        self._index = WordIndex(map(self._stems, self.entries))

    def _stems(self, entry: Entry) -> dict[str, float]:
        words = entry.words()
        self._known |= words.keys()
        stems: dict[str, float] = {}
        for word, weight in words.items():
            stem = _stem(word)
            if weight > stems.get(stem, 0.0):
                stems[stem] = weight
        return stems

    def search(self, query: str) -> Results:
        """The entries that hold words of a query, best first. The query may be any text."""
        read_as = self._mended(query)
        words = list(dict.fromkeys(_words(read_as)))
        stems = [_stem(word) for word in words if not _IDLE.fullmatch(word)] or [_stem(word) for word in words]
        scores = self._index.scores(self._forms(stem) for stem in stems)
        entries = [self.entries[number] for number in self._index.best(scores, MAX_RESULTS, _WORTH_SHOWING)]
        return Results(
            guides=tuple(
                Found(entry.thing, _quote(entry, stems)) for entry in entries if isinstance(entry.thing, GuideDocument)
            ),
            questions=tuple(entry.thing for entry in entries if isinstance(entry.thing, QuestionDocument)),
            read_as="" if read_as == query else read_as,
        )

    def _forms(self, stem: str) -> dict[str, float]:
        """The known words that a stem may stand for, with their shares: words that only begin with it count less."""
        known = self._index.beginning_with(stem) if len(stem) >= _LEAST_BEGINNING else [stem]
        return {word: 1.0 if word == stem else max(_PREFIX_COUNTS, len(stem) / len(word)) for word in known}

    def _is_known(self, word: str) -> bool:
        stem = _stem(word)
        return stem in self._index or (len(stem) >= _LEAST_BEGINNING and any(self._index.beginning_with(stem)))

    def _mended(self, query: str) -> str:
        """The query with each unknown word replaced by the closest known one, where one is close."""
        mended = query
        words = (word for word in dict.fromkeys(_words(query)) if not _IDLE.fullmatch(word))
        unknown = (word for word in words if not self._is_known(word))
        for word in islice(unknown, MOST_MENDED):
            if near := self._closest(word):
                mended = re.sub(rf"\b{re.escape(word)}\b", near, mended, flags=re.IGNORECASE)
        return mended

    @cached_property
    def _spellings(self) -> dict[str, list[str]]:
        """The known words by their first letter, sorted."""
        spellings: dict[str, list[str]] = {}
        for word in sorted(self._known):
            spellings.setdefault(word[0], []).append(word)
        return spellings

    def _closest(self, word: str) -> str:
        """The known word that somebody meant to type. People hit its first letter, at worst as the second one."""
        likely = [known for letter in sorted(set(word[:2])) for known in self._spellings.get(letter, ())]
        same_letters = [known for known in likely if len(known) == len(word) and sorted(known) == sorted(word)]
        if same_letters:
            return same_letters[0]
        letters = set(word)
        near = [known for known in likely if len(letters.difference(known)) <= _most_odd(word, known)]
        return next(iter(get_close_matches(word, near, n=1, cutoff=_CLOSE)), "")


def _most_odd(word: str, known: str) -> float:
    """Letters of a word that a known one may lack where both are alike enough."""
    return len(word) - _CLOSE * (len(word) + len(known)) / 2


def entries_of(known: Knowledge) -> Iterator[Entry]:
    """Everything of the live knowledge that can be found by its words."""
    for live in known.guides.values():
        yield _guide_entry(live.document, known)
    for question in known.questions.values():
        document = question.document
        choices = [choice.text for choice in document.choices]
        yield Entry(document, (([document.text], 3.0), ([document.hint], 1.0), (choices, 2.0)))


def _guide_entry(guide: GuideDocument, known: Knowledge) -> Entry:
    mitigations = [known.mitigations[used.fix].document for used in guide.mitigations if used.fix in known.mitigations]
    prose = [
        guide.meaning,
        *(text for cause in guide.causes for text in (cause.title, cause.text)),
        guide.before,
        *(step.text for mitigation in mitigations for step in mitigation.steps),
        guide.verification,
        guide.further,
    ]
    messages = [message.text for message in guide.messages]
    codes = [form for code in guide.codes for form in (code.token, *code.aliases, code.meaning)]
    fields = (
        (codes, 5.0),
        ([guide.title], 4.0),
        ([guide.meaning, *guide.phrases], 3.0),
        ([*messages, *(mitigation.title for mitigation in mitigations)], 2.0),
        (prose, 1.0),
    )
    return Entry(guide, fields, ([*prose, *guide.phrases], messages))


def _words(text: str) -> Iterator[str]:
    """The words of a text in lower case; of a name in camel case also its parts."""
    return chain.from_iterable(map(_forms_of, _WORD.findall(text)))


@lru_cache(maxsize=8192)
def _words_of(markdown: str) -> frozenset[str]:
    """The words of one text of a document; kept, since the next content version has nearly all the same texts."""
    return frozenset(_words(_LINK.sub(r"\1", markdown) if "](" in markdown else markdown))


@lru_cache(maxsize=32768)
def _forms_of(word: str) -> tuple[str, ...]:
    parts = () if word.isalpha() and word.islower() else _CAMEL.findall(word)
    return (word.casefold(), *(part.casefold() for part in parts)) if len(parts) > 1 else (word.casefold(),)


@lru_cache(maxsize=32768)
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
