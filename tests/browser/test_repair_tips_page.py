"""The page that tells makers how a flow reports its failures."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.checks import barriers

pytestmark = pytest.mark.django_db(transaction=True)

PAGE = "/help/repair-tips/"


def test_the_page_has_no_barriers(page: Page, live_server: LiveServer) -> None:
    page.goto(live_server.url + PAGE)
    assert barriers(page) == []


def test_a_text_is_copied_with_one_press(page: Page, live_server: LiveServer) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(live_server.url + PAGE)
    page.get_by_role("button", name="Copy the body").click()
    expect(page.locator("#say")).to_have_text("Copied.")
    assert (
        page.evaluate("navigator.clipboard.readText()").strip() == page.get_by_label("The body").input_value().strip()
    )
