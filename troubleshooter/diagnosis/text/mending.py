"""Mend a damaged text: words broken over two lines, and misspelt words that messages are made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import pairwise

from troubleshooter.diagnosis.text.normalise import Plain, Word
from troubleshooter.diagnosis.text.spelling import deletions, is_one_typo

SHORTEST = 5
"""Letters of a word of which a misspelling can be told from another word."""
LONGEST = 40
MOST_WORDS = 400
"""Different words that are looked up; a text with more is a log or a story."""


class Mender:
    """The words of a language of codes and messages, and how damaged ones are traced back to them."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(word for word in words if word.isalpha())

    @cached_property
    def _near(self) -> dict[str, tuple[str, ...]]:
        """Words by themselves without one letter: what a word with one typo has in common with the right one."""
        near: dict[str, tuple[str, ...]] = {}
        for word in sorted(word for word in self._words if len(word) >= SHORTEST):
            for shortened in deletions(word):
                near[shortened] = (*near.get(shortened, ()), word)
        return near

    def joined(self, plain: Plain) -> Plain:
        """The text with the words made whole that a line's end broke in two."""
        if "\n" not in plain.text:
            return plain
        pairs = (pair for pair in pairwise(plain.words) if self._is_broken(plain, *pair))
        changes = [(left.end, right.start, "") for left, right in pairs]
        return plain.edited(changes) if changes else plain

    def mended(self, plain: Plain) -> Plain:
        """The text with misspelt words put right."""
        changes = list(self._changes(plain))
        return plain.edited(changes) if changes else plain

    def _changes(self, plain: Plain) -> Iterator[tuple[int, int, str]]:
        meant: dict[str, str] = {}
        for word in plain.words:
            if word.text in self._words or not SHORTEST - 1 <= len(word.text) <= LONGEST:
                continue
            if word.text not in meant and len(meant) < MOST_WORDS:
                meant[word.text] = self._meant(word.text)
            if right := meant.get(word.text):
                yield word.start, word.end, _in_case_of(plain.text[word.start : word.end], right)

    def _is_broken(self, plain: Plain, left: Word, right: Word) -> bool:
        """True for the two halves of one word, with nothing but a line's end between them."""
        if plain.text[left.end : right.start] != "\n" or left.text + right.text not in self._words:
            return False
        return left.text not in self._words or right.text not in self._words

    def _meant(self, word: str) -> str:
        """The only word that is one typo away, of those with the same first letter if there are any; else ""."""
        near = {right for shortened in deletions(word) for right in self._near.get(shortened, ())}
        found = [right for right in near if is_one_typo(word, right)]
        found = [right for right in found if right[0] == word[0]] or found
        return found[0] if len(found) == 1 else ""


def _in_case_of(written: str, right: str) -> str:
    if written.isupper():
        return right.upper()
    return right.capitalize() if written[:1].isupper() else right
