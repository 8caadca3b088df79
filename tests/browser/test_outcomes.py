"""“Did this fix it?” in a browser: with script, without, and without htmx; Back, Change, and no barriers on the way."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import barriers, until
from troubleshooter.cases import outcomes
from troubleshooter.cases.models import Outcome

GUIDE = "/guides/not-allowed-connection-reference/?code=NotAllowedConnectionReference"
PAGE = "/outcome/?guide=FLOW-7&fix=FIX-6&code=NotAllowedConnectionReference"
SAME, WORKED = "No, I get the same error", "Yes, it works now"


@pytest.fixture(
    params=[
        "with script",
        pytest.param("without script", marks=pytest.mark.browser_context_args(java_script_enabled=False)),
        pytest.param("without htmx", marks=pytest.mark.expected_console_errors("ERR_FAILED")),
    ]
)
def visitor(request: Any, page: Page, site: str) -> Page:
    if request.param == "without htmx":
        page.route("**/htmx*.js", lambda route: route.abort())
    page.goto(site + GUIDE)
    return page


def say(page: Page, fix: str, answer: str) -> None:
    before = page.url
    page.locator(f"#{fix}-outcome").get_by_role("button", name=answer).click()
    page.wait_for_url(lambda url: url.partition("#")[0] != before.partition("#")[0])


def test_fix_after_fix_until_a_person_is_the_way_on(visitor: Page) -> None:
    first, second = (form.get_attribute("id") for form in visitor.locator("form.outcome").all())
    say(visitor, str(first).removesuffix("-outcome"), SAME)
    expect(visitor.locator("#next")).to_contain_text("Try this next")
    expect(visitor.locator("#next")).to_contain_text("1 tried, 1 left.")
    expect(visitor.locator("#next")).to_be_in_viewport()
    expect(visitor.locator(".option").first).to_have_attribute("id", str(second).removesuffix("-outcome"))
    say(visitor, str(second).removesuffix("-outcome"), SAME)
    expect(visitor.get_by_role("heading", level=1)).to_have_text("We found no fix for this")
    expect(visitor.get_by_role("heading", name="The nearest guides")).to_have_count(0)
    expect(visitor.get_by_role("link", name="Send it to support")).to_be_visible()
    assert Outcome.objects.filter(result="same").count() == 2


def test_what_was_said_can_be_changed_on_the_page_that_follows(visitor: Page) -> None:
    say(visitor, "FIX-6", WORKED)
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Good. It is fixed.")
    visitor.get_by_role("link", name="Change what I said").click()
    expect(visitor.locator("#FIX-6-outcome")).to_be_in_viewport()
    say(visitor, "FIX-6", "No, I get a new error")
    expect(visitor.get_by_label("Paste the new error text")).to_be_visible()
    assert Outcome.objects.get().result == "new"


def test_back_leads_to_the_buttons_and_another_answer_counts_instead(visitor: Page) -> None:
    say(visitor, "FIX-6", SAME)
    visitor.go_back()
    expect(visitor).to_have_url(re.compile("NotAllowedConnectionReference$"))
    expect(visitor.locator("#FIX-6-outcome button")).to_have_count(4)
    say(visitor, "FIX-6", "I could not do it")
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Let somebody else do it")
    assert Outcome.objects.get().result == "could-not"


def test_back_from_a_short_page_leads_to_the_place_on_the_guide(page: Page, site: str) -> None:
    page.goto(site + GUIDE)
    button = page.locator("#FIX-6-outcome").get_by_role("button", name="No, I get a new error")
    button.scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    assert before > 200
    say(page, "FIX-6", "No, I get a new error")
    expect(page.locator("h1")).to_have_text("Paste the new error")
    page.go_back()
    expect(button).to_be_in_viewport()
    until(page, "before => Math.abs(scrollY - before) <= 20", before)


def test_after_back_the_guide_says_what_this_browser_said(page: Page, site: str) -> None:
    page.goto(site + GUIDE)
    expect(page.get_by_text("You said:")).to_have_count(2)
    expect(page.locator("#FIX-6-outcome .said")).to_be_hidden()
    say(page, "FIX-6", SAME)
    for act in (page.go_back, page.reload):
        act()
        expect(page.locator("#FIX-6-outcome")).to_contain_text("You said: the same error.")
        expect(page.locator("#FIX-7-outcome .said")).to_be_hidden()
    page.evaluate('for (const key of Object.keys(localStorage)) localStorage[key] = \'{"words": "x", "at": 1}\'')
    page.reload()
    expect(page.locator("#FIX-6-outcome .said")).to_be_hidden()
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('said:'))") == []


def test_each_answer_moves_focus_to_the_heading_and_is_told(page: Page, site: str) -> None:
    page.goto(site + GUIDE)
    say(page, "FIX-6", SAME)
    expect(page.locator("h1")).to_be_focused()
    expect(page.locator("#say")).to_have_text("1 tried, 1 left.")
    assert page.evaluate("scrollY") == 0
    say(page, "FIX-7", "I could not do it")
    expect(page.locator("h1")).to_be_focused()
    assert page.locator("h1").inner_text() == "Let somebody else do it"


def test_the_note_can_be_copied_after_an_answer(page: Page, site: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(site + GUIDE)
    say(page, "FIX-6", WORKED)
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.locator("#say")).to_have_text("Copied.")
    assert "(FIX-6)" in page.evaluate("navigator.clipboard.readText()")


def test_a_guide_that_came_by_an_answer_takes_answers_too(page: Page, site: str) -> None:
    page.goto(f"{site}/diagnose/?message=not-given-by-invoker")
    with page.expect_event("requestfinished", lambda request: "/outcome" in request.url):  # the guide brings its script
        page.get_by_role("button", name="MissingConnectionReference", exact=True).click()
    page.wait_for_url("**/guides/missing-connection-reference/**")
    page.get_by_role("button", name=WORKED).first.click()
    expect(page.locator("h1")).to_have_text("Good. It is fixed.")
    expect(page.get_by_role("button", name="Copy", exact=True)).to_be_visible()
    page.go_back()
    expect(page.locator("form.outcome").first).to_contain_text("You said: it works now.")


@pytest.mark.expected_console_errors("status of 429", "Error Code 429")
def test_who_said_too_much_sees_the_page_that_leads_on(page: Page, site: str, monkeypatch: Any) -> None:
    monkeypatch.setattr(outcomes, "OUTCOMES_A_MINUTE", 0)
    page.goto(site + GUIDE)
    page.locator("#FIX-6-outcome").get_by_role("button", name=SAME).click()
    expect(page.locator("h1")).to_have_text("We did not count your answer")
    expect(page).to_have_url(site + GUIDE)
    page.get_by_role("link", name="Go on").click()
    expect(page.locator("#next")).to_contain_text("Try this next")


@pytest.mark.expected_console_errors("ERR_INTERNET_DISCONNECTED", "htmx:")
def test_an_answer_that_does_not_arrive_is_not_taken_for_said(page: Page, site: str) -> None:
    page.goto(site + GUIDE)
    page.route("**/outcome/", lambda route: route.abort("internetdisconnected"))
    page.locator("#FIX-6-outcome").get_by_role("button", name=SAME).click()
    expect(page.locator("#failed")).to_be_focused()
    expect(page.locator("#FIX-6-outcome .said")).to_be_hidden()
    expect(page.get_by_role("link", name="Try again")).to_have_attribute("href", site + GUIDE)


def test_two_forms_on_a_page_have_names_of_their_own(page: Page, site: str) -> None:
    page.goto(site + GUIDE)
    names = [page.get_by_role("group", name=re.compile("^Did this fix it?.*" + words)) for words in ("again", "Change")]
    for group in names:
        expect(group).to_have_count(1)


@pytest.mark.parametrize(
    "address",
    [
        f"{GUIDE}&tried=FIX-6.same",
        f"{GUIDE}&tried=FIX-6.could-not&tried=FIX-7.new",
        f"{PAGE}&result=worked&noted=1",
        f"{PAGE}&result=new",
        f"{PAGE}&result=could-not&reason=no-access",
        "/diagnose/?code=NotAllowedConnectionReference&tried=FIX-6.same&tried=FIX-7.same",
    ],
)
def test_what_follows_an_answer_has_no_barriers(page: Page, site: str, address: str) -> None:
    page.goto(site + address)
    assert barriers(page) == []


@pytest.mark.expected_console_errors("status of 422")
def test_a_comment_that_is_too_long_comes_back_on_a_page_without_barriers(page: Page, site: str) -> None:
    page.goto(f"{site}{PAGE}&result=worked")
    page.get_by_label("Anything we should know?").fill("x" * 501)
    page.get_by_role("button", name="Send the comment").click()
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_role("alert").get_by_role("link").click()
    expect(page.get_by_label("Anything we should know?")).to_be_focused()
    assert barriers(page) == []
