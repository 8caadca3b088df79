"""A real browser for the tests: the machine's own Chromium, and a failure for every complaint in its console."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Page

# Playwright keeps an event loop in the main thread, which Django would take for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

BROWSERS = ("chromium", "chromium-headless-shell", "google-chrome", "chromium-browser")
COMPLAINTS = ("error", "warning")


def find_browser() -> str | None:
    named = os.environ.get("CHROMIUM")
    return shutil.which(named) if named else next(filter(None, map(shutil.which, BROWSERS)), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    executable = find_browser()
    if executable is None:
        message = "There is no Chromium. Install chromium or chromium-headless-shell, or set CHROMIUM."
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    arguments = [
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
    ]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")
    return {**browser_type_launch_args, "executable_path": executable, "args": arguments}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {
        **browser_context_args,
        "viewport": {"width": 1280, "height": 800},
        "reduced_motion": "reduce",
        "locale": "en-GB",
        "timezone_id": "UTC",
    }


@pytest.fixture(autouse=True)
def _console_is_clean(request: pytest.FixtureRequest, context: BrowserContext) -> Iterator[None]:
    """Fail a test on script errors, refused policies and missing files that its pages complain of."""
    marker = request.node.get_closest_marker("expected_console_errors")
    expected = [re.compile(pattern) for pattern in (marker.args if marker else ())]
    complaints: list[str] = []

    def on_console(message: ConsoleMessage) -> None:
        if message.type in COMPLAINTS:
            complaints.append(message.text)

    def watch(page: Page) -> None:
        page.on("console", on_console)
        page.on("pageerror", lambda error: complaints.append(str(error)))

    context.on("page", watch)
    yield
    unexpected = [text for text in complaints if not any(pattern.search(text) for pattern in expected)]
    assert unexpected == []


@pytest.fixture
def site(transactional_db: None, starter_content: None, live_server: Any) -> str:
    """The address of a running site with the starter guides."""
    return str(live_server.url)
