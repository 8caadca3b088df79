"""Find the error messages that guides quote, whatever stands in the place of their placeholders."""

from __future__ import annotations

import heapq
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from troubleshooter.diagnosis.model import Fact, Kind, Message, Model
from troubleshooter.diagnosis.text.hits import Hit
from troubleshooter.diagnosis.text.normalise import Plain, folded, has_no_spaces, squeezed, words_of

SIZE = 3
"""Words of a shingle, the piece by which a message is recognised."""
SHORT = 7
"""A message of fewer words is only recognised as a sentence of its own."""
SENTENCE = 12
"""Shingles of a sentence that says enough to be quoted alone."""
FAR = 120
"""Words between two pieces that can still belong to one message."""
MOST_SHARING = 40
"""A shingle that more messages share does not lead to them; it only counts beside one that does."""
MOST_PLACES = 30
"""Places of one shingle that are looked at; more only occur in texts made to be slow."""
MOST_CANDIDATES = 40
"""Messages that are looked at closely: those of which most was found."""

LEAST_HALF = 7
"""Characters of an essential part without spaces of which one half is enough."""

PLACEHOLDER = re.compile(r"<[^<>]*>")
"""What stands in a message for the words that vary."""
_SENTENCES = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
_SENTENCE_END = re.compile(
    r"[ \n]*(?:$|[\n.,;:!?\"'`)}\]*<(/|-]|(?:when|whenever|if|while|after|every|each|and|but|on|in|for|since|error|"
    r"message|as|at|because|with|is|was|appears|comes|again|always|now|or|wenn|bei|quand|cuando)\b)"
)
_CUT_BEFORE = re.compile(r"(?:^|\n|\.\.)[ \n\"'`()\[\]{}]*(?:[^\W_]+[ \n\"'`()\[\]{}]*)?$")
_CUT_AFTER = re.compile(r"[ \"'`()\[\]{}]*(?:[^\W_]+[ \"'`()\[\]{}]*)?(?:$|\n|\.\.)")
"""Where a message may begin or end before it is complete: at a line's end, or where people mark with dots that they
left something out. The word beside it may be cut, too."""

Shingle = tuple[str, ...]


@dataclass(frozen=True)
class _Template:
    message: Message
    shingles: tuple[Shingle, ...]
    sentences: tuple[range, ...]
    """Places of the shingles of each sentence that says enough alone."""
    essential: tuple[str, ...]
    """Squeezed and in lower case."""
    words: int


class TemplateIndex:
    """The messages of a model, by the pieces of three words they are made of."""

    def __init__(self, model: Model) -> None:
        messages = {message.key: message for guide in reversed(model.guides) for message in guide.messages}
        ordered = {message.key: messages[message.key] for guide in model.guides for message in guide.messages}
        self._templates = [_template(message) for message in ordered.values()]
        guides = message_guides(model)
        sharing: dict[Shingle, dict[int, frozenset[str]]] = {}
        for number, template in enumerate(self._templates):
            for shingle in template.shingles:
                sharing.setdefault(shingle, {})[number] = guides[template.message.key]
        self._weights = {shingle: 1.0 / len(set(shared.values())) for shingle, shared in sharing.items()}
        leading = {shingle for shingle, shared in sharing.items() if len(shared) <= MOST_SHARING}
        leading |= {max(template.shingles, key=self._weight) for template in self._templates if template.shingles}
        self._leading_to = {shingle: tuple(sharing[shingle]) for shingle in leading}
        self._sizes = sorted({len(shingle) for shingle in self._weights})

    def words(self) -> Iterator[str]:
        """The words of all messages, as often as they occur."""
        for template in self._templates:
            yield from chain(*template.shingles, *map(words_of, template.message.essential))

    def find(self, plain: Plain) -> list[Hit]:
        """The messages of which a part stands in the text, best first; `weight` is the share found (0 to 1)."""
        places = self._places(plain)
        found: dict[int, float] = {}
        for shingle in places:
            for number in self._leading_to.get(shingle, ()):
                found[number] = found.get(number, 0.0) + self._weights[shingle]
        likely = heapq.nsmallest(MOST_CANDIDATES, found, key=lambda number: (-round(found[number], 9), number))
        hits = [hit for number in sorted(likely) if (hit := self._hit(plain, self._templates[number], places))]
        return sorted(hits, key=lambda hit: -round(hit.weight, 9))

    def _places(self, plain: Plain) -> Mapping[Shingle, list[int]]:
        """Where the shingles of messages stand in the text, by their first word."""
        texts, weights = plain.texts, self._weights
        places: dict[Shingle, list[int]] = {}
        for size in self._sizes:
            shingles = zip(*(texts[first:] for first in range(size)), strict=False)
            for start, shingle in enumerate(shingles):
                if shingle in weights:
                    places.setdefault(shingle, []).append(start)
        return places

    def _hit(self, plain: Plain, template: _Template, places: Mapping[Shingle, list[int]]) -> Hit | None:
        if not all(_holds(plain.squeezed, essential) for essential in template.essential):
            return None
        found = sorted(
            (start, place, len(shingle))
            for place, shingle in enumerate(template.shingles)
            for start in places.get(shingle, ())[:MOST_PLACES]
        )
        cluster = max(_clusters(found), key=lambda cluster: len({place for _, place, _ in cluster}))
        start = plain.words[cluster[0][0]].start
        end = plain.words[max(start + size for start, _, size in cluster) - 1].end
        if template.words < SHORT and not _SENTENCE_END.match(plain.lower, end):
            return None
        seen = {place for _, place, _ in cluster}
        cut_before = len(seen) > SIZE and _CUT_BEFORE.search(plain.lower[max(0, start - 40) : start])
        cut_after = len(seen) > SIZE and _CUT_AFTER.match(
            plain.lower[end : end + 40] + "\n" * (end + 40 >= len(plain.lower))
        )
        wanted = range(min(seen) if cut_before else 0, max(seen) + 1 if cut_after else len(template.shingles))
        size = self._size(template, seen)
        share = max(
            self._size(template, seen.intersection(part)) / self._size(template, part)
            for part in (wanted, *template.sentences)
        )
        return Hit(Fact(Kind.MESSAGE, template.message.key), start, end, plain.depth(start), share, size)

    def _size(self, template: _Template, places: Iterable[int]) -> float:
        return math.fsum(self._weights[template.shingles[place]] for place in places)

    def _weight(self, shingle: Shingle) -> float:
        return self._weights[shingle]


def _holds(text: str, essential: str) -> bool:
    """Whether an essential part stands in a text; of one written without spaces, a half, since there a slip of the
    keyboard cannot be told from another word."""
    if essential in text:
        return True
    half = len(essential) // 2
    return half >= LEAST_HALF and has_no_spaces(essential) and (essential[:half] in text or essential[half:] in text)


def _clusters(places: list[tuple[int, int, int]]) -> Iterator[list[tuple[int, int, int]]]:
    cluster: list[tuple[int, int, int]] = []
    for place in places:
        if cluster and place[0] - cluster[-1][0] > FAR:
            yield cluster
            cluster = []
        cluster.append(place)
    yield cluster


def _template(message: Message) -> _Template:
    """In `shingles` each piece counts once, at its first place."""
    places: dict[Shingle, int] = {}
    sentences, words = [], 0
    for sentence in _SENTENCES.split(message.template):
        parts = [words_of(part) for part in PLACEHOLDER.split(sentence)]
        words += sum(map(len, parts))
        first = len(places)
        for part in parts:
            for start in range(len(part) - SIZE + 1):
                places.setdefault(part[start : start + SIZE], len(places))
        if len(places) - first >= SENTENCE:
            sentences.append(range(first, len(places)))
    if not places:
        places = dict.fromkeys((words_of(part) for part in PLACEHOLDER.split(message.template) if words_of(part)), 0)
    essential = tuple(squeezed(folded(essential).lower()) for essential in message.essential)
    return _Template(message, tuple(places), tuple(sentences), essential, words)


def message_guides(model: Model) -> Mapping[str, frozenset[str]]:
    """The references of the guides that quote a message, by its key."""
    found: dict[str, set[str]] = {}
    for guide in model.guides:
        for message in guide.messages:
            found.setdefault(message.key, set()).add(guide.reference)
    return {key: frozenset(references) for key, references in found.items()}
