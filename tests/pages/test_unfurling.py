"""What other programs show of a link: a true title and description, and nothing of what is not published."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.test import Client


def shown_elsewhere(response: Any) -> dict[str, str]:
    """What a page tells programs that show a preview of it, by name; its canonical address too."""
    text = response.content.decode()
    told = dict(re.findall(r'<meta property="og:(\w+)" content="([^"]*)">', text))
    found = re.search(r'<link rel="canonical" href="([^"]*)">', text)
    return {key: html.unescape(value) for key, value in (told | {"canonical": found[1] if found else ""}).items()}


@pytest.mark.parametrize("link", ["/guides/flow-turned-off/", "/g/FLOW-1/", "/guides/flow-turned-off/?code=FlowIsOff"])
def test_a_guide_is_told_by_its_title_and_by_what_went_wrong(client: Client, link: str) -> None:
    address = "http://testserver/guides/flow-turned-off/"
    assert shown_elsewhere(client.get(link, follow=True)) == {
        "site_name": "Troubleshooter",
        "type": "article",
        "title": "Turn the flow back on",
        "description": "The flow is turned off.",
        "url": address,
        "canonical": address,
    }


@pytest.mark.parametrize(
    ("link", "name"),
    [
        ("/", "What went wrong?"),
        ("/guides/", "All guides"),
        ("/codes/", "Error codes"),
        ("/codes/FlowIsTurnedOff/", "FlowIsTurnedOff"),
        ("/g/FIX-2/", "Add the flow to the app again"),
        ("/help/", "What do you need help with?"),
    ],
)
def test_every_page_that_people_link_to_has_one_name_and_one_address(client: Client, link: str, name: str) -> None:
    told = shown_elsewhere(client.get(link))
    assert told["title"] == name
    assert told["description"]
    assert told["canonical"] == told["url"] == f"http://testserver{link}"


@pytest.mark.parametrize("link", ["/guides/still-a-draft/", "/g/FLOW-7/", "/g/FLOW-7/FIX-1.1/", "/nothing/"])
def test_nothing_is_told_of_what_is_not_published(client: Client, link: str) -> None:
    response = client.get(link)
    assert shown_elsewhere(response)["title"] == "Troubleshooter"
    assert "secret" not in response.content.decode()


def test_a_retired_guide_is_told_with_its_last_title(client: Client) -> None:
    assert shown_elsewhere(client.get("/g/FLOW-6/"))["title"] == "Delete the flow"
