"""Staff write on the change pages: by keyboard, without script, at once with others, in any width and theme."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect

from guides.models import Guide, Mitigation, Step
from tests.browser.checks import barriers
from tests.guides.factories import load_small_library


@pytest.fixture
def session(transactional_db: None) -> dict[str, str]:
    """The cookie of somebody who is signed in, in a site with two live guides."""
    load_small_library()
    client = Client()
    client.force_login(User.objects.create_superuser("sam"))
    return {"name": "sessionid", "value": client.cookies["sessionid"].value}


@pytest.fixture
def staff(session: dict[str, str], live_server: Any, context: BrowserContext) -> str:
    context.add_cookies([session | {"url": live_server.url}])  # type: ignore[list-item]
    return str(live_server.url)


@pytest.fixture
def bare(session: dict[str, str], live_server: Any, browser: Browser) -> Iterator[Page]:
    """The page of a guide in a browser that runs no script."""
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies([session | {"url": live_server.url}])  # type: ignore[list-item]
    page = context.new_page()
    page.goto(f"{live_server.url}{address(Guide.objects.get(reference='FLOW-1'))}")
    yield page
    context.close()


def address(thing: Guide | Mitigation) -> str:
    return f"/admin/guides/{thing.KIND}/{thing.pk}/change/"


def open_guide(page: Page, site: str) -> None:
    page.goto(f"{site}{address(Guide.objects.get(reference='FLOW-1'))}")


def test_leaving_with_unsaved_text_is_asked_about_and_only_then(page: Page, staff: str) -> None:
    asked: list[str] = []

    def answer(dialog: Any) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", answer)
    open_guide(page, staff)
    page.get_by_role("link", name="Guides", exact=True).click()
    assert asked == []
    open_guide(page, staff)
    page.get_by_label("Title").first.fill("Not saved")
    page.get_by_role("link", name="Guides", exact=True).click()
    assert asked == ["beforeunload"]
    open_guide(page, staff)
    page.get_by_label("Title").first.fill("Saved")
    page.get_by_role("button", name="Save and continue editing").first.click()
    expect(page.locator("h1")).to_contain_text("Saved")
    assert asked == ["beforeunload"]


def test_ctrl_s_saves_and_stays_and_so_does_enter(page: Page, staff: str) -> None:
    open_guide(page, staff)
    title = page.locator("#id_title")
    title.fill("Switch the flow on")
    page.keyboard.press("Control+s")
    expect(page.locator("h1")).to_have_text("FLOW-1 Switch the flow on")
    title.fill("Start the flow")
    title.press("Enter")
    expect(page.locator("h1")).to_have_text("FLOW-1 Start the flow")
    assert list(Step.objects.values_list("position", flat=True)) == [0, 1]


def test_rows_are_added_moved_removed_and_kept_by_keyboard(page: Page, staff: str) -> None:
    open_guide(page, staff)
    say, focused = page.locator("#say"), page.locator(":focus")
    page.get_by_role("button", name="Add a step").press("Enter")
    expect(say).to_have_text("Step 3 of FIX-1 added.")
    page.keyboard.type("Wait.")
    page.get_by_role("button", name="Move up step 3 of FIX-1").press("Enter")
    page.keyboard.press("Enter")
    expect(say).to_have_text("Step 2 of FIX-1 moved up.")
    page.keyboard.press("Enter")
    expect(say).to_have_text("Step 1 of FIX-1 is the first.")
    page.get_by_role("button", name="Remove step 2 of FIX-1").press("Enter")
    expect(focused).to_have_accessible_name("Keep it step 2 of FIX-1")
    page.keyboard.press("Enter")
    expect(focused).to_have_accessible_name("Remove step 2 of FIX-1")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+s")
    expect(page.get_by_text("FIX-1.1")).to_have_count(0)
    assert list(Step.objects.values_list("number", "text")) == [(None, "Wait."), (2, "Select **Turn on**.")]


@pytest.mark.expected_console_errors("422")
def test_what_is_written_is_previewed_while_it_is_written(page: Page, staff: str) -> None:
    open_guide(page, staff)
    field = page.locator(".field-before")
    field.get_by_role("button", name="Preview").click()
    field.get_by_role("textbox").fill("Ask **first**.")
    expect(field.locator(".preview strong")).to_have_text("first")
    field.get_by_role("textbox").fill("[" * 9_000)
    expect(field.locator(".preview")).to_contain_text("Too many brackets")
    field.get_by_role("button", name="Preview").click()
    expect(field.locator(".preview")).to_be_hidden()


def test_a_failed_save_leads_to_the_fields_by_keyboard(page: Page, staff: str) -> None:
    open_guide(page, staff)
    page.locator("#id_slug").fill("password-expired")
    page.locator("#id_uses-0-minutes_from").fill("")
    page.keyboard.press("Control+s")
    expect(page.locator(":focus")).to_have_text("Nothing was saved yet. Mend this first:")
    assert page.title().startswith("Error: ")
    page.get_by_role("link", name="Mitigation 1, Minutes from: This field is required.").press("Enter")
    expect(page.locator(":focus")).to_have_attribute("id", "id_uses-0-minutes_from")


def test_a_guide_is_changed_without_script(bare: Page) -> None:
    bare.locator("#id_title").fill("Switch the flow on")
    bare.locator("#uses-0").get_by_role("button", name="Add a step").click()
    expect(bare.locator("#id_uses-0-steps-2-text")).to_be_focused()
    bare.locator("#uses-0-steps-2").get_by_label("Text").fill("Wait for the green mark.")
    bare.get_by_role("button", name="Move up step 3 of FIX-1").click()
    expect(bare.get_by_role("button", name="Move up step 2 of FIX-1")).to_be_focused()
    bare.locator(".field-before").get_by_label("Before you start").fill("Ask **first**.")
    bare.locator(".field-before").get_by_role("button", name="Preview").click()
    expect(bare.locator(".field-before .preview strong")).to_have_text("first")
    assert list(Step.objects.values_list("text", flat=True)) == ["Open the flow.", "Select **Turn on**."]
    bare.get_by_role("button", name="Save", exact=True).first.click()
    expect(bare.locator(".messagelist")).to_contain_text("FLOW-1 Switch the flow on")
    texts = list(Step.objects.values_list("text", flat=True))
    assert texts == ["Open the flow.", "Wait for the green mark.", "Select **Turn on**."]


def test_two_people_on_one_page_lose_nothing(page: Page, staff: str) -> None:
    open_guide(page, staff)
    other = Client()
    other.force_login(User.objects.create_superuser("ana", first_name="Ana"))
    page.locator("#id_before").fill("Ask first.")
    ana = page.context.browser.new_context()  # type: ignore[union-attr]
    ana.add_cookies([{"name": "sessionid", "value": other.cookies["sessionid"].value, "url": staff}])
    hers = ana.new_page()
    open_guide(hers, staff)
    hers.locator("#id_title").fill("Start the flow")
    hers.keyboard.press("Control+s")
    expect(hers.locator("h1")).to_contain_text("Start the flow")
    ana.close()

    page.keyboard.press("Control+s")
    expect(page.locator(":focus")).to_contain_text("Ana saved this page at")
    expect(page.locator(".conflict")).to_contain_text("[removed: Start]")
    expect(page.locator("#id_before")).to_have_value("Ask first.")
    assert barriers(page) == []
    page.keyboard.press("Control+s")
    expect(page.locator(".conflict")).to_have_count(0)
    guide = Guide.objects.get(reference="FLOW-1")
    assert (guide.title, guide.before) == ("Turn the flow back on", "Ask first.")


@pytest.mark.parametrize("name", ["guide", "mitigation", "notice", "question", "errorcode"])
def test_change_pages_hold_no_barrier(page: Page, staff: str, name: str) -> None:
    page.goto(f"{staff}/admin/guides/{name}/")
    page.locator("#result_list tbody th a").first.click()
    expect(page.locator("form.editing")).to_be_visible()
    assert barriers(page) == []


def test_an_empty_page_and_a_refused_one_hold_no_barrier(page: Page, staff: str) -> None:
    page.goto(f"{staff}/admin/guides/guide/add/")
    assert barriers(page) == []
    page.get_by_role("button", name="Preview").first.click()
    page.get_by_role("button", name="Remove cause 1").click()
    page.keyboard.press("Control+s")
    expect(page.locator("#problems-heading")).to_be_visible()
    assert barriers(page) == []


def test_the_theme_is_switched_on_staff_pages_too(page: Page, staff: str) -> None:
    open_guide(page, staff)
    switch = page.get_by_role("button", name="Toggle theme")
    for _press in range(3):
        if page.locator("html").get_attribute("data-theme") != "dark":
            switch.click()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(18, 24, 26)"
    page.reload()
    assert page.evaluate("getComputedStyle(document.querySelector('#id_title')).backgroundColor") == "rgb(26, 34, 36)"
