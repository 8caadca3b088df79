"""A text in lower case, letter for letter, so that every place in it stays where it was."""

from __future__ import annotations


def lowered(text: str) -> str:
    """The text in lower case; of a letter that would become several, the first."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(letter.lower()[0] for letter in text)
