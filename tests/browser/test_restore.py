"""Staff look back at what readers saw and put an old revision back as the draft."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from guides import publishing
from tests.browser.checks import NARROW, WIDE
from tests.guides.factories import document, guide_data, load_small_library


@pytest.fixture
def staff(transactional_db: None, live_server: Any, page: Page) -> str:
    """The address of a site on which a guide was published twice, in whose admin the page is signed in."""
    load_small_library()
    newer = guide_data(title="Switch the flow on", phrases=["my flow is off"])
    publishing.load([document("guide", newer)], why="Shorter")
    User.objects.create_superuser("sam", "sam@example.org", "correct horse")
    page.goto(f"{live_server.url}/admin/login/?next=/admin/guides/revision/")
    page.get_by_label("Username").fill("sam")
    page.get_by_label("Password").fill("correct horse")
    page.get_by_role("button", name="Log in").click()
    return str(live_server.url)


def expect_no_barrier(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    for size in (WIDE, NARROW):
        page.set_viewport_size(size)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        found = Axe().run(page).response["violations"]
        assert [rule["id"] for rule in found if rule["impact"] in ("serious", "critical")] == []
    page.set_viewport_size(WIDE)


def open_history(page: Page, site: str) -> None:
    page.goto(f"{site}/admin/guides/guide/?q=FLOW-1")
    page.get_by_role("link", name="FLOW-1").click()
    page.locator("#content").get_by_role("link", name="What readers saw").click()
    expect(page.locator("input.action-select")).to_have_count(2)


@pytest.mark.expected_console_errors("preload assets")
def test_two_ticked_revisions_are_compared(page: Page, staff: str) -> None:
    open_history(page, staff)
    for box in page.locator("input.action-select").all():
        box.check()
    page.get_by_label("Action:").select_option("Compare the two selected")
    page.get_by_role("button", name="Go").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Compare two revisions of FLOW-1")
    expect(page.locator("ins", has_text="my flow is off")).to_be_visible()
    expect_no_barrier(page)
    page.get_by_label("From").select_option(index=0)
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_text("There is no difference.")).to_be_visible()


@pytest.mark.expected_console_errors("preload assets")
def test_an_old_revision_becomes_the_draft_and_readers_keep_the_new_one(page: Page, staff: str) -> None:
    open_history(page, staff)
    page.locator("#result_list").get_by_role("row").last.get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("FLOW-1, revision 1")
    expect_no_barrier(page)
    page.get_by_role("link", name="Restore as draft").click()
    expect(page.locator("del", has_text="my flow is off")).to_be_visible()
    expect_no_barrier(page)
    page.get_by_role("button", name="Restore as draft").click()
    expect(page.get_by_text("Readers see no change until it is published.")).to_be_visible()
    expect(page.get_by_label("Title").first).to_have_value("Turn the flow back on")
    page.goto(f"{staff}/guides/flow-turned-off/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Switch the flow on")
