"""What search engines are told: which pages there are, when they changed, and which addresses are none of theirs."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from xml.etree import ElementTree

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from guides.caching import public_page
from guides.knowledge import Knowledge
from troubleshooter.absolute import root_of

MOST_ADDRESSES = 50_000
"""What one file of the format may hold."""

CLOSED = (
    *("/_/", "/admin/", "/diagnose/", "/flag/", "/help/solutions/", "/outcome/", "/search/"),
    *("/t/", "/ticket/", "/tickets/", "/tips/"),
)
"""Where addresses stand for one person's case, or for staff."""

_FORMAT = "http://www.sitemaps.org/schemas/sitemap/0.9"


@public_page
def sitemap(request: HttpRequest, known: Knowledge) -> HttpResponse:
    """Every page that says the same to everybody, with the day on which it changed where that is known."""
    urls = ElementTree.Element("urlset", xmlns=_FORMAT)
    for path, day in islice(_pages(known), MOST_ADDRESSES):
        url = ElementTree.SubElement(urls, "url")
        ElementTree.SubElement(url, "loc").text = root_of(request) + path
        if day:
            ElementTree.SubElement(url, "lastmod").text = day
    content = ElementTree.tostring(urls, encoding="utf-8", xml_declaration=True)
    return HttpResponse(content, content_type="application/xml; charset=utf-8")


@public_page
def robots(request: HttpRequest, known: Knowledge) -> HttpResponse:
    closed = "\n".join(f"Disallow: {path}" for path in CLOSED)
    where = root_of(request) + reverse("guides:sitemap")
    return HttpResponse(f"User-agent: *\n{closed}\n\nSitemap: {where}\n", content_type="text/plain; charset=utf-8")


def _pages(known: Knowledge) -> Iterator[tuple[str, str]]:
    """(path, day of the last change or "")"""
    for route in ("wizard:home", "guides:list", "guides:codes", "wizard:help"):
        yield reverse(route), ""
    for guide in known.guides.values():
        yield reverse("guides:guide", args=[guide.document.slug]), known.changed_at(guide).date().isoformat()
    for entry in known.codes:
        yield reverse("guides:code", args=[entry.token]), ""
