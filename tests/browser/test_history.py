"""Back, Forward and focus in the question loop: address, title, heading and answers always belong together."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.checks import until

FIRST_ANSWER = "Something about a connection, or the word “$connections”"
WATCH_FOCUS = """() => {
  window.lostFocus = 0;
  const look = () => {
    if (document.activeElement === document.body) window.lostFocus += 1;
    requestAnimationFrame(look);
  };
  look();
}"""


class Shown(NamedTuple):
    """What must agree on a page of the question loop."""

    address: str
    title: str
    heading: str
    answers: list[str]


def shown(page: Page) -> Shown:
    return Shown(page.url, page.title(), page.locator("h1").inner_text(), page.locator(".known").all_inner_texts())


def answer(page: Page, choice: str = "I am not sure") -> Shown:
    before = page.url
    page.get_by_role("button", name=choice, exact=True).click()
    page.wait_for_url(lambda url: url != before)
    expect(page.locator("h1")).to_be_focused()
    return shown(page)


def walk(page: Page, site: str, answers: int = 5) -> list[Shown]:
    """Everything that was shown on the way from home over some answers."""
    page.goto(site)
    return [shown(page), answer(page, FIRST_ANSWER), *(answer(page) for _ in range(answers - 1))]


def wait_for(page: Page, expected: Shown) -> None:
    expect(page).to_have_url(expected.address)
    expect(page.locator("h1")).to_have_text(expected.heading)


def test_back_and_forward_over_five_answers_show_each_page_again(page: Page, site: str) -> None:
    pages = walk(page, site)
    assert len({page.address for page in pages}) == 6
    for expected in reversed(pages[:-1]):
        page.go_back()
        wait_for(page, expected)
        assert shown(page) == expected
        expect(page.locator("h1")).to_be_focused()
    for expected in pages[1:]:
        page.go_forward()
        wait_for(page, expected)
        assert shown(page) == expected
        expect(page.locator("h1")).to_be_focused()
    kept = page.evaluate("[...Object.values(sessionStorage), ...Object.values(localStorage)]")
    assert [value for value in kept if "<" in value] == []


def test_back_restores_the_place_on_the_page(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 400, "height": 500})
    first = walk(page, site, answers=2)[-1]
    unsure = page.get_by_role("button", name="I am not sure", exact=True)
    unsure.scroll_into_view_if_needed()
    page.evaluate("scrollBy(0, 60)")
    before = page.evaluate("scrollY")
    assert before > 20
    answer(page)
    assert page.evaluate("scrollY") == 0
    page.go_back()
    wait_for(page, first)
    until(page, "before => Math.abs(scrollY - before) <= 20", before)


def test_focus_is_never_lost_while_questions_follow_each_other(page: Page, site: str) -> None:
    page.goto(site)
    button = page.get_by_role("button", name=FIRST_ANSWER)
    button.focus()
    page.evaluate(WATCH_FOCUS)
    page.keyboard.press("Enter")
    for _ in range(3):
        expect(page.locator("h1")).to_be_focused()
        heading = page.locator("h1").inner_text()
        page.keyboard.press(str(page.locator(".answers button").count()))
        page.keyboard.press("Enter")
        expect(page.locator("h1")).not_to_have_text(heading)
    assert page.evaluate("lostFocus") == 0


@pytest.mark.expected_console_errors("status of 500", "htmx:historyCacheMissLoadError")
def test_a_broken_server_during_back_never_leaves_the_wrong_page(page: Page, site: str) -> None:
    _, first, second = walk(page, site, answers=2)

    def broken(route: Route) -> None:
        if route.request.resource_type == "xhr":
            route.fulfill(status=500, body="broken")
        else:
            route.continue_()

    page.route("**/diagnose/**", broken)
    page.go_back()
    wait_for(page, first)
    assert shown(page) == first
    page.go_forward()
    wait_for(page, second)
    assert shown(page) == second


@pytest.mark.expected_console_errors("ERR_FAILED")
def test_a_lost_connection_during_back_never_leaves_the_wrong_page(page: Page, site: str) -> None:
    _, first, _ = walk(page, site, answers=2)
    page.route("**/diagnose/**", lambda route: abort_script(route))
    page.go_back()
    wait_for(page, first)
    assert shown(page) == first


def abort_script(route: Route) -> Any:
    return route.abort() if route.request.resource_type == "xhr" else route.continue_()
