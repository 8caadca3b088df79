"""The question loop with script: focus, the status line, digit keys, waiting, and a network that fails."""

from __future__ import annotations

import random
import re
import string

import pytest
from playwright.sync_api import Page, Route, expect

WATCH_STATUS = """() => {
  window.said = [];
  window.line = document.getElementById("say");
  new MutationObserver(() => window.said.push(window.line.textContent)).observe(window.line, {childList: true});
}"""
QUESTION = "/diagnose/?q.error-shows=connection"
CONNECTION = "Something about a connection, or the word “$connections”"


def choose(page: Page, choice: str) -> None:
    before = page.url
    page.get_by_role("button", name=choice, exact=True).click()
    page.wait_for_url(lambda url: url != before)


def test_each_answer_moves_focus_to_the_new_heading_and_is_said_once(page: Page, site: str) -> None:
    page.goto(site)
    page.evaluate(WATCH_STATUS)
    said = []
    for choice in (CONNECTION, "I am not sure", "I am not sure"):
        choose(page, choice)
        expect(page.locator("h1")).to_be_focused()
        said.append(page.evaluate("said.splice(0).filter(text => text && text !== 'Working…')"))
    assert [len(texts) for texts in said] == [1, 1, 1]
    assert all(len(texts[0].split()) <= 12 for texts in said)
    assert page.evaluate("line === document.getElementById('say') && !line.closest('#screen')")


def test_a_digit_moves_to_an_answer_and_only_enter_chooses_it(page: Page, site: str) -> None:
    page.goto(site + QUESTION)
    address = page.url
    page.keyboard.press("2")
    expect(page.locator(".answers button").nth(1)).to_be_focused()
    page.keyboard.press("0")
    expect(page.locator(".answers button").nth(1)).to_be_focused()
    assert page.url == address
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url != address)


def test_digit_keys_can_be_switched_off_for_good(page: Page, site: str) -> None:
    page.goto(site + QUESTION)
    page.get_by_label("Digit keys go to answers").uncheck()
    page.reload()
    expect(page.get_by_label("Digit keys go to answers")).not_to_be_checked()
    page.locator(".answers button").first.focus()
    page.keyboard.press("2")
    expect(page.locator(".answers button").first).to_be_focused()


def test_stray_keys_outside_fields_do_nothing(page: Page, site: str) -> None:
    keys = random.Random(7).choices(string.ascii_letters + string.digits, k=200)
    for address in ("/", QUESTION, "/guides/response-timeout/", "/codes/"):
        page.goto(site + address)
        before = page.url, page.locator("h1").inner_text()
        for key in keys:
            page.keyboard.press(key)
        assert (page.url, page.locator("h1").inner_text()) == before


@pytest.mark.expected_console_errors("ERR_INTERNET_DISCONNECTED", "status of 500", "Error Code 500", "htmx:")
@pytest.mark.parametrize("failure", ["no network", "broken server"])
def test_an_answer_that_does_not_arrive_can_be_sent_again(page: Page, site: str, failure: str) -> None:
    page.goto(site + QUESTION)

    def fail(route: Route) -> None:
        if failure == "no network":
            route.abort("internetdisconnected")
        else:
            route.fulfill(status=500, body="broken")

    question = page.locator("h1").inner_text()
    page.route("**/diagnose/**", fail)
    page.get_by_role("button", name="I am not sure", exact=True).click()
    again = page.get_by_role("link", name="Try again")
    expect(page.get_by_text("We could not load this. Nothing is lost.")).to_be_visible()
    expect(page.locator("#failed")).to_be_focused()
    expect(page.locator("h1")).to_have_text(question)
    page.unroute("**/diagnose/**")
    again.click()
    expect(page.locator("h1")).not_to_have_text(question)
    expect(page.locator(".known")).to_contain_text(CONNECTION)
    expect(page.locator(".known")).to_contain_text("I am not sure")


def test_waiting_is_shown_and_a_second_press_asks_nothing_more(page: Page, site: str) -> None:
    page.goto(site + QUESTION)
    held: list[Route] = []
    page.route("**/diagnose/**", lambda route: held.append(route))
    unsure = page.get_by_role("button", name="I am not sure", exact=True)
    unsure.click()
    expect(page.locator("#say")).to_have_text("Working…")
    expect(page.locator("#screen")).to_have_attribute("aria-busy", "true")
    page.keyboard.press("Enter")
    assert len(held) == 1
    held[0].continue_()
    expect(page.locator(".known")).to_contain_text("I am not sure")
    expect(page.locator("#screen")).not_to_have_attribute("aria-busy", "true")


def test_a_changed_answer_is_marked_and_the_others_stay(page: Page, site: str) -> None:
    page.goto(site + QUESTION + "&q.flow-on=yes")
    page.locator(".known").get_by_role("link", name=re.compile("^Change")).first.click()
    expect(page.get_by_role("button", name=CONNECTION)).to_contain_text("Your answer now")
    choose(page, "Unauthorized, Forbidden, 401 or 403")
    expect(page.locator(".known")).to_contain_text("Unauthorized, Forbidden, 401 or 403")
    expect(page.locator(".known")).to_contain_text("Yes, its status is On")
    expect(page.locator(".known")).not_to_contain_text(CONNECTION)
