"""The page that describes the API needs no script, and people find every call and every shape on it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.checks import barriers

pytestmark = pytest.mark.django_db(transaction=True)


def test_people_find_a_call_what_it_takes_and_the_shape_of_its_answer(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/api/v1/")
    for what in ("Suggest guides for a ticket", "List the guides", "Report a failed run of a flow"):
        expect(page.get_by_role("link", name=what)).to_be_visible()
    page.get_by_role("link", name="Diagnose one failure").click()
    expect(page.get_by_role("heading", name="Diagnose one failure")).to_be_in_viewport()
    expect(page.get_by_role("region", name="Example: Diagnose one failure")).to_contain_text("who-fails")
    page.get_by_role("link", name="Answer", exact=True).click()
    expect(page.get_by_role("heading", name="Answer", exact=True)).to_be_in_viewport()


def test_it_has_no_barriers(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/api/v1/docs")
    assert barriers(page) == []
