"""A link for a ticket in one press, without leaving the guide; and the person behind it reports in two."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.browser.checks import barriers, until
from tests.browser.visitor import Visitor
from troubleshooter.cases.models import Outcome, TicketLink

GUIDE = "/guides/workflow-trigger-not-enabled/"
STEP = "/g/FLOW-3/FIX-4.2/link/"
NAME = "Turn on the flow, step 2 (FIX-4.2)"

READ_CLIPBOARD = """async (type) => {
  const [item] = await navigator.clipboard.read();
  return item.types.includes(type) ? await (await item.getType(type)).text() : "";
}"""


@pytest.fixture
def agent(site: str, context: BrowserContext, page: Page) -> Visitor:
    """An agent who is signed in."""
    User.objects.create_superuser("sam", "sam@example.org", "correct horse")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{site}/admin/")
    page.get_by_label("Username").fill("sam")
    page.get_by_label("Password").fill("correct horse")
    page.get_by_role("button", name="Log in").click()
    return Visitor(page, site)


def clipboard(page: Page, kind: str = "text/plain") -> str:
    return str(page.evaluate(READ_CLIPBOARD, kind))


def press(page: Page, part: str = "FIX-4.2") -> None:
    page.get_by_role("link", name=f"Link in a ticket to {part}", exact=True).click()


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent.trim()"))


def test_one_press_copies_the_link_in_both_formats_and_keeps_it(agent: Visitor) -> None:
    page = agent.page
    agent.open(GUIDE)
    press(page)
    dialog = page.get_by_role("dialog", name="Copy a link to step 2")
    expect(dialog.get_by_role("status")).to_have_text("Copied. Paste it into your ticket.")
    expect(dialog.get_by_label("The link", exact=True)).to_have_value(re.compile(f"^{re.escape(NAME)}: "))
    link = TicketLink.objects.get()
    url = f"{agent.site}/t/{link.token}/"
    assert clipboard(page) == f"{NAME}: {url}"
    assert f'<a href="{url}">{NAME}</a>' in clipboard(page, "text/html")
    assert (link.part, link.made_by) == ("FIX-4.2", User.objects.get())
    assert page.url == agent.site + GUIDE


def test_the_dialog_works_by_keyboard_and_gives_focus_back(agent: Visitor) -> None:
    page = agent.page
    agent.open(GUIDE)
    opener = page.get_by_role("link", name="Link in a ticket to FIX-4.1", exact=True)
    opener.focus()
    agent.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("status")).to_contain_text("Copied.")
    assert focused(page) == "Copy the link"
    for _ in range(15):
        agent.press("Tab")
        assert page.evaluate("!document.activeElement.closest('main .with-side')"), "the page behind is not inert"
    agent.press("Escape")
    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()
    agent.press("Enter")
    expect(dialog.get_by_role("status")).to_contain_text("Copied.")
    dialog.get_by_role("button", name="Close").click()
    expect(opener).to_be_focused()


def test_the_steps_in_full_and_markdown_are_copied_too(agent: Visitor) -> None:
    page = agent.page
    agent.open(GUIDE)
    press(page, "FIX-4")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Copy the steps in full").click()
    expect(dialog.get_by_role("status")).to_have_text("Copied.")
    assert "\n1. " in clipboard(page)
    assert "<ol>" in clipboard(page, "text/html")
    dialog.get_by_role("button", name="Copy as Markdown", exact=True).click()
    until(page, "navigator.clipboard.readText().then((text) => text.startsWith('['))")
    assert re.fullmatch(r"\[Turn on the flow \(FIX-4\)\]\(http://\S+/t/\S+/\)", clipboard(page))


@pytest.mark.expected_console_errors("422")
def test_ticket_and_role_are_saved_in_the_dialog_and_a_mistake_is_kept(agent: Visitor) -> None:
    page = agent.page
    agent.open(GUIDE)
    press(page)
    dialog = page.get_by_role("dialog")
    ticket = dialog.get_by_label("Ticket (you can leave this out)")
    ticket.fill("a@b")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_role("alert")).to_contain_text("There is a problem")
    expect(ticket).to_have_value("a@b")
    ticket.fill("ABC-123")
    dialog.get_by_label("What it is for").select_option("Tried")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_role("status")).to_have_text("Saved.")
    expect(dialog.get_by_role("link", name="All links of ABC-123")).to_be_visible()
    link = TicketLink.objects.get()
    assert (link.ticket, link.role) == ("ABC-123", "tried")


@pytest.mark.parametrize("size", [(1280, 800), (360, 640)])
def test_what_is_said_after_saving_and_the_way_out_are_in_view(agent: Visitor, size: tuple[int, int]) -> None:
    page = agent.page
    page.set_viewport_size({"width": size[0], "height": size[1]})
    agent.open(GUIDE)
    press(page)
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="Close")).to_be_in_viewport(ratio=1)
    dialog.get_by_label("Ticket (you can leave this out)").fill("ABC-123")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_role("status")).to_have_text("Saved.")
    expect(dialog.get_by_role("status")).to_be_in_viewport(ratio=1)
    expect(dialog.get_by_role("button", name="Close")).to_be_in_viewport(ratio=1)


def test_where_copying_is_refused_the_text_is_selected_and_said(agent: Visitor) -> None:
    page = agent.page
    agent.open(GUIDE)
    page.context.clear_permissions()
    press(page)
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("status")).to_have_text("Press Ctrl+C to copy.")
    assert str(page.evaluate("document.activeElement.value")).startswith(NAME)
    assert page.evaluate("document.activeElement.selectionEnd - document.activeElement.selectionStart") > len(NAME)
    assert TicketLink.objects.count() == 1


@pytest.mark.expected_console_errors("Failed to load resource", "ERR_FAILED")
def test_a_link_that_could_not_be_kept_says_so_and_can_be_kept_again(agent: Visitor) -> None:
    page = agent.page
    agent.open(GUIDE)

    def fail(route: Route) -> None:
        route.abort() if route.request.method == "POST" else route.continue_()

    page.route("**/link/", fail)
    press(page)
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("status")).to_have_text("The link is copied but not saved yet. Try again.")
    copied = clipboard(page)
    assert not TicketLink.objects.exists()
    page.unroute("**/link/")
    dialog.get_by_role("button", name="Save the link").click()
    expect(dialog.get_by_role("status")).to_have_text("Saved.")
    assert copied.endswith(f"/t/{TicketLink.objects.get().token}/")


def test_who_is_not_signed_in_signs_in_and_gets_the_page(site: str, page: Page) -> None:
    User.objects.create_superuser("sam", "sam@example.org", "correct horse")
    page.goto(site + GUIDE)
    press(page)
    page.get_by_label("Username").fill("sam")
    page.get_by_label("Password").fill("correct horse")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Copy a link to step 2")
    assert not TicketLink.objects.exists()
    page.get_by_role("button", name="Copy the link").click()
    expect(page.locator("[data-told]")).to_have_text("Press Ctrl+C to copy.")
    page.keyboard.press("ControlOrMeta+c")
    expect(page.locator("[data-told]")).to_have_text("Copied.")
    assert TicketLink.objects.count() == 1


def test_with_a_modifier_key_it_is_an_ordinary_link(agent: Visitor) -> None:
    page = agent.page
    agent.open(GUIDE)
    with page.context.expect_page():
        page.get_by_role("link", name="Link in a ticket to FIX-4.2").click(modifiers=["ControlOrMeta"])
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert not TicketLink.objects.exists()


def test_it_works_on_a_guide_that_the_questions_led_to(agent: Visitor) -> None:
    page = agent.page
    agent.open()
    agent.answer("There is no error, but a value is blank or missing")
    agent.answer("Yes, an app that is still being built")
    agent.answer("An output was removed or renamed")
    for _ in range(2):
        page.get_by_role("link", name="Link in a ticket").nth(1).click()
        expect(page.get_by_role("dialog").get_by_role("status")).to_contain_text("Copied.")
        agent.press("Escape")
    assert TicketLink.objects.count() == 2
    assert "/guides/flow-output-removed/" in page.url


@pytest.fixture
def without_script(agent: Visitor, browser: Browser) -> Iterator[Page]:
    """The signed-in agent's browser, with script off."""
    context = browser.new_context(java_script_enabled=False, storage_state=agent.page.context.storage_state())
    yield context.new_page()
    context.close()


def test_without_script_the_link_is_saved_first_and_then_its_texts_stand_there(
    agent: Visitor, without_script: Page
) -> None:
    page = without_script
    page.goto(agent.site + GUIDE)
    press(page)
    expect(page.get_by_role("button", name="Copy the link")).to_be_hidden()
    expect(page.get_by_label("The link", exact=True)).to_be_hidden()
    page.get_by_label("Ticket (you can leave this out)").fill("ABC-123")
    page.get_by_role("button", name="Save the link").click()
    expect(page.get_by_label("The link", exact=True)).to_have_value(re.compile(re.escape(NAME)))
    page.get_by_text("As Markdown", exact=True).click()
    expect(page.get_by_label("The link as Markdown")).to_have_value(re.compile(r"^\["))
    assert TicketLink.objects.get().ticket == "ABC-123"


@pytest.fixture
def link(agent: Visitor) -> TicketLink:
    agent.open(GUIDE)
    press(agent.page)
    expect(agent.page.get_by_role("status").last).to_contain_text("Copied")
    return TicketLink.objects.get()


def test_the_person_behind_the_link_reports_in_two_presses(agent: Visitor, link: TicketLink, browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{agent.site}/t/{link.token}/")
    page.get_by_role("link", name="step 2 (FIX-4.2)").click()
    page.get_by_role("button", name="No, I get the same error").first.click()
    page.get_by_label("Which step failed?").select_option("FIX-4.2")
    page.get_by_role("button", name="Send this report").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. Support sees this.")
    assert context.cookies() == []
    context.close()
    assert Outcome.objects.get().step == "FIX-4.2"
    agent.open("/tickets/")
    expect(agent.page.get_by_text("Step FIX-4.2 failed: same error")).to_be_visible()


@pytest.mark.expected_console_errors("422")
def test_every_page_of_a_link_is_open_to_everybody(agent: Visitor, link: TicketLink) -> None:
    page = agent.page
    link.use_in("ABC-123", "offered")
    assert barriers(page, within="dialog") == []
    shared = f"/t/{link.token}/"
    for address in (STEP, f"{STEP}?made={link.token}", shared):
        agent.open(address)
        assert barriers(page) == []
    page.get_by_role("button", name="No, I get the same error").first.click()
    assert barriers(page) == []
    page.get_by_role("button", name="Send this report").click()
    assert barriers(page) == []
    for address in ("/tickets/", "/tickets/ABC-123/", "/tickets/?ticket=a@b"):
        agent.open(address)
        assert barriers(page, within="#content-main") == []
