"""What single words mean, however they are written: without their endings, misspelt, and in many languages."""

from __future__ import annotations

import re
from functools import lru_cache

from troubleshooter.diagnosis.text.concepts import CONCEPTS
from troubleshooter.diagnosis.text.lists import ARTICLES, DENYING, DEPENDENT, EMPTY, IRREGULAR, NUMBERS, SEPARABLE
from troubleshooter.diagnosis.text.normalise import folded, has_no_spaces

_VOWEL = re.compile("[aeiouy]")
_DOUBLED = re.compile(r"(.)\1+")
LEAST_CONSONANTS = 4
"""Letters of a word without vowels from which it is read."""
LEAST_MISTYPED = 6
"""Letters of a word from which one too many and one too few are overlooked."""
LEAST_SWAPPED = 5
"""Letters of a word from which it is overlooked that two changed places."""
LEAST_BEGINNING = 3
LONG_BEGINNING = 8
"""Letters of a beginning of which one that is missing is overlooked whatever follows."""
MOST_ADDED = 12
"""Letters that may follow a beginning: compound words do, whole codes do not."""


def wider(meaning: str) -> tuple[str, ...]:
    """A meaning and all that it is a kind of."""
    return _WIDER.get(meaning, (meaning,))


@lru_cache(maxsize=16384)
def meanings_of(word: str) -> tuple[str, ...]:
    """What one word says, narrowest first; () for words that carry nothing."""
    known = EXACT.get(word)
    if not known and (word in EMPTY or (len(word) == 1 and word.isascii() and word.isalpha())):
        return ()
    stem = stem_of(word)
    known = known or _STEMS.get(stem) or _by_beginning(word) or _without_vowels(word)
    return wider(known) if known else (stem,)


@lru_cache(maxsize=16384)
def spelled(word: str) -> str:
    """A word as it is known: of a long one that is not, the one with a letter less or more, or with two swapped."""
    if len(word) < LEAST_SWAPPED or not (word.isascii() and word.isalpha()) or _is_known(word):
        return word
    for place in range(1, len(word) - 1):
        swapped = word[: place - 1] + word[place] + word[place - 1] + word[place + 1 :]
        if swapped in _SPELLINGS or _by_beginning(swapped, LEAST_MISTYPED):
            return swapped
        shorter = word[:place] + word[place + 1 :]
        if len(shorter) >= LEAST_MISTYPED and (shorter in _SPELLINGS or _by_beginning(shorter, LEAST_MISTYPED)):
            return shorter
    return _LACKING_A_LETTER.get(word) or _LACKING_A_LETTER.get(stem_of(word)) or _beginning_completed(word)


def _beginning_completed(word: str) -> str:
    """The word with the letter that its long beginning lacks, where it lacks one."""
    for end in range(len(word), LONG_BEGINNING - 2, -1):
        whole = _LACKING_A_LETTER.get(word[:end], "")
        if len(whole) >= LONG_BEGINNING and whole in _BEGINNINGS:
            return whole + word[end:]
    return word


def _is_known(word: str) -> bool:
    return word in _SPELLINGS or stem_of(word) in _SPELLINGS or bool(_by_beginning(word))


@lru_cache(maxsize=16384)
def stem_of(word: str) -> str:
    """A word without its ending; rough, but the same for the forms of one word."""
    word = IRREGULAR.get(word, word)
    if len(word) <= 3 or not word.isalpha():
        return word
    for ending in ("ings", "ing", "ied", "ies", "ed", "es", "s", "ly"):
        stem = word[: -len(ending)]
        if word.endswith(ending) and len(stem) >= 3 and _VOWEL.search(stem) and not word.endswith("ss"):
            word = stem + ("y" if ending in ("ied", "ies") else "")
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "ls":
        word = word[:-1]
    return word[:-1] if len(word) > 3 and word[-1] == "e" else word


def _by_beginning(word: str, shortest: int = LEAST_BEGINNING) -> str:
    """The meaning of the longest beginning that is listed with a star, of at least so many letters."""
    least = max(shortest, len(word) - MOST_ADDED) - 1
    return next((known for end in range(len(word), least, -1) if (known := _BEGINNINGS.get(word[:end]))), "")


def _without_vowels(word: str) -> str:
    """The meaning of a word that is written without its vowels, as in "chngd" and "prmssn"."""
    if len(word) < LEAST_CONSONANTS or not word.isascii() or _VOWEL.search(word, 1):
        return ""
    return _CONSONANTS.get(_consonants(word)) or _CONSONANTS.get(_consonants(word[:-1]), "")


def _consonants(word: str) -> str:
    """The first letter and all later consonants, doubled ones once."""
    return _DOUBLED.sub(r"\1", word[0] + _VOWEL.sub("", word[1:]))


_WIDER = {
    name.split(" > ")[0]: (name.split(" > ")[0], *name.split(" > ")[-1].split()) for name in CONCEPTS if ">" in name
}
EXACT: dict[str, str] = {}
"""Words as they stand, with what they mean."""
_STEMS: dict[str, str] = {}
_BEGINNINGS: dict[str, str] = {}
Idioms = dict[str, list[tuple[tuple[str, ...], str]]]
IDIOMS: dict[str, Idioms] = {}
"""What is said with several words, by the first, then by the second: the further ones, and the meaning."""
UNSPACED_WORDS: dict[str, str] = {}
"""What is said in scripts without spaces, with what it means."""


def _learn(name: str, word: str) -> None:
    if has_no_spaces(word):
        UNSPACED_WORDS.setdefault(word, name)
        return
    parts = [part for part in word.split("_") if part not in ARTICLES]
    if len(parts) > 1:
        stems = [stem_of(part) for part in parts]
        IDIOMS.setdefault(stems[0], {}).setdefault(stems[1], []).append((tuple(stems[2:]), name))
    elif parts[0].endswith("*"):
        _BEGINNINGS.setdefault(parts[0][:-1], name)
    else:
        EXACT.setdefault(parts[0].rstrip("!"), name)
        if not parts[0].endswith("!"):
            _STEMS.setdefault(stem_of(parts[0]), name)


for _name, _words in CONCEPTS.items():
    for _word in folded(_words).split():
        _learn(_name.split(" > ")[0], _word)
for _idioms in IDIOMS.values():
    for _ending in _idioms.values():
        _ending.sort(key=lambda idiom: -len(idiom[0]))
_PLAIN_WORDS = {
    word: known
    for known_words in (_BEGINNINGS, EXACT)
    for word, known in known_words.items()
    if word.isascii() and word.isalpha()
}
_SPELLINGS = frozenset(
    word
    for words in (_PLAIN_WORDS, _STEMS, IDIOMS, EMPTY, DENYING, DEPENDENT, IRREGULAR, SEPARABLE, NUMBERS)
    for word in words
) | {
    part
    for idioms in IDIOMS.values()
    for second, endings in idioms.items()
    for part in (second, *(part for rest, _ in endings for part in rest))
}
"""Words, and what is left of words without their endings, by which a misspelt one is told from an unknown one."""
_LACKING_A_LETTER = {
    word[:place] + word[place + 1 :]: word
    for word in sorted(_SPELLINGS)
    for place in range(1, len(word) - 1)
    if len(word) >= LEAST_MISTYPED and word.isascii() and word.isalpha()
}
_CONSONANTS = {
    letters: known
    for word, known in sorted(_PLAIN_WORDS.items(), reverse=True)
    if len(letters := _consonants(word)) >= LEAST_CONSONANTS
}
