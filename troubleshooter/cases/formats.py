"""Texts to copy, in the formats that tickets take."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MEANS_SOMETHING = re.compile(r"([\\`*_\[\]<>|~#&$])")
"""What Markdown reads as more than a character, wherever it stands in a line."""


@dataclass(frozen=True)
class Texts:
    """One thing to copy: as plain text, as HTML and as Markdown."""

    plain: str
    html: str
    markdown: str


def in_markdown(text: str) -> str:
    """A text as Markdown that shows just that text, in one line."""
    return _MEANS_SOMETHING.sub(r"\\\1", one_line(text))


def one_line(text: str) -> str:
    return " ".join(text.split())
