"""The figures meet no barrier, empty or full, and their days and tables work from the keyboard."""

from __future__ import annotations

import datetime

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import Page, expect

from guides.models import Guide
from tests.browser.checks import NARROW, barriers, until
from tests.insights.recorded import handed, linked, pasted, said

FIGURES = "/admin/insights/"
pytestmark = pytest.mark.expected_console_errors("preload assets", "status of 422")


@pytest.fixture
def staff(page: Page, site: str) -> str:
    """The address of a site with starter guides, in whose admin the page is signed in."""
    User.objects.create_superuser("sam", "sam@example.org", "correct horse")
    page.goto(f"{site}{FIGURES}")
    page.get_by_label("Username").fill("sam")
    page.get_by_label("Password").fill("correct horse")
    page.get_by_role("button", name="Log in").click()
    return site


@pytest.fixture
def busy(staff: str) -> str:
    """The same site after many cases."""
    for guide in Guide.objects.filter(reference__in=("FLOW-3", "FLOW-4", "FLOW-9")):
        link = linked(guide, f"INC-{guide.pk}", "resolved", part="FIX-4")
        for number in range(24):
            result = ("worked", "worked", "same", "could-not")[number % 4]
            reason = "not-found" if result == "could-not" else ""
            comment = "The menu has another name now." if number % 6 == 0 else ""
            said(guide, result, reason=reason, comment=comment, mitigation="FIX-4", evidence="code=ResponseTimeout")
        said(guide, link=link, mitigation="FIX-4")
        handed(evidence="tried=FIX-4.same")
    for match, count in (("exact", 40), ("likely", 9), ("", 12)):
        pasted(timezone.localdate(), match, count)
    return staff


def test_figures_without_a_case_have_no_barriers(page: Page, staff: str) -> None:
    expect(page.get_by_text("No cases")).to_have_count(5)
    assert barriers(page, within="#content") == []


def test_figures_of_many_cases_have_no_barriers(page: Page, busy: str) -> None:
    page.goto(busy + FIGURES)
    expect(page.get_by_text("Up ").or_(page.get_by_text("likely between")).first).to_be_visible()
    assert barriers(page, within="#content") == []
    page.set_viewport_size({"width": 1280, "height": 800})
    page.get_by_role("link", name="FLOW-3 ").click()
    expect(page.get_by_text("The menu has another name now.").first).to_be_visible()
    assert barriers(page, within="#content") == []


def test_days_that_cannot_be_are_told_where_focus_is(page: Page, staff: str) -> None:
    page.get_by_label("From").fill("2026-03-02")
    page.get_by_label("To", exact=True).fill("2026-03-01")
    page.get_by_role("button", name="Show these days").click()
    expect(page).to_have_title("Error: Figures | Troubleshooter")
    expect(page.locator(".errornote")).to_be_focused()
    expect(page.get_by_label("From")).to_have_value("2026-03-02")
    assert barriers(page, within="#content") == []
    page.get_by_role("link", name="The first day is after the last.").click()
    expect(page.get_by_label("From")).to_be_focused()
    page.get_by_role("link", name="Last 7 days").click()
    first = timezone.localdate() - datetime.timedelta(days=6)
    expect(page.get_by_label("From")).to_have_value(first.isoformat())


def test_the_table_scrolls_inside_itself_with_the_keyboard(page: Page, busy: str) -> None:
    page.set_viewport_size(NARROW)
    page.goto(busy + FIGURES)
    table = page.get_by_role("region", name="What became of the tries of each guide")
    table.focus()
    expect(table).to_be_focused()
    page.keyboard.press("ArrowRight")
    until(page, "document.querySelector('.scrolls').scrollLeft > 0")
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
