"""No page puts up a barrier: both themes, 1280 and 320 pixels, and every state a page can be in."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, Route

from guides import publishing
from tests.browser.checks import barriers
from tests.browser.visitor import Visitor
from tests.guides.factories import document, guide_data
from troubleshooter.cases import pasting
from troubleshooter.public_writes import MAX_TEXT

SHARED = "Connection reference 'shared_planner' was not given by invoker."
UNSURE = "".join(
    f"&q.{question}=unsure"
    for question in ("error-shows", "named-code", "app-starts-flow", "what-changed", "flow-on", "blank-value")
)
ELSEWHERE = "http://elsewhere.test/"

Found = dict[str, list[str]]


def look_at(visitor: Visitor, addresses: list[str]) -> Found:
    """What is wrong on each page that has something wrong."""
    found: Found = {}
    for address in addresses:
        visitor.open(address)
        visitor.page.keyboard.press("Tab")
        first_stop = visitor.page.evaluate("document.activeElement.className")
        found[address] = barriers(visitor.page) + ([] if first_stop == "skip" else [f"first Tab: {first_stop}"])
    return {address: problems for address, problems in found.items() if problems}


def look_after_paste(visitor: Visitor, texts: list[str]) -> Found:
    found: Found = {}
    for text in texts:
        visitor.open()
        visitor.paste(text)
        with visitor.page.expect_navigation():
            visitor.find_the_fix()
        found[text[:40]] = barriers(visitor.page)
    return {text: problems for text, problems in found.items() if problems}


def test_the_wizard_has_no_barriers(page: Page, site: str) -> None:
    addresses = [
        "/",
        "/diagnose/",
        "/diagnose/?q.error-shows=connection&q.named-code=unsure",
        "/diagnose/?q.error-shows=connection&show=q.error-shows",
        "/diagnose/?message=failed-to-install-flow",
        "/diagnose/?code=ConnectionAuthorizationFailed&show=fixes&tried=FIX-2.same",
        "/diagnose/?unknown=ZorkFailed&q.retired=yes",
        f"/diagnose/?q.how-often=unsure&q.over-two-minutes=unsure{UNSURE}",
    ]
    assert look_at(Visitor(page, site), addresses) == {}


def test_what_was_read_in_a_text_has_no_barriers(page: Page, site: str) -> None:
    texts = [
        f"{SHARED} Sent to anna@example.com",
        f"InvokerConnectionOverrideFailed for anna@example.com after {SHARED}",
        "Something else is wrong here",
    ]
    assert look_after_paste(Visitor(page, site), texts) == {}


def test_guides_have_no_barriers(page: Page, site: str) -> None:
    addresses = [
        "/guides/",
        "/guides/not-allowed-connection-reference/",
        "/guides/connection-authorization-failed/?code=ConnectionAuthorizationFailed&q.app-starts-flow=yes",
        "/guides/install-flow-failed/?message=failed-to-install-flow",
    ]
    assert look_at(Visitor(page, site), addresses) == {}


def test_codes_search_and_help_have_no_barriers(page: Page, site: str) -> None:
    addresses = [
        "/codes/",
        "/codes/?q=NotAllowedConnectionReferenced",
        "/codes/0x80040265/",
        "/search/?q=blank+value",
        "/search/?q=flwo+zork",
        "/help/",
    ]
    assert look_at(Visitor(page, site), addresses) == {}


@pytest.mark.expected_console_errors("status of 4")
def test_pages_that_say_no_have_no_barriers(page: Page, site: str) -> None:
    publishing.load([document("guide", old_guide())])
    assert look_at(Visitor(page, site), ["/nowhere/", "/codes/ZorkFailed/", "/guides/old-advice/"]) == {}


@pytest.mark.expected_console_errors("status of 4")
def test_refused_texts_come_back_on_pages_without_barriers(page: Page, site: str, monkeypatch: Any) -> None:
    visitor = Visitor(page, site)
    found = look_after_paste(visitor, ["", "x" * (MAX_TEXT + 1)])
    monkeypatch.setattr(pasting, "PASTES_A_MINUTE", 0)
    found |= look_after_paste(visitor, ["Too often"])
    page.route(ELSEWHERE, lambda route: form_of_another_site(route, site))
    page.goto(ELSEWHERE)
    with page.expect_navigation():
        page.get_by_role("button").click()
    assert page.get_by_label("Paste the error text").input_value() == "From elsewhere"
    assert found | {"From elsewhere": barriers(page)} == {"From elsewhere": []}


def old_guide() -> dict[str, Any]:
    return guide_data(
        reference="FLOW-90",
        slug="old-advice",
        title="Delete the flow",
        meaning="Advice from long ago.",
        codes=[{"token": "OldCode"}],
        messages=[],
        expects={},
        samples=[],
        retired={"successor": "FLOW-1"},
    )


def form_of_another_site(route: Route, site: str) -> None:
    fields = '<textarea name="text">From elsewhere</textarea><button>Send</button>'
    route.fulfill(content_type="text/html", body=f'<form method="post" action="{site}/diagnose/">{fields}</form>')
