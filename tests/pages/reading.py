"""Pages the way people read them: the text of the main part, its links and its anchors."""

from __future__ import annotations

import html
import re
from typing import Any


def main_part(response: Any) -> str:
    """The HTML in <main>."""
    return re.findall(r"<main\b[^>]*>(.*)</main>", response.content.decode(), re.DOTALL)[0]


def words(markup: str) -> str:
    """The text of some HTML, tags replaced by single spaces."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", markup)).split())


def seen(response: Any) -> str:
    """The text of the main part of a page."""
    return words(main_part(response))


def links(response: Any) -> list[str]:
    """Where the links of the main part lead, in order."""
    return [html.unescape(link) for link in re.findall(r'<a\b[^>]*\bhref="([^"]*)"', main_part(response))]


def anchors(response: Any) -> list[str]:
    """The ids of the main part, in order."""
    return re.findall(r'\bid="([^"]*)"', main_part(response))


def heading(response: Any) -> str:
    """The one h1 of a page."""
    (found,) = re.findall(r"<h1[^>]*>(.*?)</h1>", response.content.decode(), re.DOTALL)
    return words(found)


def title(response: Any) -> str:
    return words(re.findall(r"<title>(.*?)</title>", response.content.decode(), re.DOTALL)[0])


def in_order(text: str, *parts: str) -> bool:
    """Whether all parts occur, each behind the one before."""
    place = 0
    for part in parts:
        place = text.find(part, place)
        if place < 0:
            return False
        place += len(part)
    return True
