"""Links from old tickets: questions that are gone, keys nobody knows, renamed guides, answers that contradict."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from guides import publishing
from tests.guides.factories import document, guide_data


def test_a_link_from_another_time_leads_to_a_page_that_says_what_was_left_out(page: Page, site: str) -> None:
    notes = {
        "/diagnose/?q.a-retired-question=yes&q.flow-on=yes": "This page is out of date. We kept your other answers.",
        "/diagnose/?q.error-shows=a-retired-answer": "This page is out of date.",
        "/diagnose/?colour=red&q.flow-on=yes": "We left out what we do not know in this address: colour.",
        "/diagnose/?q.flow-on=yes&q.flow-on=no": "One question had two answers. We kept “Yes, its status is On”.",
        "/guides/response-timeout/?code=ResponseTimeout&q.a-retired-question=yes": "This page is out of date.",
    }
    for address, note in notes.items():
        page.goto(site + address)
        expect(page.locator(".note").filter(has_text=note)).to_be_visible()
        expect(page.locator("h1")).to_have_count(1)


def test_a_link_to_a_renamed_guide_leads_to_its_new_name(page: Page, site: str) -> None:
    renamed = guide_data(
        reference="FLOW-91", slug="new-name", codes=[{"token": "NewName"}], messages=[], samples=[], expects={}
    )
    publishing.load([document("guide", renamed | {"former_slugs": ["old-name"]})])
    page.goto(f"{site}/guides/old-name/?code=NewName")
    expect(page).to_have_url(f"{site}/guides/new-name/?code=NewName")


def test_a_permanent_link_to_a_step_shows_that_step(page: Page, site: str) -> None:
    page.goto(f"{site}/g/FLOW-7/FIX-7.2/")
    expect(page).to_have_url(f"{site}/guides/not-allowed-connection-reference/#FIX-7.2")
    expect(page.locator("[id='FIX-7.2']")).to_be_in_viewport()
