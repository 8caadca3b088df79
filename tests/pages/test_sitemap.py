"""What search engines are told."""

from __future__ import annotations

from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from django.test import Client

from guides.pages import sitemap

_IN_FORMAT = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def addresses(client: Client) -> dict[str, str | None]:
    """Address to the day of its last change."""
    response = client.get("/sitemap.xml")
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    found = ElementTree.fromstring(response.content)
    return {url.findtext(f"{_IN_FORMAT}loc", ""): url.findtext(f"{_IN_FORMAT}lastmod") for url in found}


def test_every_page_of_the_sitemap_is_there(client: Client) -> None:
    found = addresses(client)
    assert {"http://testserver/", "http://testserver/help/", "http://testserver/guides/flow-turned-off/"} <= set(found)
    assert found["http://testserver/guides/flow-turned-off/"]
    assert len(found) > 8
    for address in found:
        assert client.get(urlsplit(address).path).status_code == 200, address


def test_a_retired_guide_is_not_in_the_sitemap(client: Client) -> None:
    assert client.get("/guides/old-advice/").status_code == 410
    assert "http://testserver/guides/old-advice/" not in addresses(client)


def test_a_sitemap_is_never_longer_than_its_format_allows(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "MOST_ADDRESSES", 3)
    assert len(addresses(client)) == 3


def test_robots_stay_out_of_what_is_one_persons_case(client: Client) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert {"Disallow: /admin/", "Disallow: /diagnose/", "Disallow: /t/"} <= set(lines)
    assert lines[-1] == "Sitemap: http://testserver/sitemap.xml"
    closed = tuple(line.removeprefix("Disallow: ") for line in lines if line.startswith("Disallow"))
    assert [address for address in addresses(client) if urlsplit(address).path.startswith(closed)] == []
