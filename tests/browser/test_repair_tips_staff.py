"""Administrators and owners meet no barriers: the staff pages of repair tips, and the page behind a letter's links."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.checks import barriers
from tests.repair_tips.failures import a_sender, take
from troubleshooter.repair_tips import opting
from troubleshooter.repair_tips.models import Letter, Sender

OWN_CHECKBOX = 'too small: <input type="checkbox" name="active"'
"""Its size is Django's own, and the label beside it is large."""


@pytest.fixture
def sender(site: str) -> Sender:
    return a_sender()


@pytest.fixture
def letter(sender: Sender) -> Letter:
    queued = take(
        sender, timezone.now(), error="InvokerConnectionOverrideFailed", flow_name="Send invoices " * 9
    ).queued
    assert queued
    return queued


@pytest.fixture
def staff(page: Page, site: str) -> str:
    """The address of a site in whose admin the page is signed in."""
    User.objects.create_superuser("sam", "sam@contoso.com", "correct horse")
    page.goto(f"{site}/admin/")
    page.get_by_label("Username").fill("sam")
    page.get_by_label("Password").fill("correct horse")
    page.get_by_role("button", name="Log in").click()
    return site


def in_the_way(page: Page) -> list[str]:
    return [problem for problem in barriers(page, within="#content") if OWN_CHECKBOX not in problem]


@pytest.mark.expected_console_errors("preload assets")
def test_a_letter_that_was_refused_is_sent_again(page: Page, staff: str, letter: Letter) -> None:
    past = timezone.now() - timedelta(hours=1)
    Letter.objects.update(state=Letter.State.REFUSED, trouble="SMTPRecipientsRefused 550", attempts=1, due=past)
    page.goto(f"{staff}/admin/")
    page.get_by_role("link", name="Repair tips: letters and senders").click()
    assert in_the_way(page) == []
    page.get_by_role("button", name="Send again").click()
    expect(page.get_by_text("1 letter goes out now.")).to_be_visible()
    expect(page.get_by_role("button", name="Try now")).to_be_visible()
    assert in_the_way(page) == []


@pytest.mark.expected_console_errors("preload assets", "status of 422")
def test_staff_see_what_arrives_before_owners_do(page: Page, staff: str, sender: Sender) -> None:
    page.goto(f"{staff}/admin/repair_tips/sender/")
    assert in_the_way(page) == []
    page.get_by_role("link", name="Finance").click()
    assert in_the_way(page) == []
    page.get_by_role("link", name="Send a test failure").click()
    expect(page.get_by_label("Who gets the letter")).to_have_value("sam@contoso.com")
    page.get_by_label("Who gets the letter").fill("sam@example.org")
    page.get_by_label("Several errors in one run").check()
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_role("alert")).to_contain_text("may only go to contoso.com")
    expect(page.get_by_label("Who gets the letter")).to_have_value("sam@example.org")
    expect(page.get_by_label("Several errors in one run")).to_be_checked()
    assert in_the_way(page) == []
    page.get_by_label("Who gets the letter").fill("sam@contoso.com")
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_role("heading", name="What arrives")).to_be_visible()
    assert in_the_way(page) == []
    page.get_by_role("link", name="Open the letter").click()
    expect(page.get_by_role("link", name="Fix my flow")).to_be_visible()
    # Only a page that may style itself gives the sheet of the letter its colour.
    assert page.locator(".sheet").evaluate("sheet => getComputedStyle(sheet).backgroundColor") == "rgb(255, 255, 255)"


def test_owners_turn_tips_off_and_on_without_barriers(page: Page, site: str, letter: Letter) -> None:
    page.goto(site + urlsplit(opting.link(letter)).path)
    assert barriers(page) == []
    page.get_by_role("button", name="Turn off tips for this flow").click()
    expect(page.get_by_text("You get no tips about this flow.")).to_be_visible()
    page.get_by_role("button", name="Turn off tips for all flows").click()
    expect(page.get_by_text("You get no tips about any flow.")).to_be_visible()
    assert barriers(page) == []
    page.get_by_role("button", name="Turn tips on again").click()
    page.get_by_role("button", name="Turn tips for this flow on again").click()
    expect(page.get_by_text("When this flow fails, you get an email with the fix.")).to_be_visible()


def test_tips_are_turned_off_without_script(page: Page, site: str, letter: Letter) -> None:
    browser = page.context.browser
    assert browser
    with browser.new_context(java_script_enabled=False) as context:
        bare = context.new_page()
        bare.goto(site + urlsplit(opting.link(letter)).path)
        bare.get_by_role("button", name="Turn off tips for this flow").click()
        expect(bare.get_by_text("You get no tips about this flow.")).to_be_visible()


@pytest.mark.expected_console_errors("status of 404")
def test_a_broken_link_has_no_barriers(page: Page, site: str) -> None:
    page.goto(f"{site}/tips/broken/")
    assert barriers(page) == []
