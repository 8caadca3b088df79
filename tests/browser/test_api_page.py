"""The page that describes the API works in a browser under the strict Content-Security-Policy."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.django_db(transaction=True)


def test_people_can_try_a_call(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/api/v1/")
    for what in ("Suggest guides for a ticket", "List the guides", "Report a failed run of a flow"):
        expect(page.get_by_role("button", name=what)).to_be_visible()
    page.get_by_role("button", name="Diagnose one failure").click()
    page.get_by_role("button", name="Try it out").click()
    with page.expect_response("**/api/v1/diagnose") as answer:
        page.get_by_role("button", name="Execute").click()
    assert answer.value.status == 200
    expect(page.locator(".live-responses-table")).to_contain_text("hand-over")
