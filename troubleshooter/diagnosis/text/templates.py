"""Find the error messages that guides quote, whatever stands in the place of their placeholders."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from troubleshooter.diagnosis.model import Fact, Kind, Message, Model
from troubleshooter.diagnosis.text.context import Hit
from troubleshooter.diagnosis.text.normalise import Plain, folded, squeezed, words_of

SIZE = 3
"""Words of a shingle, the piece by which a message is recognised."""
SHORT = 7
"""A message of fewer words is only recognised as a sentence of its own."""
FAR = 120
"""Words between two pieces that can still belong to one message."""

_PLACEHOLDER = re.compile(r"<[^<>]*>")
_SENTENCE_END = re.compile(
    r"[ \n]*(?:$|[\n.,;:!?\"'`)}\]*<(/|-]|(?:when|whenever|if|while|after|every|each|and|but|on|in|for|since|error|"
    r"message|as|at|because|with|is|was|appears|comes|again|always|now|or|wenn|bei|quand|cuando)\b)"
)
_CUT_BEFORE, _CUT_AFTER = re.compile(r"\.\.[ \n\"'`()\[\]{}]*$"), re.compile(r"[ \n\"'`()\[\]{}]*\.\.")
"""Where people mark with dots that they left something out."""

Shingle = tuple[str, ...]


@dataclass(frozen=True)
class _Template:
    message: Message
    shingles: tuple[Shingle, ...]
    essential: tuple[str, ...]
    """Squeezed and in lower case."""
    words: int


class TemplateIndex:
    """The messages of a model, by the pieces of three words they are made of."""

    def __init__(self, model: Model) -> None:
        messages = {message.key: message for guide in reversed(model.guides) for message in guide.messages}
        ordered = {message.key: messages[message.key] for guide in model.guides for message in guide.messages}
        self._templates = [_template(message) for message in ordered.values()]
        self._places: dict[Shingle, list[tuple[int, int]]] = {}
        for number, template in enumerate(self._templates):
            for place, shingle in enumerate(template.shingles):
                self._places.setdefault(shingle, []).append((number, place))
        self._sizes = sorted({len(shingle) for shingle in self._places})

    def find(self, plain: Plain) -> list[Hit]:
        """The messages of which a part stands in the text, best first; `weight` is the share found (0 to 1)."""
        found: dict[int, list[tuple[int, int, int]]] = {}
        texts = [word.text for word in plain.words]
        for size in self._sizes:
            for start in range(len(texts) - size + 1):
                for number, place in self._places.get(tuple(texts[start : start + size]), ()):
                    found.setdefault(number, []).append((start, place, size))
        hits = [hit for number, places in found.items() if (hit := self._hit(plain, self._templates[number], places))]
        return sorted(hits, key=lambda hit: -round(hit.weight, 9))

    def _hit(self, plain: Plain, template: _Template, places: list[tuple[int, int, int]]) -> Hit | None:
        if any(essential not in plain.squeezed for essential in template.essential):
            return None
        cluster = max(_clusters(sorted(places)), key=lambda cluster: len({place for _, place, _ in cluster}))
        first, last = cluster[0][0], max(start + size for start, _, size in cluster) - 1
        start, end = plain.words[first].start, plain.words[last].end
        if template.words < SHORT and not _SENTENCE_END.match(plain.lower, end):
            return None
        seen = {place for _, place, _ in cluster}
        begins_inside = first <= 1 or _CUT_BEFORE.search(plain.lower[max(0, start - 20) : start])
        ends_inside = last >= len(plain.words) - 2 or _CUT_AFTER.match(plain.lower, end)
        wanted = range(
            min(seen) if begins_inside and len(seen) > SIZE else 0,
            max(seen) + 1 if ends_inside and len(seen) > SIZE else len(template.shingles),
        )
        size, whole = sum(map(self._weight, _pick(template, seen))), sum(map(self._weight, _pick(template, wanted)))
        fact = Fact(Kind.MESSAGE, template.message.key)
        return Hit(fact, start, end, plain.depth(start), weight=size / whole, size=size)

    def _weight(self, shingle: Shingle) -> float:
        return 1.0 / len({number for number, _ in self._places[shingle]})


def _pick(template: _Template, places: range | set[int]) -> Iterator[Shingle]:
    return (template.shingles[place] for place in places)


def _clusters(places: list[tuple[int, int, int]]) -> Iterator[list[tuple[int, int, int]]]:
    cluster: list[tuple[int, int, int]] = []
    for place in places:
        if cluster and place[0] - cluster[-1][0] > FAR:
            yield cluster
            cluster = []
        cluster.append(place)
    yield cluster


def _template(message: Message) -> _Template:
    parts = [words_of(part) for part in _PLACEHOLDER.split(message.template)]
    shingles = [part[start : start + SIZE] for part in parts for start in range(len(part) - SIZE + 1)]
    return _Template(
        message,
        tuple(dict.fromkeys(shingles or [part for part in parts if part])),
        tuple(squeezed(folded(essential).lower()) for essential in message.essential),
        sum(map(len, parts)),
    )


def message_guides(model: Model) -> Mapping[str, frozenset[str]]:
    """The references of the guides that quote a message, by its key."""
    found: dict[str, set[str]] = {}
    for guide in model.guides:
        for message in guide.messages:
            found.setdefault(message.key, set()).add(guide.reference)
    return {key: frozenset(references) for key, references in found.items()}
