"""A letter in a browser, as a mail program shows it: no barriers in either theme, one column in either width."""

from __future__ import annotations

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

from guides import knowledge
from tests.browser.checks import OFF_BY_DEFAULT, RUN_AXE, TAGS
from tests.guides.factories import load_small_library
from tests.repair_tips.failures import NOW, a_sender, take
from troubleshooter.repair_tips import letters

pytestmark = pytest.mark.django_db(transaction=True)

OF_A_TEXT = {
    "runOnly": [tag for tag in TAGS if tag != "best-practice"],  # mail programs have landmarks of their own
    "rules": {rule: {"enabled": True} for rule in OFF_BY_DEFAULT},
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [600, 320])
@pytest.mark.parametrize(
    ("name", "error"), [("Send invoices", "FlowIsTurnedOff"), ("Invoices" * 25, "Strange" * 12 + "Error: it broke")]
)
def test_a_letter_has_no_barriers(page: Page, scheme: str, width: int, name: str, error: str) -> None:
    load_small_library()
    queued = take(a_sender(), flow_name=name, error=error).queued
    assert queued
    message = letters.write(queued, knowledge.current(), NOW)
    assert message
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_content(str(message.alternatives[0][0]))
    page.evaluate(AXE_SCRIPT)
    assert page.evaluate(RUN_AXE, OF_A_TEXT) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    button = page.get_by_role("link", name="Fix my flow").bounding_box()
    assert button
    assert button["height"] >= 44
    expect(page.get_by_role("heading", level=2)).to_have_text(
        ["Time", "What happened", "How do I fix", "Troubleshooting tips"]
    )
