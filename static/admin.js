"use strict";
// Adds comfort to staff's change pages, which work without it: rows at once, live previews, no work lost by leaving.
(() => {
  const form = document.querySelector("form.editing");
  if (!form) return;
  const upper = (text) => text.charAt(0).toUpperCase() + text.slice(1);
  const say = (text) => { // the same words twice must still be a change, or they are not read out
    const line = document.getElementById("say");
    line.textContent = line.textContent === text ? `${text}\u00a0` : text;
  };

  // Rows
  const partOf = (row) => row.parentElement.closest("[data-part]");
  const rowsOf = (part) => [...part.querySelector(":scope > .rows").children];
  const control = (name) => form.elements.namedItem(name);

  const number = (part, owner) => {
    const to = part.querySelector(":scope > .add .owner");
    if (to) to.textContent = owner;
    rowsOf(part).forEach((row, index) => {
      const name = `${part.dataset.name} ${index + 1}${owner ? ` of ${owner}` : ""}`;
      const position = control(`${row.dataset.row}-position`);
      if (position) position.value = index;
      row.dataset.name = name;
      row.querySelectorAll(":scope > .moves .name").forEach((span) => { span.textContent = name; });
      row.querySelector(":scope > legend > .name").textContent = upper(name);
      row.querySelectorAll(":scope > .body > [data-part]").forEach((inner) => number(inner, row.dataset.reference || name));
    });
  };
  const numberAround = (part) => number(part, ownerOf(part));
  const ownerOf = (part) => {
    const row = part.parentElement.closest("[data-row]");
    return row ? row.dataset.reference || row.dataset.name : "";
  };

  const add = (part) => {
    const blank = form.querySelector(`template[data-kind="${part.dataset.kind}"]`);
    const total = control(`${part.dataset.part}-TOTAL_FORMS`);
    const prefix = `${part.dataset.part}-${total.value}`;
    const copy = document.createElement("template");
    copy.innerHTML = blank.innerHTML
      .replaceAll(blank.dataset.prefix, prefix)
      .replaceAll(`${part.dataset.part}-empty-`, `${prefix}-`);
    const row = copy.content.firstElementChild;
    part.querySelector(":scope > .rows").append(row);
    total.value = Number(total.value) + 1;
    numberAround(part);
    row.querySelectorAll("[data-part]").forEach(add);
    return row;
  };

  const actions = {
    add(place) {
      const row = add(form.querySelector(`[data-part="${place}"]`));
      row.querySelector(".body :is(input:not([type=hidden]), textarea, select)").focus();
      return `${upper(row.dataset.name)} added.`;
    },
    up: (place) => move(place, -1),
    down: (place) => move(place, 1),
    remove: (place) => take(place, true),
    keep: (place) => take(place, false),
  };

  const move = (place, by) => {
    const row = document.getElementById(place), part = partOf(row), before = upper(row.dataset.name);
    const staying = rowsOf(part).filter((other) => other === row || !other.classList.contains("is-removed"));
    const other = staying[staying.indexOf(row) + by];
    if (!other) return by < 0 ? `${before} is the first.` : `${before} is the last.`;
    other[by < 0 ? "before" : "after"](row);
    numberAround(part);
    row.querySelector(`:scope > .moves [value^="${by < 0 ? "up" : "down"}:"]`).focus();
    return by < 0 ? `${before} moved up.` : `${before} moved down.`;
  };

  const take = (place, away) => {
    const row = document.getElementById(place);
    control(`${place}-DELETE`).value = away ? "on" : "";
    row.classList.toggle("is-removed", away);
    row.querySelector(`:scope > .moves .${away ? "keep" : "remove"}`).focus();
    return away ? `${upper(row.dataset.name)} is removed when you save.` : `${upper(row.dataset.name)} stays.`;
  };

  form.querySelectorAll("[data-part]").forEach((part) => { if (!ownerOf(part)) number(part, ""); });

  // Previews of Markdown
  const waiting = new WeakMap();
  const show = async (field) => {
    const box = field.querySelector(".preview");
    const body = new FormData();
    body.set("text", field.querySelector("textarea").value);
    body.set("csrfmiddlewaretoken", control("csrfmiddlewaretoken").value);
    waiting.get(field)?.abort();
    const request = new AbortController();
    waiting.set(field, request);
    try {
      const answer = await fetch(field.dataset.markdown, { method: "POST", body, signal: request.signal });
      if (!answer.ok && answer.status !== 422) throw new Error(answer.statusText);
      box.innerHTML = await answer.text();
    } catch (problem) {
      if (problem.name !== "AbortError") box.textContent = "We could not load the preview. What you wrote is still here.";
    }
  };
  const timers = new WeakMap();
  form.addEventListener("input", ({ target }) => {
    const field = target.closest("[data-markdown]");
    if (!field || field.querySelector(".preview").hidden) return;
    clearTimeout(timers.get(field));
    timers.set(field, setTimeout(show, 500, field));
  });
  const toggle = (button) => {
    const field = button.closest("[data-markdown]"), box = field.querySelector(".preview");
    box.hidden = !box.hidden;
    button.setAttribute("aria-expanded", String(!box.hidden));
    if (!box.hidden) show(field);
  };

  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=_rows], button[name=_preview]");
    if (!button) return;
    event.preventDefault();
    if (button.name === "_preview") return toggle(button);
    const [action, place] = button.value.split(":");
    say(actions[action](place));
  });

  // Nothing typed is lost
  const written = () => new URLSearchParams(new FormData(form)).toString();
  const before = form.dataset.unsaved ? null : written();
  let leaving = false;
  form.addEventListener("submit", () => { leaving = true; });
  window.addEventListener("pageshow", () => { leaving = false; });
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && written() !== before) event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    const save = form.querySelector("button[name=_continue]");
    if (save) form.requestSubmit(save);
  });
})();
