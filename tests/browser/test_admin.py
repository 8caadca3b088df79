"""Staff mend a guide in the browser, and readers see it at once."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from tests.guides.factories import load_small_library


@pytest.fixture
def staff(transactional_db: None, live_server: Any, page: Page) -> str:
    """The address of a site with two live guides, in whose admin the page is signed in."""
    load_small_library()
    User.objects.create_superuser("sam", "sam@example.org", "correct horse")
    page.goto(f"{live_server.url}/admin/")
    page.get_by_label("Username").fill("sam")
    page.get_by_label("Password").fill("correct horse")
    page.get_by_role("button", name="Log in").click()
    return str(live_server.url)


def open_guide(page: Page, site: str) -> None:
    page.goto(f"{site}/admin/guides/guide/?q=FLOW-1")
    page.get_by_role("link", name="FLOW-1").click()


def publish(page: Page) -> None:
    """Save what is typed, look at what would go live, and let it."""
    page.get_by_role("button", name="Save and publish").first.click()
    for part in page.get_by_role("checkbox").all():
        part.check()
    page.get_by_label("Why?").fill("It was wrong.")
    page.get_by_role("button", name="Publish", exact=True).click()


def test_an_edited_step_is_published_to_the_guide_and_to_the_wizard(page: Page, staff: str) -> None:
    open_guide(page, staff)
    fix = page.locator("#uses-0")
    fix.get_by_label("Title").fill("Switch the flow on")
    fix.get_by_role("textbox", name="Text").nth(1).fill("Press **Start** in the toolbar.")
    fix.get_by_role("combobox", name="Where").nth(1).select_option("Target environment")
    fix.get_by_role("button", name="Add a step").click()
    fix.get_by_role("textbox", name="Text").nth(2).fill("Wait for the green mark.")
    publish(page)
    expect(page.get_by_text("FIX-1 Switch the flow on (revision 2)")).to_be_visible()

    page.goto(f"{staff}/guides/flow-turned-off/")
    expect(page.get_by_text("Press Start in the toolbar.")).to_be_visible()
    expect(page.locator("[id='FIX-1.3']")).to_contain_text("Wait for the green mark.")
    page.goto(f"{staff}/")
    page.get_by_label("Paste the error text").fill("FlowIsTurnedOff")
    page.get_by_role("button", name="Find the fix").click()
    expect(page.locator("#screen")).to_contain_text("Switch the flow on")


def test_a_new_mitigation_is_written_with_its_steps_in_one_go(page: Page, staff: str) -> None:
    open_guide(page, staff)
    page.get_by_role("button", name="Add a mitigation").click()
    fix = page.locator("#uses-1")
    fix.get_by_label("Title").fill("Ask the owner")
    fix.get_by_role("textbox", name="Text").nth(0).fill("Find the owner.")
    fix.get_by_role("button", name="Add a step").click()
    fix.get_by_role("textbox", name="Text").nth(1).fill("Write to the owner.")
    publish(page)
    expect(page.get_by_text("FIX-2 Ask the owner (revision 1)")).to_be_visible()
    page.goto(f"{staff}/guides/flow-turned-off/")
    expect(page.locator("[id='FIX-2.2']")).to_contain_text("Write to the owner.")


def test_steps_are_moved_by_buttons_and_keep_their_numbers(page: Page, staff: str) -> None:
    open_guide(page, staff)
    move = page.get_by_role("button", name="Move up step 2 of FIX-1")
    move.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#say")).to_have_text("Step 2 of FIX-1 moved up.")
    expect(page.locator(":focus")).to_have_accessible_name("Move up step 1 of FIX-1")
    publish(page)
    expect(page.get_by_text("FIX-1 Turn on the flow (revision 2)")).to_be_visible()
    page.goto(f"{staff}/guides/flow-turned-off/")
    order = page.locator("[id^='FIX-1.']").evaluate_all("steps => steps.map(step => step.id)")
    assert order == ["FIX-1.2", "FIX-1.1"]
