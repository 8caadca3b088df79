"""The search field in the header: there where it has room, in nobody's way, and Back leads out of what it opened."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, ViewportSize, expect

WIDE: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 360, "height": 640}


def test_the_paste_box_is_at_most_six_tabs_away(page: Page, site: str) -> None:
    page.goto(site)
    stops = []
    while "text" not in stops and len(stops) < 9:
        page.keyboard.press("Tab")
        stops.append(page.evaluate("document.activeElement.id || document.activeElement.innerText"))
    assert stops == ["Skip to the main text", "Error codes", "search", "Search", "Get help from a person", "text"]


@pytest.mark.expected_console_errors("status of 404")
@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_help_from_a_person_stands_last_in_the_header(page: Page, site: str, size: ViewportSize) -> None:
    page.set_viewport_size(size)
    for address in ("/", "/search/", "/guides/response-timeout/", "/nowhere/"):
        page.goto(site + address)
        controls = page.locator("header :is(a, button):visible").all_inner_texts()
        assert controls[-1] == "Get help from a person"
        assert controls.count("Search") == 1


def test_on_a_phone_a_link_takes_the_place_of_the_field(page: Page, site: str) -> None:
    page.set_viewport_size(PHONE)
    page.goto(site)
    expect(page.locator("#search")).to_be_hidden()
    stops = []
    for _ in range(5):
        page.keyboard.press("Tab")
        stops.append(page.evaluate("document.activeElement.id || document.activeElement.innerText"))
    assert stops == ["Skip to the main text", "Error codes", "Search", "Get help from a person", "text"]
    page.get_by_role("link", name="Search").click()
    expect(page).to_have_url(f"{site}/search/")


def test_a_phone_shows_the_paste_box_and_two_answers_at_once(page: Page, site: str) -> None:
    page.set_viewport_size(PHONE)
    page.goto(site)
    for part in (page.locator("#text"), page.locator(".answers button").nth(1)):
        box = part.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= PHONE["height"]


@pytest.mark.parametrize("query", ["ResponseTimeout", "flow 4", "flwo timeuot"])
def test_back_leads_from_what_a_search_opened_to_where_it_was_typed(page: Page, site: str, query: str) -> None:
    page.goto(f"{site}/codes/")
    page.locator("#search").fill(query)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/guides/response-timeout/|/search/"))
    page.go_back()
    expect(page).to_have_url(f"{site}/codes/")
    page.go_forward()
    expect(page.locator("main")).to_contain_text("Make the flow answer in time")
