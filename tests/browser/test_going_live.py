"""What goes live was shown before, in both widths and themes: publish, review, retire, people and the audit trail."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from playwright.sync_api import Page, expect

from guides import drafts, rows
from guides.models import Guide
from tests.browser.checks import barriers
from tests.guides.factories import document, guide_data, load_small_library, mitigation_data, notice_data

PASSWORD = "correct horse"


@pytest.fixture
def site(transactional_db: None, live_server: Any) -> str:
    """The address of a site with two live guides, a curator and a publisher."""
    load_small_library()
    for name, group in (("cleo", "Curators"), ("petra", "Publishers"), ("ada", "Administrators")):
        person = User.objects.create_user(name, password=PASSWORD, is_staff=True)
        person.groups.add(Group.objects.get(name=group))
    return str(live_server.url)


def sign_in(page: Page, site: str, name: str) -> None:
    page.context.clear_cookies()
    page.goto(f"{site}/admin/login/?next=/admin/")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()


def wrote(kind: str, data: dict[str, Any]) -> None:
    drafts.saved([rows.write(document(kind, data))], None)


def test_a_curator_asks_and_a_publisher_looks_and_publishes(page: Page, site: str) -> None:
    sign_in(page, site, "cleo")
    page.goto(f"{site}/admin/guides/guide/?q=FLOW-1")
    page.get_by_role("link", name="FLOW-1").click()
    page.get_by_label("Title").first.fill("Turn the flow on again")
    page.get_by_role("button", name="Save and send for review").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Send FLOW-1 Turn the flow on again for review")
    expect(page.get_by_role("button", name="Publish", exact=True)).to_have_count(0)
    assert barriers(page, "#content") == []
    page.get_by_label("A note for them").fill("Clearer title")
    page.get_by_role("button", name="Send for review").click()
    expect(page.get_by_text("waits for review now")).to_be_visible()

    sign_in(page, site, "petra")
    page.goto(f"{site}/admin/guides/guide/")
    page.get_by_role("link", name="Waiting for review: 1").click()
    expect(page.get_by_text("“Clearer title”")).to_be_visible()
    assert barriers(page, "#content") == []
    page.get_by_role("link", name="FLOW-1 Turn the flow on again").click()
    expect(page.locator("ins").filter(has_text="again")).to_be_visible()
    page.get_by_label("Why?").fill("Clearer title")
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_text("FLOW-1 Turn the flow on again (revision 2)")).to_be_visible()
    page.goto(f"{site}/guides/flow-turned-off/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Turn the flow on again")


def test_a_refused_publish_says_why_and_leads_to_the_field(page: Page, site: str) -> None:
    wrote("mitigation", mitigation_data(title="Switch the flow on"))
    wrote("notice", notice_data(text="Change it where you **build** it."))
    wrote("guide", guide_data(sources=[], causes=[{"key": "off", "text": "word " * 70}]))
    sign_in(page, site, "petra")
    page.goto(f"{site}/admin/guides/guide/{Guide.objects.get(reference='FLOW-1').pk}/publish/")
    expect(page.get_by_text("This cannot go live yet. Mend this first:")).to_be_visible()
    expect(page.get_by_role("button", name="Publish", exact=True)).to_have_count(0)
    assert barriers(page, "#content") == []
    page.get_by_role("link", name="FLOW-1: Source: say where the facts come from").click()
    expect(page.locator("#sources-group")).to_be_in_viewport()


def test_a_guide_is_retired_for_its_successor(page: Page, site: str) -> None:
    sign_in(page, site, "petra")
    page.goto(f"{site}/admin/guides/guide/?q=FLOW-1")
    page.get_by_role("link", name="FLOW-1").click()
    page.get_by_role("link", name="Retire", exact=True).click()
    assert barriers(page, "#content") == []
    page.get_by_label("Successor").select_option("FLOW-2 Renew the password")
    page.get_by_role("button", name="Retire").click()
    expect(page.get_by_text("is retired. Readers of old links are told so")).to_be_visible()


def test_the_pages_of_people_and_of_the_trail_have_no_barrier(page: Page, site: str) -> None:
    test_a_guide_is_retired_for_its_successor(page, site)
    sign_in(page, site, "ada")
    person = User.objects.get(username="cleo")
    for address in ("admin/logentry/", f"auth/user/{person.pk}/change/", "auth/user/"):
        page.goto(f"{site}/admin/{address}")
        assert barriers(page, "h1") == []
    page.goto(f"{site}/admin/guides/guide/{Guide.objects.get(reference='FLOW-1').pk}/history/")
    expect(page.get_by_text("Retired it, with FLOW-2 as its successor.")).to_be_visible()
    assert barriers(page, "#content") == []
