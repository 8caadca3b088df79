"""An agent on a call: how many actions and how long from an open ticket to a copied link of the step that helps.

The site is open in another tab and the agent has signed in. The error code stands in the ticket and is on the
clipboard. Every click and every key chord counts as one action; the paste itself is counted apart.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.visitor import PUT_ON_CLIPBOARD

CODE = "WorkflowTriggerIsNotEnabled"
STEP = "FIX-4.2"
MOST_SECONDS = 10
"""Far more than it takes; what a slow machine may need."""

Record = Callable[[str, object], None]


@dataclass
class Agent:
    """Somebody with hands: each method is one action."""

    page: Page
    site: str
    actions: int = field(default=0, init=False)
    pastes: int = field(default=0, init=False)

    def click(self, selector: str) -> None:
        self.page.locator(selector).click()
        self.actions += 1

    def press(self, chord: str) -> None:
        self.page.keyboard.press(chord)
        self.actions += 1

    def paste(self) -> None:
        self.page.keyboard.press("Control+v")
        self.pastes += 1

    @property
    def copied(self) -> str:
        return str(self.page.evaluate("navigator.clipboard.readText()"))


@pytest.fixture
def agent(site: str, context: BrowserContext, page: Page) -> Agent:
    """An agent who has signed in, at the home page, with the error code on the clipboard."""
    user = User.objects.create_user("alex", password="alex", is_staff=True)
    user.groups.add(Group.objects.get(name="Agents"))
    signed_in = Client()
    signed_in.force_login(user)
    context.add_cookies([{"name": "sessionid", "value": signed_in.cookies["sessionid"].value, "url": site}])
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(site)
    page.evaluate(PUT_ON_CLIPBOARD, CODE)
    return Agent(page, site)


@pytest.fixture
def stopwatch(record_property: Record) -> Iterator[None]:
    """Records how long a test's walk takes, and fails where nobody would call that seconds."""
    start = time.monotonic()
    yield
    seconds = time.monotonic() - start
    record_property("seconds", round(seconds, 2))
    assert seconds < MOST_SECONDS


def link_to(step: str) -> str:
    return f'[data-ticket-link][href$="/{step}/link/"]'


def test_a_known_code_becomes_a_copied_step_link_in_two_actions_and_a_paste(agent: Agent, stopwatch: None) -> None:
    agent.paste()
    expect(agent.page.locator("#text")).to_have_value(CODE)
    agent.press("Control+Enter")
    agent.click(link_to(STEP))
    expect(agent.page.get_by_role("dialog")).to_contain_text(f"({STEP})")
    assert re.fullmatch(rf"Turn on the flow, step \d \({STEP}\): {agent.site}/t/\S+/", agent.copied)
    assert (agent.actions, agent.pastes) == (2, 1)


def test_from_the_field_in_the_header_it_takes_one_click_more_to_get_there(agent: Agent, stopwatch: None) -> None:
    agent.click("#search")
    agent.paste()
    agent.press("Enter")
    expect(agent.page).to_have_url(f"{agent.site}/guides/workflow-trigger-not-enabled/?code={CODE}")
    agent.click(link_to(STEP))
    expect(agent.page.get_by_role("dialog")).to_contain_text(f"({STEP})")
    assert f"({STEP})" in agent.copied
    assert (agent.actions, agent.pastes) == (3, 1)


def test_a_reference_from_another_ticket_opens_its_step(agent: Agent, stopwatch: None) -> None:
    agent.page.evaluate(PUT_ON_CLIPBOARD, "flow 3 / fix 4.2")
    agent.click("#search")
    agent.paste()
    agent.press("Enter")
    expect(agent.page).to_have_url(f"{agent.site}/guides/workflow-trigger-not-enabled/#{STEP}")
    expect(agent.page.locator(":target")).to_be_in_viewport()
    assert (agent.actions, agent.pastes) == (2, 1)
