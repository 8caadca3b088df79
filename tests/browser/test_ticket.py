"""The ticket in a browser: copied in all its formats with nothing typed, and as useful without script."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.fixtures import Settings

from tests.browser.checks import barriers, until
from tests.browser.visitor import Visitor
from troubleshooter.cases.models import HandOver

GUID = "67474bfe-2512-4ffe-a890-98e456a65d64"
TEXT = f"""anna@example.com got ConnectionAuthorizationFailed, "clientRequestId": "{GUID}" """
CASE = "/ticket/?code=ConnectionAuthorizationFailed&q.app-starts-flow=yes&q.fails-where=target-only&tried=FIX-2.same"
CLIPBOARD = """async () => Object.fromEntries(await Promise.all((await navigator.clipboard.read()).flatMap((item) =>
  item.types.map(async (type) => [type, await (await item.getType(type)).text()]))))"""
REFUSE = "Object.defineProperty(navigator, 'clipboard', {value: {write: () => Promise.reject(new Error('no'))}})"
SELECTED = "() => getSelection().toString()"


@pytest.fixture
def visitor(page: Page, site: str) -> Visitor:
    return Visitor(page, site)


@pytest.fixture
def may_copy(context: BrowserContext) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])


def paste(visitor: Visitor, text: str = TEXT) -> None:
    """Paste a text; the ticket of it, with two answers and one failed fix."""
    visitor.open()
    visitor.paste(text)
    with visitor.page.expect_navigation():
        visitor.find_the_fix()
    query = visitor.page.url.partition("?")[2].partition("#")[0]
    visitor.open(f"/ticket/?{query}&q.app-starts-flow=yes&q.fails-where=target-only&tried=FIX-2.same")


def press(visitor: Visitor, name: str) -> None:
    visitor.page.get_by_role("button", name=name, exact=True).click()
    visitor.actions += 1


def said(page: Page, words: str) -> None:
    expect(page.locator("#say")).to_have_text(words)


@pytest.mark.usefixtures("may_copy")
def test_two_failed_fixes_are_on_the_clipboard_in_four_actions_with_nothing_typed(visitor: Visitor) -> None:
    page = visitor.page
    visitor.open("/guides/connection-authorization-failed/?code=ConnectionAuthorizationFailed")
    for _ in range(2):
        page.get_by_role("button", name="No, I get the same error").first.click()
        visitor.actions += 1
        page.wait_for_url(lambda url: url.count("tried=") == visitor.actions)
    expect(page.locator("h1")).to_be_focused()
    page.get_by_role("link", name="Send it to support").click()
    visitor.actions += 1
    press(visitor, "Copy")
    said(page, "Copied.")
    copied = page.evaluate(CLIPBOARD)["text/plain"]
    assert copied.count("The same error came back") == 2
    assert "[ConnectionAuthorizationFailed]" in copied
    assert (visitor.actions, visitor.keys) == (4, 0)


@pytest.mark.usefixtures("may_copy")
def test_text_rich_text_and_markdown_are_copied_at_once(visitor: Visitor) -> None:
    paste(visitor)
    press(visitor, "Copy")
    said(visitor.page, "Copied.")
    copied = visitor.page.evaluate(CLIPBOARD)
    for part in ("[ConnectionAuthorizationFailed]", GUID, "Yes, it fails only in the target", "revision 1", "[email]"):
        assert part in copied["text/plain"]
        assert part in copied["text/html"]
    assert "<h3>Problem</h3>" in copied["text/html"]
    assert "anna@" not in str(copied)
    press(visitor, "Copy as Markdown")
    until(visitor.page, "document.querySelector('#say').textContent === 'Copied.\u00a0'")
    assert visitor.page.evaluate(CLIPBOARD)["text/plain"].startswith("**\\[ConnectionAuthorizationFailed\\]")


@pytest.mark.usefixtures("may_copy")
def test_a_copied_ticket_is_counted_and_a_looked_at_one_is_not(visitor: Visitor) -> None:
    visitor.open(CASE)
    assert not HandOver.objects.exists()
    with visitor.page.expect_response("**/ticket/**"):
        press(visitor, "Copy")
    visitor.page.wait_for_load_state("networkidle")
    said(visitor.page, "Copied.")
    assert HandOver.objects.get().way == "copied"


@pytest.mark.usefixtures("may_copy")
def test_what_is_added_is_copied_even_right_after_typing(visitor: Visitor) -> None:
    visitor.open(CASE)
    visitor.page.get_by_label("Anything else?").fill("Only on Mondays. Ask jane@example.com")
    press(visitor, "Copy")
    said(visitor.page, "Copied.")
    assert "ANYTHING ELSE\nOnly on Mondays. Ask [email]" in visitor.page.evaluate(CLIPBOARD)["text/plain"]
    expect(visitor.page.get_by_label("Anything else?")).to_have_value("Only on Mondays. Ask jane@example.com")


def test_typing_moves_neither_focus_nor_address(visitor: Visitor) -> None:
    visitor.open(CASE)
    box = visitor.page.get_by_label("Anything else?")
    with visitor.page.expect_response("**/ticket/**"):
        box.press_sequentially("Only on Mondays")
    expect(visitor.page.get_by_label("The ticket", exact=True)).to_have_value(re.compile("Only on Mondays"))
    expect(box).to_be_focused()
    assert visitor.page.url == visitor.site + CASE


def test_where_copying_is_refused_the_text_is_selected_and_said_so(visitor: Visitor) -> None:
    visitor.page.add_init_script(REFUSE)
    visitor.open(CASE)
    press(visitor, "Copy")
    said(visitor.page, "Press Ctrl+C to copy.")
    assert visitor.page.evaluate(SELECTED) == visitor.page.get_by_label("The ticket", exact=True).input_value()
    press(visitor, "Copy as Markdown")
    assert visitor.page.evaluate(SELECTED).startswith("**\\[ConnectionAuthorizationFailed\\]")
    assert not HandOver.objects.exists()


def test_a_removed_id_does_not_return_on_the_way_back(visitor: Visitor) -> None:
    paste(visitor)
    page = visitor.page
    visitor.page.get_by_label("Anything else?").fill("My own words")
    page.get_by_role("button", name=f"Remove the Client request ID {GUID}").click()
    expect(page.locator("#kept")).to_be_focused()
    expect(page.get_by_label("Anything else?")).to_have_value("My own words")
    assert GUID not in page.content()
    page.reload()
    assert GUID not in page.content()
    for _ in range(2):
        page.go_back()
        assert page.locator(".held").count() == 1
        assert GUID not in page.content()


def test_a_ticket_is_sent_by_keyboard_and_focus_is_on_its_number(visitor: Visitor, settings: Settings) -> None:
    settings.SUPPORT_EMAIL = "support@example.com"
    visitor.open(CASE)
    page = visitor.page
    page.get_by_label("Your e-mail").focus()
    page.keyboard.type("jane@example.com")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    number = page.locator("h1")
    expect(number).to_have_text(re.compile("^Sent. Your number is"))
    assert number.inner_text() == f"Sent. Your number is {HandOver.objects.get().pk}."
    expect(number).to_be_focused()
    assert page.get_by_role("button", name="Copy", exact=True).is_visible()
    assert page.get_by_role("button", name="Print").is_visible()
    expect(page.locator(".panel:visible")).to_contain_text("revision 1): The same error came back")


def test_enter_in_the_field_for_an_address_sends_nothing(visitor: Visitor, settings: Settings) -> None:
    settings.SUPPORT_EMAIL = "support@example.com"
    visitor.open(CASE)
    visitor.page.get_by_label("Your e-mail").fill("jane@example.com")
    visitor.page.get_by_label("Your e-mail").press("Enter")
    visitor.page.wait_for_load_state()
    expect(visitor.page.locator("h1")).to_have_text("Send this to support")
    expect(visitor.page.get_by_label("Your e-mail")).to_have_value("jane@example.com")
    assert not HandOver.objects.exists()


@pytest.mark.expected_console_errors("422")
def test_tickets_have_no_barriers(visitor: Visitor, settings: Settings) -> None:
    settings.SUPPORT_EMAIL = "support@example.com"
    page = visitor.page
    visitor.open("/ticket/")
    assert barriers(page) == []
    page.get_by_role("button", name="Make the ticket").click()
    expect(page.locator(".errors")).to_be_focused()
    assert barriers(page) == []
    visitor.open(f"{CASE}&held=gone")
    assert barriers(page) == []
    paste(visitor)
    assert barriers(page) == []
    page.get_by_label("Your e-mail").fill("jane")
    page.get_by_role("button", name="Send it to support").click()
    expect(page.locator(".errors")).to_be_focused()
    assert barriers(page) == []
    page.get_by_label("Your e-mail").fill("")
    page.get_by_role("button", name="Send it to support").click()
    expect(page.locator("h1")).to_have_text(re.compile("^Sent. Your number is"))
    assert barriers(page) == []


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_without_script_everything_stands_on_the_page_and_can_be_downloaded(visitor: Visitor) -> None:
    page = visitor.page
    visitor.open("/ticket/")
    page.get_by_label("What were you doing?").fill("I approved a request")
    page.get_by_label("Paste the error text").fill(TEXT)
    page.get_by_role("button", name="Make the ticket").click()
    ready = page.get_by_label("The ticket", exact=True)
    for part in ("[ConnectionAuthorizationFailed]", "I approved a request", GUID, "[email] got"):
        assert part in ready.input_value()
    assert ready.get_attribute("readonly") is not None
    buttons = page.locator("main button:visible").all_inner_texts()
    assert [" ".join(button.split()) for button in buttons] == [
        "Put this into the ticket",
        f"Remove the Client request ID {GUID}",
        "Download .txt",
    ]
    page.get_by_label("Anything else?").fill("Please call")
    with page.expect_download() as file:
        page.get_by_role("button", name="Download .txt").click()
    assert file.value.suggested_filename == "ticket.txt"
    assert file.value.path().read_text().endswith("ANYTHING ELSE\nPlease call\n")
