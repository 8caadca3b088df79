"use strict";
// Adds comfort to pages that work without it: switches, paste anywhere, digit keys, focus and messages after a swap.
(() => {
  const find = (selector) => document.querySelector(selector);
  const say = (text) => { // the same words twice must still be a change, or they are not read out
    const line = find("#say");
    line.textContent = text && line.textContent === text ? `${text}\u00a0` : text;
  };
  const recall = (key) => { try { return localStorage.getItem(key); } catch { return null; } };
  const store = (key, value) => { try { localStorage.setItem(key, value); } catch { /* storage is off */ } };

  // Switches in the footer
  const theme = find("#theme"), digits = find("#digits");
  theme.value = recall("theme")?.replace("auto", "") || "";
  theme.addEventListener("change", () => {
    document.documentElement.dataset.theme = theme.value;
    store("theme", theme.value);
  });
  const showDigits = () => document.body.classList.toggle("digits", digits.checked);
  digits.checked = recall("digits") !== "off";
  digits.addEventListener("change", () => { store("digits", digits.checked ? "on" : "off"); showDigits(); });
  showDigits();
  find("#switches").hidden = false;

  // Keys: digits move focus to an answer (Enter chooses it), Ctrl+Enter sends the paste box
  document.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (key === "Enter" && (event.ctrlKey || event.metaKey) && target.matches("textarea")) return target.form.requestSubmit();
    if (!digits.checked || !/^[1-9]$/.test(key) || event.ctrlKey || event.altKey || event.metaKey) return;
    const group = target.matches("body, h1") ? document : target.closest("fieldset");
    group?.querySelectorAll(".answers button")[key - 1]?.focus();
  });

  // Paste anywhere
  document.addEventListener("paste", (event) => {
    const box = find("#text"), text = event.clipboardData.getData("text/plain");
    if (!box || (event.target !== box && event.target.closest?.("input, textarea"))) return;
    const picture = !text && [...event.clipboardData.items].some((item) => item.type.startsWith("image/"));
    find("#picture").hidden = !picture;
    if (picture) return say("That is a picture. Copy the text instead.");
    if (event.target === box || !text) return;
    event.preventDefault();
    const fold = box.closest("details");
    if (fold) fold.open = true;
    box.focus();
    box.setRangeText(text, 0, box.value.length, "end");
    box.dispatchEvent(new Event("input", { bubbles: true }));
  });

  // htmx: busy, done, failed
  let waiting = [];
  const again = ({ requestConfig, pathInfo }) => requestConfig.verb === "get" ? pathInfo.finalRequestPath : location.href;
  const fail = (path) => {
    const panel = find("#failed");
    panel.hidden = false;
    panel.querySelector("a").href = path;
    panel.focus();
  };
  const mark = (detail, busy) => {
    waiting.forEach(clearTimeout);
    detail.target.ariaBusy = busy;
    const button = detail.requestConfig.triggeringEvent?.submitter;
    if (button) button.ariaDisabled = busy;
  };
  document.addEventListener("htmx:beforeRequest", ({ detail }) => {
    if (detail.target.id !== "screen") return;
    mark(detail, true);
    waiting = [setTimeout(say, 400, "Working…"), setTimeout(fail, 8000, again(detail))];
  });
  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (detail.target.id !== "screen") return;
    mark(detail, false);
    if (!detail.successful) fail(again(detail));
  });
  document.addEventListener("htmx:afterSettle", ({ target }) => {
    if (target.closest("[data-quiet]")) return; // renewed while somebody is typing or copying
    say((target.matches("[data-say]") ? target : target.querySelector("[data-say]"))?.dataset.say || "");
    const heading = target.querySelector("h1");
    if (!heading) return;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  });
  // Back from a short page to a long one: the browser goes to its place before the page is there
  document.addEventListener("htmx:beforeHistoryUpdate", () => history.replaceState({ ...history.state, y: scrollY }, ""));
  let there = 0;
  addEventListener("popstate", ({ state }) => { there = state?.y; });
  document.addEventListener("htmx:historyRestore", () => there && scrollTo(0, there));
  document.addEventListener("htmx:historyCacheMissLoadError", () => location.reload());
  document.addEventListener("htmx:historyCacheMiss", ({ detail }) => {
    detail.xhr.addEventListener("error", () => location.reload());
  });
})();
