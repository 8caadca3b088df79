"""Staff find what to do next, start a guide from it, and meet no barrier on the way; readers report a mistake."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from guides.models import ErrorCode, Guide
from tests.browser.checks import barriers
from tests.insights.conftest import make_error, make_missed
from troubleshooter.cases.models import Flag
from troubleshooter.insights.reports import REPORTS


@pytest.fixture
def staff(page: Page, site: str) -> str:
    """The address of a site with starter guides and things to do, in whose admin the page is signed in."""
    User.objects.create_superuser("sam", "sam@example.org", "correct horse")
    guide = Guide.objects.get(reference="FLOW-1")
    guide.ask_for_review(None, "One step is new.")
    Flag.objects.report("FLOW-1", "", "The link is broken.", guide.live_id or 0)
    make_error(1)
    make_error(2, token="MailboxFull")
    make_missed()
    ErrorCode.objects.create(token="NobodyKnows")
    page.goto(f"{site}/admin/")
    page.get_by_label("Username").fill("sam")
    page.get_by_label("Password").fill("correct horse")
    page.get_by_role("button", name="Log in").click()
    return site


@pytest.mark.expected_console_errors("preload assets")
def test_start_page_and_reports_have_no_barriers(page: Page, staff: str) -> None:
    addresses = ["", "reports/", "reports/flow/", *(f"reports/{slug}/" for slug in REPORTS), "reports/errors/?aside=1"]
    found = {}
    for address in addresses:
        page.goto(f"{staff}/admin/{address}")
        found[address] = barriers(page, within="#content")
    assert {address: problems for address, problems in found.items() if problems} == {}


def in_the_way(page: Page) -> list[str]:
    """Barriers on a page whose title and small controls are Django's own."""
    return [problem for problem in barriers(page) if not ("too small" in problem or problem.startswith("the title"))]


@pytest.mark.expected_console_errors("preload assets")
def test_the_queue_of_reports_can_be_worked_through_without_barriers(page: Page, staff: str) -> None:
    page.goto(f"{staff}/admin/cases/flag/?state=open")
    assert in_the_way(page) == []
    page.get_by_role("link", name="The link is broken.").click()
    expect(page.get_by_label("Note")).to_be_visible()
    assert in_the_way(page) == []
    page.get_by_label("Note").fill("The link is mended.")
    page.get_by_label("Done", exact=True).check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("0 readers’ reports")).to_be_visible()


@pytest.mark.expected_console_errors("status of 4")
def test_the_form_for_a_mistake_has_no_barriers(page: Page, site: str) -> None:
    page.goto(f"{site}/guides/response-timeout/")
    page.get_by_role("link", name="Something is wrong on this page").click()
    assert barriers(page) == []
    page.get_by_role("button", name="Send the report").click()
    assert barriers(page) == []
    page.get_by_label("Where is it?").select_option(index=2)
    page.get_by_label("What is wrong?").fill("The menu has another name now.")
    page.get_by_role("button", name="Send the report").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert barriers(page) == []


@pytest.mark.expected_console_errors("Applying inline style violates", "preload assets")
def test_an_unknown_error_becomes_the_start_of_a_guide(page: Page, staff: str) -> None:
    page.goto(f"{staff}/admin/")
    page.get_by_role("link", name="All errors without a guide").click()
    page.get_by_role("link", name="Start a guide MailboxFull").click()
    expect(page.locator("[name='samples-0-text']")).to_have_value("The frobnicator 2 is jammed.")


def test_what_is_set_aside_comes_back(page: Page, staff: str) -> None:
    page.goto(f"{staff}/admin/reports/errors/")
    page.get_by_role("button", name="Set aside MailboxFull").click()
    expect(page.get_by_text("MailboxFull")).to_have_count(0)
    page.get_by_role("link", name="Set aside", exact=True).click()
    page.get_by_role("button", name="Bring back MailboxFull").click()
    expect(page.get_by_text("MailboxFull").first).to_be_visible()


@pytest.mark.expected_console_errors("preload assets")
def test_a_visit_among_staff_leaves_the_public_switch_of_the_theme_readable(page: Page, staff: str) -> None:
    page.goto(f"{staff}/admin/")
    page.get_by_role("button", name="Toggle theme").first.click()
    page.goto(staff)
    assert page.get_by_label("Theme").input_value() in ("light", "dark")
    page.evaluate("localStorage.theme = 'auto'")
    page.reload()
    expect(page.get_by_label("Theme")).to_have_value("")
