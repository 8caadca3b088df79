"""Links in the Markdown of documents that cannot be opened, or lead to a page that is not there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from django.urls import Resolver404, resolve

from .library import Library

_TARGET = re.compile(r"\]\(\s*<?([^)\s>]*)|^\s*\[[^\]]+\]:\s*<?([^\s>]+)", re.MULTILINE)
_WEB = re.compile(r"https?://[\w-]+(\.[\w-]+)+(:\d+)?([/?#]\S*)?", re.IGNORECASE)
_MAIL = re.compile(r"mailto:[^\s@]+@[^\s@]+")
_NAMED = re.compile(r"\b(?:FLOW-\d+|FIX-\d+(?:\.\d+)?)\b")
_CODE = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)


def malformed(text: str) -> Iterator[str]:
    """Targets of links that no browser opens, and that are left out of the page."""
    for target in _targets(text):
        if not (_WEB.fullmatch(target) or _MAIL.fullmatch(target) or _is_own(target) or target.startswith("#md-")):
            yield target


def dead(text: str, library: Library) -> Iterator[str]:
    """Own addresses in links, and references in the text, of which there is nothing that readers can see."""
    plain = _CODE.sub(" ", text)
    for target in _targets(plain):
        if _is_own(target) and not _is_there(urlsplit(target).path, library):
            yield target
    for reference in dict.fromkeys(_NAMED.findall(_TARGET.sub(" ", plain))):
        if not _is_known(reference, library):
            yield reference


def is_web_address(text: str) -> bool:
    return _WEB.fullmatch(text) is not None


def _targets(text: str) -> Iterator[str]:
    return (inline or defined for inline, defined in _TARGET.findall(_CODE.sub(" ", text)))


def _is_own(target: str) -> bool:
    return target.startswith("/") and not target.startswith("//")


def _is_there(path: str, library: Library) -> bool:
    if path.startswith(("/media/", "/static/")):
        return True
    try:
        page = resolve(unquote(path))
    except Resolver404:
        return False
    if page.view_name == "guides:guide":
        return any(page.kwargs["slug"] in (guide.slug, *guide.former_slugs) for guide in library.all_guides.values())
    if page.view_name in ("guides:reference", "guides:reference_part"):
        return all(_is_known(reference.upper(), library) for reference in page.kwargs.values())
    if page.view_name == "guides:code":
        return page.kwargs["token"].lower() in library.model.code
    return True


def _is_known(reference: str, library: Library) -> bool:
    mitigation = library.mitigations.get(reference.partition(".")[0])
    if mitigation is None:
        return reference in library.all_guides
    step = reference.partition(".")[2]
    return not step or step in {str(row.number) for row in mitigation.steps}
