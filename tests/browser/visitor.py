"""A visitor of the site in a browser: acts, counts what it took, and reads what stands on the page."""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import Page

WORDS_BEFORE = """selector => {
  const end = document.querySelector(selector);
  const walker = document.createTreeWalker(document.querySelector("#screen"), NodeFilter.SHOW_TEXT);
  let words = 0;
  for (let node; (node = walker.nextNode());) {
    if (end.contains(node) || end.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING) break;
    const holder = node.parentElement;
    if (!holder.checkVisibility() || holder.closest(".unseen")) continue;
    words += node.textContent.split(/\\s+/).filter((word) => /[\\p{L}\\p{N}]/u.test(word)).length;
  }
  return words;
}"""

PUT_ON_CLIPBOARD = "text => navigator.clipboard.writeText(text)"


@dataclass
class Visitor:
    """Somebody in front of a page. `actions` counts clicks and pastes, `keys` counts key chords."""

    page: Page
    site: str
    actions: int = field(default=0, init=False)
    keys: int = field(default=0, init=False)

    def open(self, address: str = "/") -> None:
        self.page.goto(self.site + address)

    def paste(self, text: str) -> None:
        self.page.get_by_label("Paste the error text").fill(text)
        self.actions += 1

    def find_the_fix(self) -> None:
        self.page.get_by_role("button", name="Find the fix").click()
        self.actions += 1

    def answer(self, choice: str) -> None:
        before = self.page.url
        self.page.get_by_role("button", name=choice, exact=True).click()
        self.page.wait_for_url(lambda url: url != before)
        self.actions += 1

    def answer_with_keys(self, choice: str) -> None:
        """Press the digit of an answer, wherever the page has left focus, and Enter."""
        before = self.page.url
        digit = self.page.locator(".answers button").all_inner_texts().index(choice) + 1
        self.press(str(digit), "Enter")
        self.page.wait_for_url(lambda url: url != before)

    def press(self, *chords: str) -> None:
        for chord in chords:
            self.page.keyboard.press(chord)
            self.keys += 1

    def copy_elsewhere(self, text: str) -> None:
        """Fill the clipboard, as if the text had been copied from another window."""
        self.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        self.page.evaluate(PUT_ON_CLIPBOARD, text)

    @property
    def heading(self) -> str:
        return self.page.locator("h1").inner_text()

    def words_before(self, selector: str) -> int:
        """How many words somebody sees on the page above the first element of a selector, header left out."""
        return int(self.page.evaluate(WORDS_BEFORE, selector))
