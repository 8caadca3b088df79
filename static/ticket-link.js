"use strict";
// “Link in a ticket”: one press copies the link and keeps it, and shows its page in a dialog. Without sign-in, and
// wherever anything fails, the press is an ordinary link to that page, where this script keeps what is copied.
(() => {
  if (document.documentElement.dataset.links) return; // a page that htmx swaps in may bring it again
  document.documentElement.dataset.links = "on";
  const SHEET = "#ticket-link", NOT_KEPT = "The link is copied but not saved yet. Try again.";
  const find = (selector) => document.querySelector(selector);
  const over = () => find("#link-dialog");
  let opener, busy;

  // A page of a link: its heading and its sheet. Fails where the answer is another page, such as the one to sign in.
  const load = async (address, fields) => {
    const answer = await fetch(address, fields && { method: "POST", body: new URLSearchParams(fields) });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const sheet = page.querySelector(SHEET);
    if (!sheet) throw new Error("This is not the page of a link.");
    return { sheet, heading: page.querySelector("h1").textContent, isGood: answer.ok };
  };
  const keep = async (sheet) => { // the token alone: what is half typed is not kept
    const form = sheet.querySelector("form");
    const kept = await load(form.action, { made: form.made.value, csrfmiddlewaretoken: form.csrfmiddlewaretoken.value });
    if (!kept.isGood) throw new Error("It was not kept.");
    return kept.sheet;
  };

  // Both formats are promised within the press, since a browser may not let a page copy later
  const copy = async (loading) => {
    const promised = (type) => {
      const blob = loading.then(({ sheet }) => new Blob([sheet.querySelector(`#link-texts [data-format="${type}"]`).value], { type }));
      blob.catch(() => {}); // `open` deals with a page that does not come
      return blob;
    };
    await navigator.clipboard.write([new ClipboardItem({ "text/plain": promised("text/plain"), "text/html": promised("text/html") })]);
  };
  const tell = (text) => {
    const place = find("#link-dialog[open] [role=status]") || find("[data-told]");
    if (!place) return;
    place.textContent = text;
    place.classList.toggle("note", !!text);
    if (text) (place.previousElementSibling || place).scrollIntoView({ block: "nearest" });
  };
  const ready = (sheet) => { // what only works with this script
    if (sheet.querySelector(".texts")) sheet.querySelector(".texts").hidden = false;
    sheet.querySelector("[data-without-script]")?.remove();
    document.dispatchEvent(new Event("copy:ready"));
  };
  const fill = (sheet) => {
    over().querySelector("[data-sheet]").replaceChildren(sheet);
    ready(sheet);
  };
  const show = ({ heading }, sheet, isKept, isCopied) => {
    over().querySelector("h2").textContent = heading;
    fill(sheet);
    over().showModal();
    tell("");
    const button = sheet.querySelector("[data-copy]");
    (isKept ? button : sheet.querySelector("[type=submit]")).focus();
    if (!isCopied) return button.click(); // copy.js tries once more, and otherwise shows the text, selected
    tell(isKept ? "Copied. Paste it into your ticket." : NOT_KEPT);
  };

  const open = async (link) => {
    const loading = load(link.href);
    const copying = copy(loading).then(() => true, () => false);
    try {
      const fresh = await loading;
      const kept = await keep(fresh.sheet).catch(() => null);
      show(fresh, kept || fresh.sheet, !!kept, await copying);
    } catch {
      location.assign(link.href);
    }
  };
  document.addEventListener("click", async (event) => {
    const link = event.target.closest?.("[data-ticket-link]");
    if (!link || !over() || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (busy) return;
    [opener, busy] = [link, true];
    await open(link);
    busy = false;
  });
  document.addEventListener("close", ({ target }) => { if (target === over()) opener.focus(); }, true);

  // A text that is copied, by a button or by hand, from a sheet that is not kept yet
  ["copied", "copy"].forEach((name) => document.addEventListener(name, async ({ target }) => {
    const sheet = target.closest(`${SHEET}[data-fresh]`);
    if (!sheet) return;
    try {
      await keep(sheet);
      delete sheet.dataset.fresh;
      tell("Copied.");
    } catch {
      tell(NOT_KEPT);
    }
  }));
  // “Copied.” and “Press Ctrl+C to copy.” are said outside the dialog, where nobody hears them while it is open
  new MutationObserver(() => { if (find(SHEET)) tell(find("#say").textContent); }).observe(find("#say"), { childList: true });

  // The ticket and the role, without leaving the dialog
  document.addEventListener("submit", async (event) => {
    if (!event.target.closest(`#link-dialog ${SHEET}`)) return;
    event.preventDefault();
    try {
      const { sheet, isGood } = await load(event.target.action, new FormData(event.target));
      fill(sheet);
      (sheet.querySelector(".errors") || sheet.querySelector("[type=submit]")).focus();
      tell(isGood ? "Saved." : "");
    } catch {
      tell("This is not saved yet. Try again.");
    }
  });

  if (find(SHEET)) ready(find(SHEET));
})();
