"use strict";
// Copy buttons: put a text of the page on the clipboard in all its formats, or show it selected where that is refused.
// Print buttons: print the page.
(() => {
  if (document.documentElement.dataset.copies) return; // a page that htmx swaps in may bring it again
  document.documentElement.dataset.copies = "on";
  const WEB = "web text/markdown", MOST_WAITING = 3000;
  const say = (text) => {
    const line = document.querySelector("#say");
    line.textContent = line.textContent === text ? `${text}\u00a0` : text;
  };
  const reveal = () => document.querySelectorAll("[data-copy][hidden], [data-print]").forEach((button) => { button.hidden = false; });
  const area = (button, format) => document.querySelector(`#${button.dataset.copy} [data-format="${format}"]`);
  const blob = (box, type) => new Blob([box.value], { type });

  const clipboardItem = (button) => {
    const only = button.dataset.format;
    if (only) return new ClipboardItem({ "text/plain": blob(area(button, only), "text/plain") });
    const formats = {};
    for (const type of ["text/plain", "text/html"]) {
      const box = area(button, type);
      if (box) formats[type] = blob(box, type);
    }
    const markdown = area(button, "text/markdown");
    if (markdown && ClipboardItem.supports?.(WEB)) formats[WEB] = blob(markdown, WEB);
    return new ClipboardItem(formats);
  };
  const select = (box) => {
    for (let part = box; part; part = part.parentElement) {
      part.hidden = false;
      if (part.matches("details")) part.open = true;
    }
    box.focus();
    box.select();
    say("Press Ctrl+C to copy.");
  };
  const settled = () => new Promise((done) => { // a text that is on its way is waited for
    if (!document.querySelector("textarea.htmx-request")) return done();
    document.addEventListener("htmx:afterSettle", done, { once: true });
    setTimeout(done, MOST_WAITING);
  });

  document.addEventListener("click", async ({ target }) => {
    const button = target.closest?.("[data-copy], [data-print]");
    if (!button) return;
    if ("print" in button.dataset) return print();
    await settled();
    try {
      await navigator.clipboard.write([clipboardItem(button)]);
    } catch { // refused by the browser or the person, or no safe connection
      return select(area(button, button.dataset.format || "text/plain"));
    }
    say("Copied.");
    button.dispatchEvent(new CustomEvent("copied", { bubbles: true }));
  });
  ["htmx:load", "copy:ready"].forEach((name) => document.addEventListener(name, reveal));
  reveal();
})();
