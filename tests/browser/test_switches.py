"""The switches in the footer: there only with script, remembered, and in force before anything is painted."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

WATCH_THEME = """
new MutationObserver((changes, watch) => {
  if (!document.body) return;
  window.themeAtFirst = document.documentElement.dataset.theme;
  watch.disconnect();
}).observe(document, {childList: true, subtree: true});
"""


def test_a_chosen_theme_is_there_before_the_next_page_is_painted(page: Page, site: str) -> None:
    page.goto(site)
    page.get_by_label("Theme").select_option("Dark")
    dark = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    page.add_init_script(WATCH_THEME)
    page.goto(f"{site}/codes/")
    assert page.evaluate("themeAtFirst") == "dark"
    expect(page.get_by_label("Theme")).to_have_value("dark")
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == dark
    page.get_by_label("Theme").select_option("System")
    page.goto(site)
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") != dark


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_nothing_that_needs_script_is_shown_without_it(page: Page, site: str) -> None:
    page.goto(site)
    expect(page.get_by_label("Theme")).to_be_hidden()
    expect(page.get_by_label("Digit keys go to answers")).to_be_hidden()
    expect(page.get_by_text("We could not load this.")).to_be_hidden()


def test_the_skip_link_leads_to_the_main_part(page: Page, site: str) -> None:
    page.goto(site)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the main text")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
