"""From a failed flow to its guide, measured in actions, keys and words; with script, without, and without htmx."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visitor import Visitor

EXACT = """{"error": {"code": "WorkflowTriggerIsNotEnabled",
 "message": "Could not execute workflow 'a1' trigger 'manual' with state 'Disabled': trigger is not enabled."}}"""
MOST_WORDS = 110
SHARED = "Connection reference 'shared_planner' was not given by invoker."


@pytest.fixture(
    params=[
        "with script",
        pytest.param("without script", marks=pytest.mark.browser_context_args(java_script_enabled=False)),
        pytest.param("without htmx", marks=pytest.mark.expected_console_errors("ERR_FAILED")),
    ]
)
def visitor(request: Any, page: Page, site: str) -> Visitor:
    if request.param == "without htmx":
        page.route("**/htmx*.js", lambda route: route.abort())
    return Visitor(page, site)


def test_an_exact_code_leads_to_its_first_step_in_two_actions(visitor: Visitor) -> None:
    visitor.open()
    visitor.paste(EXACT)
    visitor.find_the_fix()
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("Turn the flow back on")
    expect(visitor.page.locator(".step").first).to_be_visible()
    expect(visitor.page.get_by_text("Your error has the code WorkflowTriggerIsNotEnabled.")).to_be_visible()
    assert visitor.actions == 2


def test_a_message_of_two_errors_leads_over_one_question_to_the_guide_in_three_actions(visitor: Visitor) -> None:
    visitor.open()
    visitor.paste(SHARED)
    visitor.find_the_fix()
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("We found your error")
    expect(visitor.page.locator("mark")).to_have_count(1)
    visitor.answer("MissingConnectionReference")
    expect(visitor.page).to_have_url(re.compile("/guides/missing-connection-reference/"))
    expect(visitor.page.locator(".step").first).to_be_visible()
    assert visitor.actions == 3


def test_a_removed_output_without_any_error_is_found_in_three_answers(visitor: Visitor) -> None:
    visitor.open()
    visitor.answer("There is no error, but a value is blank or missing")
    visitor.answer("Yes, an app that is still being built")
    visitor.answer("An output was removed or renamed")
    expect(visitor.page).to_have_url(re.compile("/guides/flow-output-removed/"))
    expect(visitor.page.locator(".step").first).to_be_visible()
    expect(visitor.page.get_by_role("heading", name="Why this fits")).to_be_visible()
    assert visitor.actions <= 3


def test_an_exact_code_takes_two_keys(page: Page, site: str) -> None:
    visitor = Visitor(page, site)
    visitor.open()
    visitor.copy_elsewhere(EXACT)
    visitor.press("Control+v", "Control+Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Turn the flow back on")
    assert visitor.keys == 2


def test_a_message_of_two_errors_takes_four_keys(page: Page, site: str) -> None:
    visitor = Visitor(page, site)
    visitor.open()
    visitor.copy_elsewhere(SHARED)
    visitor.press("Control+v", "Control+Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("We found your error")
    visitor.press("3", "Enter")
    expect(page).to_have_url(re.compile("/guides/missing-connection-reference/"))
    assert visitor.keys == 4


def test_a_removed_output_takes_six_keys(page: Page, site: str) -> None:
    visitor = Visitor(page, site)
    visitor.open()
    visitor.answer_with_keys("There is no error, but a value is blank or missing")
    visitor.answer_with_keys("Yes, an app that is still being built")
    visitor.answer_with_keys("An output was removed or renamed")
    expect(page).to_have_url(re.compile("/guides/flow-output-removed/"))
    assert visitor.keys == 6


def test_few_words_stand_before_what_is_to_be_done(page: Page, site: str) -> None:
    visitor = Visitor(page, site)
    words = {}
    for text, target in (
        ("WorkflowTriggerIsNotEnabled", ".step"),
        ("InvokerConnectionOverrideFailed", ".step"),
        ("MissingConnectionReference", ".step"),
        ("NotAllowedConnectionReference", ".step"),
        ("ResponseTimeout", ".step"),
        (SHARED, ".answers"),
    ):
        visitor.open()
        visitor.paste(text)
        visitor.find_the_fix()
        page.wait_for_url(re.compile("held="))
        words[text] = visitor.words_before(target)
    assert {text: count for text, count in words.items() if count > MOST_WORDS} == {}
