"""From the help form to solutions: with and without script, with the keyboard, and without barriers."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Browser, Page, expect

from tests.browser.checks import barriers
from tests.browser.visitor import Visitor

DESCRIPTION = "Since Monday my flow is turned off. Ask anna@example.com"
CATEGORY = "A flow that is turned off"


def fill_in(page: Page, site: str, text: str, kind: str = "Running a flow", category: str = CATEGORY) -> None:
    page.goto(f"{site}/help/")
    page.get_by_label(kind, exact=True).check()
    page.get_by_label("Category").select_option(label=category)
    page.get_by_label("Tell us what you need help with").fill(text)


def see_solutions(page: Page) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name="See solutions").click()


def enabled_categories(page: Page) -> list[str]:
    return page.locator("#category optgroup:not([disabled]) option").all_inner_texts()


@pytest.fixture(params=["with script", "without script"])
def visitor_page(request: pytest.FixtureRequest, browser: Browser, browser_context_args: dict) -> Iterator[Page]:
    context = browser.new_context(**browser_context_args, java_script_enabled=request.param == "with script")
    yield context.new_page()
    context.close()


def test_a_description_leads_to_a_solution_with_its_reason_and_from_there_to_the_guide(
    visitor_page: Page, site: str
) -> None:
    page = visitor_page
    page.goto(f"{site}/help/")
    page.get_by_label("Tell us what you need help with").fill("my app shows a blank value, an output was removed")
    see_solutions(page)
    expect(page).to_have_url(re.compile("/help/solutions/"))
    assert "blank" not in page.url
    leading = page.locator(".leading")
    expect(leading).to_contain_text("You wrote")
    leading.get_by_role("link").first.click()
    expect(page).to_have_url(re.compile("/guides/flow-output-removed/"))


def test_a_category_and_a_description_are_still_there_to_be_changed(visitor_page: Page, site: str) -> None:
    page = visitor_page
    fill_in(page, site, "Something with cheese")
    see_solutions(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("solution")
    expect(page.locator(".leading")).to_contain_text("You said the flow is not turned on.")
    page.get_by_text("Change what you told us").click()
    expect(page.get_by_label("Running a flow", exact=True)).to_be_checked()
    expect(page.locator("#category option:checked")).to_have_text(CATEGORY)
    box = page.get_by_label("Tell us what you need help with")
    expect(box).to_have_value("Something with cheese")
    box.fill("WorkflowTriggerIsNotEnabled")
    see_solutions(page)
    expect(page).to_have_url(re.compile("/guides/workflow-trigger-not-enabled/.*WorkflowTriggerIsNotEnabled"))


def test_a_description_without_a_solution_leads_on_to_a_question_and_a_ready_ticket(
    visitor_page: Page, site: str
) -> None:
    page = visitor_page
    page.goto(f"{site}/help/")
    page.get_by_label("Tell us what you need help with").fill("The moon is made of cheese, says anna@example.com")
    see_solutions(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("We found no solution yet")
    expect(page.locator(".answers button").first).to_be_visible()
    page.get_by_role("link", name="Send it to support").click()
    expect(page.locator(".held")).to_have_text("The moon is made of cheese, says [email]")


@pytest.mark.expected_console_errors("status of 422")
def test_an_empty_form_says_what_is_missing_and_leads_there(page: Page, site: str) -> None:
    page.goto(f"{site}/help/")
    see_solutions(page)
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_role("link", name="Choose a category, or tell us what you need help with.").click()
    expect(page.get_by_label("Tell us what you need help with")).to_be_focused()


def test_the_problem_type_narrows_the_categories_and_moves_nothing_else(page: Page, site: str) -> None:
    fill_in(page, site, "half a text")
    assert CATEGORY in enabled_categories(page)
    assert "Permission to use a connection" not in enabled_categories(page)
    page.get_by_label("Connections", exact=True).check()
    assert "Permission to use a connection" in enabled_categories(page)
    expect(page.locator("#category")).to_have_value("")
    expect(page.locator("#say")).to_have_text("Choose a category again.")
    expect(page.get_by_label("Connections", exact=True)).to_be_focused()
    page.get_by_label("I am not sure", exact=True).check()
    assert {CATEGORY, "Permission to use a connection"} <= set(enabled_categories(page))
    expect(page.get_by_label("Tell us what you need help with")).to_have_value("half a text")
    assert page.url == f"{site}/help/"


def test_what_was_chosen_before_going_back_is_still_narrowed(page: Page, site: str) -> None:
    fill_in(page, site, "Something with cheese")
    see_solutions(page)
    page.go_back()
    expect(page.get_by_label("Running a flow", exact=True)).to_be_checked()
    expect(page.locator("#category option:checked")).to_have_text(CATEGORY)
    assert "Permission to use a connection" not in enabled_categories(page)


def test_the_form_is_filled_in_and_sent_with_the_keyboard_alone(page: Page, site: str) -> None:
    visitor = Visitor(page, site)
    visitor.open("/help/")
    page.get_by_label("I am not sure", exact=True).focus()
    visitor.press("ArrowDown")  # from the last radio to the first
    expect(page.get_by_label("Running a flow", exact=True)).to_be_checked()
    visitor.press("Tab")
    page.keyboard.type("A flow that is t")
    visitor.press("Tab")
    page.keyboard.type("cheese")
    with page.expect_navigation():
        visitor.press("Control+Enter")
    expect(page.locator(".leading")).to_contain_text("Turn the flow back on")


def test_an_answer_on_the_solutions_goes_on_with_the_questions(page: Page, site: str) -> None:
    fill_in(page, site, "Something with cheese")
    see_solutions(page)
    page.locator(".answers button").first.click()
    expect(page).to_have_url(re.compile(r"/diagnose/\?.*q\.flow-on=no|/guides/.*q\.flow-on=no"))


@pytest.mark.expected_console_errors("status of 422")
def test_the_form_its_problems_and_the_solutions_have_no_barriers(page: Page, site: str) -> None:
    page.goto(f"{site}/help/")
    found = {"form": barriers(page)}
    see_solutions(page)
    found["problem"] = barriers(page)
    fill_in(page, site, DESCRIPTION)
    see_solutions(page)
    found["solutions"] = barriers(page)
    fill_in(page, site, "cheese", "An app that starts a flow", "A flow that cannot be installed")
    see_solutions(page)
    found["of the category"] = barriers(page)
    page.goto(f"{site}/help/solutions/?unknown=1")
    found["none"] = barriers(page)
    assert {name: problems for name, problems in found.items() if problems} == {}


def test_staff_add_a_category_and_readers_choose_it_at_once(page: Page, site: str) -> None:
    User.objects.create_superuser("sam", "sam@example.org", "correct horse")
    page.goto(f"{site}/admin/guides/problemtype/")
    page.get_by_label("Username").fill("sam")
    page.get_by_label("Password").fill("correct horse")
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("link", name="Solutions and environments").click()
    page.get_by_role("button", name="Add a category").click()
    new = page.locator("#categories-2")
    new.get_by_label("Name").fill("A flow that is gone")
    new.get_by_label("Says this answer").select_option(label="Is the flow turned on? I cannot find the flow any more")
    new.get_by_label("Guides").fill("FLOW-3")
    assert barriers(page, "#problemtype_form") == []
    page.get_by_role("button", name="Save", exact=True).last.click()
    page.goto(f"{site}/admin/guides/helplink/add/")
    assert barriers(page, "#helplink_form") == []
    fill_in(page, site, "", "Solutions and environments", "A flow that is gone")
    see_solutions(page)
    expect(page.locator(".leading")).to_contain_text("You said the flow is gone.")
