"""The paste box with script: reading while somebody types, pasting anywhere, pictures, and what is never kept."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visitor import Visitor

CODE = "WorkflowTriggerIsNotEnabled"
SECRET = "zebra-crossing-4711"
PASTE_PICTURE = """() => {
  const data = new DataTransfer();
  data.items.add(new File(["x"], "error.png", {type: "image/png"}));
  document.body.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""


def test_what_is_typed_is_recognised_at_once_and_the_card_leads_to_the_guide(page: Page, site: str) -> None:
    page.goto(site)
    box = page.get_by_label("Paste the error text")
    box.press_sequentially(f"It says {CODE}")
    card = page.locator("#found")
    expect(card.get_by_role("link", name="Turn the flow back on")).to_be_visible()
    expect(card).to_contain_text("Exact")
    expect(page.locator("#say")).to_have_text("We found one fix.")
    expect(box).to_be_focused()
    assert page.url == f"{site}/"
    card.get_by_role("link", name="Turn the flow back on").click()
    expect(page).to_have_url(re.compile(f"/guides/workflow-trigger-not-enabled/.*{CODE}"))


def test_a_paste_anywhere_fills_the_box(page: Page, site: str) -> None:
    visitor = Visitor(page, site)
    for address in ("/", "/diagnose/", "/guides/response-timeout/", "/codes/ResponseTimeout/"):
        visitor.open(address)
        visitor.copy_elsewhere(CODE)
        visitor.press("Control+v")
        expect(page.locator("#text")).to_have_value(CODE)
        expect(page.locator("#text")).to_be_focused()


def test_a_paste_into_another_field_stays_there(page: Page, site: str) -> None:
    visitor = Visitor(page, site)
    visitor.open("/search/")
    visitor.copy_elsewhere(CODE)
    page.get_by_label("Words or a code").focus()
    visitor.press("Control+v")
    expect(page.get_by_label("Words or a code")).to_have_value(CODE)
    expect(page.locator("#text")).to_have_value("")


def test_a_picture_is_answered_in_words_and_the_text_stays(page: Page, site: str) -> None:
    page.goto(site)
    page.get_by_label("Paste the error text").fill("half a text")
    page.evaluate(PASTE_PICTURE)
    expect(page.get_by_text("That is a picture. Open the error, copy the text and paste it here.")).to_be_visible()
    expect(page.locator("#say")).to_have_text("That is a picture. Copy the text instead.")
    expect(page.get_by_label("Paste the error text")).to_have_value("half a text")


@pytest.mark.expected_console_errors("status of 422")
def test_an_empty_paste_moves_focus_to_what_is_wrong_and_from_there_to_the_box(page: Page, site: str) -> None:
    page.goto(site)
    page.get_by_role("button", name="Find the fix").click()
    problem = page.get_by_role("link", name="Paste the error text, or pick an answer below.")
    expect(page).to_have_title(re.compile("^Error: "))
    expect(page.get_by_role("alert")).to_be_focused()
    problem.click()
    expect(page.get_by_label("Paste the error text")).to_be_focused()


def test_reading_around_leaves_no_cookie(page: Page, site: str) -> None:
    for address in ("/", "/diagnose/?q.flow-on=yes", "/guides/response-timeout/", "/codes/", "/search/?q=x", "/help/"):
        page.goto(site + address)
    page.goto(site)
    with page.expect_response("**/_/read/"):
        page.get_by_label("Paste the error text").fill(CODE)
    assert page.context.cookies() == []
    page.get_by_role("button", name="Find the fix").click()
    page.wait_for_url(re.compile("held="))
    assert [cookie["httpOnly"] for cookie in page.context.cookies()] == [True]


def test_a_pasted_text_is_in_no_address_and_in_no_store_of_the_browser(page: Page, site: str) -> None:
    addresses: list[str] = []
    page.on("request", lambda request: addresses.append(request.url))
    page.goto(site)
    with page.expect_response("**/_/read/"):
        page.get_by_label("Paste the error text").fill(f"was not given by invoker. {SECRET}")
    page.get_by_role("button", name="Find the fix").click()
    expect(page.locator(".held")).to_contain_text(SECRET)
    page.get_by_role("button", name="I am not sure").click()
    expect(page.locator(".known")).to_contain_text("I am not sure")
    page.go_back()
    expect(page.locator(".held")).to_contain_text(SECRET)
    kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert [address for address in addresses if SECRET in address] == []
    assert SECRET not in kept
