"""What every page keeps to, whoever uses it: axe's rules, one heading, a true title, sizes and width."""

from __future__ import annotations

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, ViewportSize

WIDE: ViewportSize = {"width": 1280, "height": 800}
NARROW: ViewportSize = {"width": 320, "height": 640}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OFF_BY_DEFAULT = ["target-size", "label-content-name-mismatch"]
OF_COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules whose outcome the theme can change."""

RUN_AXE = """async (options) => {
  const found = await axe.run({...options, resultTypes: ["violations"], preload: false});
  return found.violations.map((rule) => `${rule.id}: ${rule.nodes.map((node) => node.target.join(" ")).join(", ")}`);
}"""

UNFOLD = "document.querySelectorAll('details').forEach((fold) => { fold.open = true; })"

SETTLED = "Promise.all(document.getAnimations().map((move) => move.finished.catch(() => null)))"
"""Colours that are still on their way to those of another theme have a contrast of their own."""

TOO_SMALL = """(within) => [...document.querySelector(within)
    .querySelectorAll("button, summary, input, select, textarea, nav a, .change a")]
  .filter((part) => part.checkVisibility() && part.type !== "hidden")
  .map((part) => [part.closest("label") ?? part, part.matches(".answers button, .button") ? 44 : 24])
  .filter(([part, least]) => part.getBoundingClientRect().height < least || part.getBoundingClientRect().width < 24)
  .map(([part]) => `too small: ${part.outerHTML.slice(0, 80)}`)"""


def until(page: Page, expression: str, arg: object = None) -> None:
    """Wait until JavaScript says so. The page's own rules forbid what Playwright's waiting for a function does."""
    for _ in range(100):
        if page.evaluate(expression, arg):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"It did not come true: {expression}")


def barriers(page: Page, within: str = "body") -> list[str]:
    """What stands in somebody's way on the page as it is now, folds opened, in both themes and both widths.

    The sizes of controls are looked at within one element only, where the frame of the page is not ours.
    """
    page.wait_for_load_state()
    page.set_viewport_size(WIDE)
    page.evaluate(UNFOLD)
    page.evaluate(AXE_SCRIPT)
    return _structure(page) + [
        f"{size['width']} px, {problem}" for size in (WIDE, NARROW) for problem in _at_size(page, size, within)
    ]


def _structure(page: Page) -> list[str]:
    headings = page.locator("h1").all_inner_texts()
    if len(headings) != 1:
        return [f"main headings: {headings}"]
    good_title = page.title().startswith((headings[0], "Error: "))
    return [] if good_title else [f"the title “{page.title()}” does not start with “{headings[0]}”"]


def _at_size(page: Page, size: ViewportSize, within: str) -> list[str]:
    page.set_viewport_size(size)
    problems: list[str] = page.evaluate(TOO_SMALL, within)
    width = page.evaluate("document.documentElement.scrollWidth")
    if width > size["width"]:
        problems.append(f"the page is {width} px wide")
    rules = {rule: {"enabled": True} for rule in OFF_BY_DEFAULT}
    problems += page.evaluate(RUN_AXE, {"runOnly": TAGS, "rules": rules})
    page.emulate_media(color_scheme="dark")
    page.evaluate(SETTLED)
    problems += [f"dark, {problem}" for problem in page.evaluate(RUN_AXE, {"runOnly": OF_COLOURS})]
    page.emulate_media(color_scheme="light")
    page.evaluate(SETTLED)
    return problems
