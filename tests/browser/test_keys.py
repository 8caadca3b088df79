"""An administrator makes a key for another program in the browser, copies it, and replaces and revokes it."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from tests.browser.checks import barriers


@pytest.fixture
def keys(transactional_db: None, live_server: Any, page: Page) -> str:
    """The address of the list of keys, in front of which an administrator is signed in."""
    User.objects.create_superuser("sam", "sam@example.org", "correct horse")
    page.goto(f"{live_server.url}/admin/")
    page.get_by_label("Username").fill("sam")
    page.get_by_label("Password").fill("correct horse")
    page.get_by_role("button", name="Log in").click()
    return f"{live_server.url}/admin/api/apikey/"


def make(page: Page, keys: str) -> str:
    page.goto(f"{keys}add/")
    page.get_by_label("Name").fill("Service desk")
    page.get_by_label("Say whether a fix helped").check()
    page.get_by_role("button", name="Save").click()
    return page.get_by_label("The key").input_value()


def test_a_key_is_copied_replaced_and_revoked(page: Page, keys: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    secret = make(page, keys)
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("status")).to_have_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == secret
    page.get_by_role("link", name="I have copied it").click()
    page.get_by_role("link", name="Replace").click()
    page.get_by_role("button", name="Make the new key").click()
    assert page.get_by_label("The key").input_value() not in ("", secret)
    expect(page.locator("#content")).to_contain_text("The old key works until")
    page.get_by_role("link", name="I have copied it").click()
    page.get_by_role("link", name="Revoke").click()
    page.get_by_role("button", name="Revoke the key").click()
    expect(page.locator("#content")).to_contain_text("Revoked on")
    expect(page.get_by_role("link", name="Replace")).to_have_count(0)


def test_the_pages_of_keys_have_no_barriers(page: Page, keys: str) -> None:
    make(page, keys)
    assert barriers(page, "#content") == []
    page.get_by_role("link", name="I have copied it").click()
    page.get_by_role("link", name="Revoke").click()
    assert barriers(page, "#content") == []
