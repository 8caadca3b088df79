"""What words say together: turned off, timed out, three minutes, and what is denied."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from troubleshooter.diagnosis.text.lists import (
    ABLE,
    ARTICLES,
    BEING,
    DENYING,
    DENYING_BEHIND,
    DENYING_UNSPACED,
    DEPENDENT,
    EVERY,
    FLOWS,
    IN_THE,
    MINUTES,
    NOBODY,
    NUMBERS,
    SECONDS,
    SEPARABLE,
    SWITCHING,
    TOO_MUCH,
    TRAILING,
    TURNING,
)
from troubleshooter.diagnosis.text.meanings import EXACT, IDIOMS, UNSPACED_WORDS, Idioms, meanings_of, stem_of, wider

TO_DISABLE = "to disable"
"""What people do or ask for, as against "disabled" and "turned off", which something is."""


class Sense(NamedTuple):
    """What some words say: `meanings` from the narrowest to the widest, () for nothing; `length` words were read."""

    meanings: tuple[str, ...]
    length: int = 1


DENIES_NEXT, DENIES_LAST = ("deny the next",), ("deny the last",)
"""Meanings of words in scripts without spaces that deny what stands behind them, or in front."""
TWO_MINUTES = 120
LEAST_STATUS, MOST_STATUS = 400, 600
"""Numbers whose "s" is a plural: "a few 502s"."""
MOST_DIGITS = 6
SWITCHED = 6
SEPARATED = 11
"""Words within which the second part of what is said in two parts stands."""
MOST_APART = 4
"""Words within which an idiom must be over, articles included."""
_NUMBER_AND_UNIT = re.compile(r"(\d+)([^\W\d]+)")


def is_negation(words: Sequence[str], place: int) -> bool:
    """True for a word that denies what follows, the t of don't among them; not for "no fluxo" and "yes/no"."""
    word = words[place]
    if word == "no" and (_behind(words, place).startswith(IN_THE) or (place and words[place - 1] == "yes")):
        return False
    return word in DENYING or (word == "t" and place > 0 and words[place - 1].endswith("n"))


def denies_backwards(word: str) -> bool:
    """True for a word that may stand behind what it denies: "findet die Datei nicht"."""
    return word in TRAILING


def denies_doer(words: Sequence[str], place: int) -> bool:
    """True for a word that says that nobody did what follows: "nobody turned anything off", not "nobody can"."""
    return words[place] in NOBODY and _behind(words, place) not in ABLE


def _behind(words: Sequence[str], place: int) -> str:
    return words[place + 1] if place + 1 < len(words) else ""


def sense_at(words: Sequence[str], place: int) -> Sense:
    """What the words from `place` on say, in one form for all words that say the same.

    Words that say one thing together are read together: "timed out", "left our company", "3 minutes".
    """
    word = words[place]
    if alone := _alone(word):
        return alone
    if (idioms := IDIOMS.get(stem_of(word))) and (said := _idiom_at(words, place, idioms)):
        return said
    following = _behind(words, place)
    before = words[place - 1] if place else ""
    if word[0].isdigit() or word in NUMBERS:
        return _duration(word, before, following)
    if read := _switched_on(words, place):
        return Sense(wider("enabled"), read)
    if word in ("disable", "deactivate") or (word == "off" and before in ("turn", "switch")):
        return Sense((TO_DISABLE,))
    if word.startswith("switch") and not {"on", "off"}.intersection(words[place + 1 : place + SWITCHED]):
        return Sense(wider("changed"))
    if word == "stopped":
        is_off = before in BEING or not FLOWS.isdisjoint(words[place + 1 : place + SWITCHED])
        return Sense(wider("off" if is_off else "fail"))
    if (word == "well" and before == "as") or (word == "too" and following not in TOO_MUCH):
        return Sense(("also",))
    if word in SEPARABLE:
        rest = words[place + 1 : place + SEPARATED]
        return Sense(next((wider(said) for part, said in SEPARABLE[word] if part in rest), meanings_of(word)))
    if word == "longer" and before in ("no", "any"):
        return Sense(())
    if word == "more" and following == "than":
        return Sense(wider("long"))
    return Sense(meanings_of(word))


def _switched_on(words: Sequence[str], place: int) -> int:
    """How many words say "turn on": both together, the first before its object ("turn the flow on"), or none."""
    if _behind(words, place) == "on" and words[place].startswith(SWITCHING):
        return 2
    return 1 if words[place] in TURNING and "on" in words[place + 2 : place + MOST_APART + 1] else 0


@lru_cache(maxsize=16384)
def _alone(word: str) -> Sense | None:
    """What a word says whose neighbours make no difference; None where they do."""
    depends = (
        (word[0].isdigit() and word not in EXACT) or word in NUMBERS or word in DEPENDENT or word.startswith(SWITCHING)
    )
    return None if depends or stem_of(word) in IDIOMS else Sense(meanings_of(word))


def denied_meaning(meaning: str) -> str:
    """What a meaning says when it is denied, where that has words of its own: what does not work, fails; else ""."""
    return _OPPOSITES.get(meaning, "")


def unspaced_senses(text: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Start, end and meanings of what is said in scripts without spaces."""
    for found in _UNSPACED.finditer(text):
        said = UNSPACED_WORDS.get(found[0])
        if found["minutes"]:
            yield found.start(), found.end(), _duration(found["minutes"], "", "minutes").meanings
        elif said:
            yield found.start(), found.end(), wider(said)
        else:
            yield found.start(), found.end(), DENIES_LAST if found[0] in DENYING_BEHIND else DENIES_NEXT


def _idiom_at(words: Sequence[str], place: int, idioms: Idioms) -> Sense | None:
    second = _behind_articles(words, place, place)
    if second >= len(words):
        return None
    for rest, said in idioms.get(stem_of(words[second]), ()):
        here = second
        for part in rest:
            here = _behind_articles(words, here, place)
            if here >= len(words) or stem_of(words[here]) != part:
                break
        else:
            return Sense(wider(said), here - place + 1)
    return None


def _behind_articles(words: Sequence[str], here: int, place: int) -> int:
    """The place of the next word of an idiom that begins at `place`."""
    here += 1
    while here < len(words) and words[here] in ARTICLES and here < place + MOST_APART:
        here += 1
    return here


@lru_cache(maxsize=16384)
def _duration(word: str, before: str, following: str) -> Sense:
    """A stretch of time: only two minutes and more say something, and "every 5 minutes" does not."""
    number, unit = word, following
    if not word.isdigit() and word[0].isdigit():
        number, unit = _NUMBER_AND_UNIT.sub(r"\1", word), _NUMBER_AND_UNIT.sub(r"\2", word)
    amount = NUMBERS.get(number) or (int(number) if number.isdigit() and len(number) < MOST_DIGITS else 0)
    seconds = amount * 60 if unit in MINUTES else amount if unit in SECONDS else 0
    count = 2 if seconds and unit is following else 1
    if unit == "s" and LEAST_STATUS <= amount < MOST_STATUS:
        return Sense(())
    if before in EVERY or seconds < TWO_MINUTES - 20:
        return Sense((), count) if seconds else Sense((word,) if word.isdigit() else ())
    return Sense(wider("two minutes" if abs(seconds - TWO_MINUTES) <= 20 else "minutes"), count)


_UNSPACED = re.compile(
    r"(?P<minutes>\d+) ?分|"
    + "|".join(sorted(map(re.escape, (*UNSPACED_WORDS, *DENYING_UNSPACED, *DENYING_BEHIND)), key=len, reverse=True))
)
_OPPOSITES = {
    "work": "fail", "run": "no call", "call": "no call", "anyth": "blank", "data": "no value", "value": "no value",
    "return": "no return", "output": "no output", "enabled": "off", "connect": "disconnected", "valid": "expired",
    "find": "missing", "accept": "refuse", "filled": "blank",
}  # fmt: skip
