"""Texts to copy, in the formats that tickets take."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from django.utils.html import strip_tags

_MEANS_SOMETHING = re.compile(r"([\\`*_\[\]<>|~#&$])")
"""What Markdown reads as more than a character, wherever it stands in a line."""
_OWN_ADDRESS = re.compile(r'(<(?:a|img)\b[^>]*? (?:href|src)=")(?=/)')
_LINK = re.compile(r'<a href="(https?://[^"]{1,2000})"[^>]{0,200}>(?!https?://)([^<]{1,500})</a>')
_EMPTY_LINES = re.compile(r"\n\s*\n")


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


def as_plain(rendered: str) -> str:
    """The words of rendered HTML, a line for each block; behind the words of a link to elsewhere stands its address."""
    return _EMPTY_LINES.sub("\n", html.unescape(strip_tags(_LINK.sub(r"\2 (\1)", rendered)))).strip()


def from_anywhere(rendered: str, root: str) -> str:
    """HTML whose addresses of our own also work elsewhere; `root` is scheme and host of this site."""
    return _OWN_ADDRESS.sub(rf"\g<1>{root}", rendered)
