"""What the words of a text say, one by one: their meanings, and whether the text says, denies or only wishes it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from troubleshooter.diagnosis.text.meanings import meanings_of, spelled, wider
from troubleshooter.diagnosis.text.normalise import Plain, Word, has_no_spaces
from troubleshooter.diagnosis.text.vocabulary import (
    DENIES_LAST,
    DENIES_NEXT,
    denied_meaning,
    denies_backwards,
    denies_doer,
    is_negation,
    sense_at,
    unspaced_senses,
)

MOST_WORDS = 1_000
SCOPE = 3
"""Words after a wish that are not said to be so; after a negation, the first of so many that carries meaning."""
BEHIND = 4
"""Words behind something within which a "nicht" denies it."""
BEHIND_LONGER = 8
"""The same for "nicht mehr", which stands at the very end."""
FAR = 10
"""Words within which "any" is still denied."""
REPEATED_WITHIN = 15
BREAK = 4
"""Words that the end of a sentence counts for."""

_SENTENCE = re.compile(r"(?:[.!?;。！？]|(?<!\bstate)(?<!\bstatus):)(?=[ \n]|$)|[。！？]|\n(?=[ \n*#-])")
_WISH = re.compile(
    r"\b(?:(?:i|we) (?:just |only |also )?(?:want(?:ed)?(?: \w+){0,2}|plan(?:ned)?) to|(?:i|we)(?: would|'d)? like to|"
    r"how (?:to|do (?:i|we|you)|long (?:do|does|will|can)|many (?:\w+ )?(?:do|does|will|can))|"
    r"(?:can|could|should|may) (?:i|we)|(?:way|trying|try) to|"
    r"(?<!not )(?<!n't )(?<!not being )(?:possible|able) to|"
    r"should(?:n't| not| all)? be|(?:is|are|am) (?:about|going) to|"
    r"supposed to be|(?:see|list|know|find|finds|shows?) which (?:\w+ )?(?:is|are)|"
    r"expect(?:ed)?(?: \w+){1,3} to be|(?:when|whenever|if|once) (?:a|any) flow (?:is|gets|becomes|was|has been)|"
    r"wie (?:\w+ )?(?:ich|wir|man)|kann (?:ich|man)|comment \w+[eio]r|"
    r"como (?:puedo|posso)|come posso|hoe (?:\w+ )?(?:ik|je))\b"
)
"""What people want, expect or ask: "how do I turn off ..." does not say that anything is off, nor does
"when a flow gets disabled"."""
_SYLLABLE = re.compile(".?[\u3040-\u309f]")
"""Syllables join words and say how they end; they carry no meaning of their own."""
_UNINVOLVED = re.compile(r"\b(?:plays? (?:\w+ )?no (?:role|part)|(?:is|are)(?: not|n't) (?:even )?involved)\b")
"""What says that the thing just named is not what this is about."""
_CLAUSE_ENDS = re.compile(r"['’]?t?(?: anymore| either| yet| now)?[ ]*(?:[,.;:!?)\n]|$|(?:and|but|so|while) )")
_REPEATED = frozenset(("work", "run", "call", "share", "enabled", "connect", "configured", "accept", "find", "return"))
"""What a negation at the end of a clause denies once more: "the flow is shared, its connection isn't"."""
_NOTHING = frozenset(("nothing", "nichts", "rien", "nada", "niente", "niets", "nic"))
_DONE = frozenset(
    ("changed", "removed", "renamed", "moved", "new", "update", "import", "off", "enabled", "expired", "share", "left")
)
"""What "nothing" denies that stands beside it: "nothing was renamed"."""
_AT_THE_END: tuple[int, int, tuple[str, ...]] = (0, 0, ())


SAID, DENIED, WISHED = "said", "denied", "wished"
"""The modes of a word: the text says it is so, is not so, or only asks for it."""


class Token(NamedTuple):
    """A word by its meaning: `place` counts words, with a jump at the end of a sentence."""

    meaning: str
    mode: str
    place: int
    start: int
    end: int


def tokens_of(text: Plain) -> list[Token]:
    """The meanings of the words, in the order of the text; a word of several meanings stands several times."""
    spaced = text.text.isascii() or not has_no_spaces(text.text)
    return _spaced_tokens(text) if spaced else _unspaced_tokens(text)


def _spaced_tokens(text: Plain) -> list[Token]:
    tokens: list[Token] = []
    words = text.words[:MOST_WORDS]
    read = words[-1].end if len(words) == MOST_WORDS else len(text.lower)
    breaks, wishes, uninvolved = (_positions(pattern, text, read) for pattern in (_SENTENCE, _WISH, _UNINVOLVED))
    next_break, next_wish, next_uninvolved, place = next(breaks), next(wishes), next(uninvolved), 0
    mode, until, denied, by_nobody, of_all, index = SAID, -1, -FAR, False, False, 0
    texts = [spelled(word.text) for word in words]
    while index < len(words):
        word, sense = words[index], sense_at(texts, index)
        while word.start >= next_break:
            next_break, place, until, denied = next(breaks), place + BREAK, -1, -FAR
        place += 1
        while word.start >= next_wish:
            next_wish, mode, until = next(wishes), WISHED, place + SCOPE
        while word.start >= next_uninvolved:
            next_uninvolved = next(uninvolved)
            _deny_topic(tokens, place)
        if sense.length == 1 and is_negation(texts, index):
            behind = denies_backwards(word.text)
            reach = BEHIND_LONGER if texts[index + 1 : index + 2] == ["mehr"] else BEHIND
            if not (behind and (place - denied <= BEHIND or _deny_last(tokens, place, reach))):
                of_all = texts[index : index + 2] == ["none", "of"]
                mode, until = DENIED, place + SCOPE * (1 + of_all)
            if not behind and _CLAUSE_ENDS.match(text.lower, word.end):
                tokens += _repeated(tokens, place, word)
            denied, by_nobody = place, denies_doer(texts, index)
        elif word.text == "able" and mode == DENIED and place <= until:
            until = place + SCOPE
        elif word.text == "any" and place - denied <= FAR:
            mode, until = DENIED, place + SCOPE
        elif sense.meanings and "_" not in text.lower[max(word.start - 1, 0) : word.end + 1]:
            meanings, now = sense.meanings, mode if place <= until else SAID
            if now == DENIED and not by_nobody:
                opposite = denied_meaning(meanings[0])
                # "None of the flows find it" says that they do not find it, not that there are none.
                until = until if of_all and not opposite else -1
                meanings, now = (wider(opposite), SAID) if opposite else (meanings, SAID if of_all else DENIED)
            end = words[index + sense.length - 1].end
            tokens += [Token(meaning, now, place, word.start, end) for meaning in meanings]
        index += sense.length
    return _without_nothing(tokens, text)


def _deny_topic(tokens: list[Token], place: int) -> None:
    """Deny the flow that is named shortly before a place."""
    for index in range(len(tokens) - 1, -1, -1):
        if place - tokens[index].place > FAR:
            return
        if tokens[index].meaning == "flow":
            tokens[index] = tokens[index]._replace(mode=DENIED)


def _repeated(tokens: list[Token], place: int, word: Word) -> list[Token]:
    """What was said last, denied at a place where a clause ends with a negation."""
    for token in reversed(tokens):
        if place - token.place > REPEATED_WITHIN:
            return []
        if token.meaning in _REPEATED and token.mode == SAID:
            return [_denied(Token(token.meaning, SAID, place, word.start, word.end))]
    return []


def _without_nothing(tokens: list[Token], text: Plain) -> list[Token]:
    """The tokens with "nothing was renamed" and "renamed nothing" denied, and "no error, nothing" said once."""
    places = {token.place for token in tokens if text.lower[token.start : token.end] in _NOTHING}
    done = {
        index: place
        for index, token in enumerate(tokens)
        if places and token.meaning in _DONE
        for place in places.intersection(range(token.place - SCOPE, token.place + SCOPE))
    }
    spent = set(done.values())
    spent |= {
        token.place
        for last, token in pairwise(tokens)
        if token.place in places and last.mode == DENIED and _SENTENCE.match(text.lower, token.end)
    }
    return [
        token._replace(mode=DENIED) if index in done else token
        for index, token in enumerate(tokens)
        if index in done or token.place not in spent
    ]


def _deny_last(tokens: list[Token], place: int, reach: int) -> bool:
    """Deny the last word within `reach` before a place that has an opposite; False where there is none."""
    for index in range(len(tokens) - 1, -1, -1):
        token = tokens[index]
        if place - token.place > reach:
            return False
        if token.mode == SAID and denied_meaning(token.meaning):
            tokens[index] = _denied(token)
            return True
    return False


def _unspaced_tokens(text: Plain) -> list[Token]:
    """The same for a text in a script without spaces; of what no list holds, each two neighbouring characters."""
    tokens: list[Token] = []
    senses, words = unspaced_senses(text.lower), text.words[:MOST_WORDS]
    start, end, meanings = next(senses, _AT_THE_END)
    denied, place = False, 0
    for word, following in zip(words, (*words[1:], None), strict=True):
        while word.start >= end and end:
            start, end, meanings = next(senses, _AT_THE_END)
        if end and word.start > start:
            continue
        place += 1
        if end and word.start == start:
            if meanings == DENIES_LAST:
                tokens[-1:] = [_denied(token) for token in tokens[-1:]]
            denied, mode = meanings == DENIES_NEXT, DENIED if denied else SAID
            if meanings not in (DENIES_NEXT, DENIES_LAST):
                tokens += [Token(meaning, mode, place, start, end) for meaning in meanings]
        elif not has_no_spaces(word.text):
            tokens += [Token(meaning, SAID, place, word.start, word.end) for meaning in meanings_of(spelled(word.text))]
        elif following and _is_pair(word, following) and not (end and following.start >= start):
            place -= 1
            tokens.append(Token(word.text + following.text, SAID, place, word.start, following.end))
    return tokens


def _is_pair(word: Word, following: Word) -> bool:
    """True for two characters that stand together and mean something."""
    both = word.text + following.text
    return following.start == word.end and has_no_spaces(following.text) and not _SYLLABLE.match(both)


def _denied(token: Token) -> Token:
    opposite = denied_meaning(token.meaning)
    return token._replace(meaning=opposite) if opposite else token._replace(mode=DENIED)


def _positions(pattern: re.Pattern[str], text: Plain, read: int) -> Iterator[int]:
    """Where the matches end in the first `read` characters, and then a place behind the text."""
    yield from (found.end() for found in pattern.finditer(text.lower, 0, read))
    yield len(text.lower) + 1
