"""A curator writes a guide from nothing, a publisher lets it go live, and the wizard leads to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from playwright.sync_api import Browser, Page, expect

from guides.models import Guide

PASSWORD = "correct horse"
ERROR = '{"error": {"code": "QuotaOfRunsExceeded", "message": "The flow \'Orders\' used up its runs of today."}}'

SignIn = Callable[[str, str], Page]


@pytest.fixture
def sign_in(site: str, browser: Browser, browser_context_args: dict[str, Any]) -> SignIn:
    """Opens the admin in a browser of its own for a new account of a group."""

    def opened(name: str, group: str) -> Page:
        account = User.objects.create_user(name, password=PASSWORD, is_staff=True)
        account.groups.add(Group.objects.get(name=group))
        page = browser.new_context(**browser_context_args, base_url=site).new_page()
        page.goto("/admin/")
        page.get_by_label("Username").fill(name)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Log in").click()
        return page

    return opened


def write_guide(page: Page) -> None:
    """What the README tells somebody who writes a guide in the admin."""
    page.goto("/admin/guides/guide/add/")
    page.get_by_label("Title").first.fill("Wait until the runs of the day start anew")
    page.get_by_label("What went wrong").fill("The flow used up the runs of its plan.")
    page.get_by_label("Address", exact=True).fill("runs-used-up")
    page.get_by_label("Code", exact=True).fill("QuotaOfRunsExceeded")
    cause = page.locator("#causes-0")
    cause.get_by_label("Text").fill("A plan allows a number of runs a day. This flow used them up.")
    fix = page.locator("#uses-0")
    fix.get_by_label("Title").fill("Wait for the next day")
    fix.get_by_role("textbox", name="Text").nth(0).fill("Open the flow and look at **Run history**.")
    fix.get_by_role("button", name="Add a step").click()
    fix.get_by_role("textbox", name="Text").nth(1).fill("Start the flow again after midnight UTC.")
    page.get_by_role("textbox", name="How you know it worked").fill("The next run is **Succeeded**.")
    page.locator("#samples-0").get_by_label("Text").fill(ERROR)
    page.locator("#sources-0").get_by_label("Title").fill("Limits of automated flows")
    page.locator("#sources-0").get_by_label("Web address").fill(
        "https://learn.microsoft.com/power-automate/limits-and-config"
    )


@pytest.mark.expected_console_errors("404")
def test_a_guide_is_written_from_nothing_reviewed_published_and_found_through_the_wizard(
    sign_in: SignIn, site: str, page: Page
) -> None:
    curator = sign_in("cleo", "Curators")
    write_guide(curator)
    curator.get_by_role("button", name="Save and send for review").first.click()
    curator.get_by_label("Note").fill("New limit, three tickets this week.")
    curator.get_by_role("button", name="Send for review").click()
    expect(curator.get_by_role("button", name="Publish", exact=True)).to_have_count(0)
    page.goto(f"{site}/guides/runs-used-up/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("cannot find")

    publisher = sign_in("pia", "Publishers")
    publisher.get_by_role("link", name="Wait until the runs of the day start anew").first.click()
    publisher.get_by_role("button", name="Publish", exact=True).click()
    assert Guide.objects.get(slug="runs-used-up").is_live

    page.goto(site)
    page.get_by_label("Paste the error text").fill(ERROR)
    page.get_by_role("button", name="Find the fix").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wait until the runs of the day start anew")
    expect(page.get_by_text("Start the flow again after midnight UTC.")).to_be_visible()


def test_an_agent_reads_a_guide_with_its_internal_note_and_can_change_nothing(sign_in: SignIn) -> None:
    Guide.objects.filter(reference="FLOW-3").update(internal_note="Ask **Robin** when the licence is missing.")
    agent = sign_in("alex", "Agents")
    agent.get_by_role("link", name="Guides", exact=True).first.click()
    agent.get_by_role("link", name="FLOW-3").click()
    expect(agent.get_by_text("Ask **Robin** when the licence is missing.")).to_be_visible()
    expect(agent.get_by_role("button", name="Save")).to_have_count(0)
    expect(agent.get_by_role("button", name="Save and publish")).to_have_count(0)
    expect(agent.get_by_role("link", name="Retire", exact=True)).to_have_count(0)


def test_an_administrator_makes_an_account_and_puts_it_into_a_group(sign_in: SignIn) -> None:
    administrator = sign_in("ada", "Administrators")
    administrator.goto("/admin/auth/user/add/")
    administrator.get_by_label("Username").fill("newcomer")
    administrator.locator("#id_password1").fill("a horse of another colour")
    administrator.locator("#id_password2").fill("a horse of another colour")
    administrator.get_by_role("button", name="Save", exact=True).click()
    administrator.get_by_label("Groups").select_option(label="Curators")
    administrator.get_by_role("button", name="Save", exact=True).first.click()
    account = User.objects.get(username="newcomer")
    assert account.is_staff
    assert [group.name for group in account.groups.all()] == ["Curators"]
