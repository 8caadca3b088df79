"use strict";
// Tests what is being typed, half a second after typing stops. Nothing is kept, and focus never moves by itself.
(() => {
  const bench = document.getElementById("bench");
  const form = bench && document.getElementById(bench.dataset.form);
  if (!form) return;
  const WAIT = 500;
  const found = document.getElementById("bench-found");
  const line = document.getElementById("bench-say");
  const paste = document.getElementById("bench-paste");
  let timer, running, failed = false, tested = "";

  // What is tried is no part of the draft: leaving it behind is no loss, and saving does not send it.
  form.addEventListener("formdata", (event) => {
    if (!paste || failed) return;
    event.formData.set("paste", "");
    event.formData.delete("against");
  });

  const typed = () => {
    const data = new FormData(form);
    data.delete("csrfmiddlewaretoken");
    data.set("paste", paste?.value ?? "");
    data.set("against", document.getElementById("bench-against")?.value ?? "");
    return new URLSearchParams(data).toString();
  };

  const say = (text) => { if (line.textContent !== text) line.textContent = text; };

  const test = async () => {
    const body = typed();
    if (body === tested) return;
    running?.abort();
    running = new AbortController();
    found.setAttribute("aria-busy", "true");
    try {
      const token = form.elements.namedItem("csrfmiddlewaretoken").value;
      const headers = { "Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": token };
      const answer = await fetch(bench.dataset.url, { method: "POST", body, headers, signal: running.signal });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("bench-found");
      if (!answer.ok || !page) throw new Error("no answer");
      show(page);
      tested = body;
      failed = false;
    } catch (problem) {
      if (problem.name === "AbortError") return;
      failed = true;
      say("We could not test this. Nothing is lost. Type on, or save and try again.");
    }
    found.removeAttribute("aria-busy");
  };

  const show = (page) => {
    const effects = [...page.querySelectorAll("[data-effect]")];
    let beside = false;
    for (const effect of effects) {
      const place = document.getElementById(`effect-${effect.dataset.effect}`);
      if (place) {
        beside = true;
        if (place.textContent !== effect.textContent) place.textContent = effect.textContent;
      }
    }
    if (beside) shorten(page.querySelector(".statements"));
    keepFrame(page);
    const focused = found.contains(document.activeElement) && document.activeElement.id;
    found.replaceChildren(...page.childNodes);
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
    say(page.dataset.say);
  };

  // What stands beside each question already is not said twice.
  const shorten = (list) => {
    const section = list.closest("section");
    (section.querySelector(".suggestion") ? list : section).remove();
  };

  // The preview goes on where somebody was reading.
  const keepFrame = (page) => {
    const old = found.querySelector("iframe"), fresh = page.querySelector("iframe");
    if (!old || !fresh) return;
    const place = old.contentWindow.scrollY;
    fresh.addEventListener("load", () => { fresh.contentWindow.scrollTo(0, place); }, { once: true });
  };

  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(test, WAIT);
  };
  for (const event of ["input", "change", "click"]) form.addEventListener(event, soon);

  // The button tests at once. Where that failed, it opens the page of the bench as it does without a script.
  bench.querySelector(`button[formaction="${bench.dataset.url}"]`)?.addEventListener("click", (event) => {
    if (failed) return;
    event.preventDefault();
    clearTimeout(timer);
    test();
  });

  // A check leads to its control on this page, without a reload.
  found.addEventListener("click", (event) => {
    const check = event.target.closest("[data-go]");
    if (!check) return;
    event.preventDefault();
    event.stopPropagation();
    const target = document.getElementById(check.dataset.go);
    if (!target) return;
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    if (!target.matches("a, button, input, select, textarea, [tabindex]")) target.tabIndex = -1;
    target.scrollIntoView({ block: "center" });
    target.focus({ preventScroll: true });
  });

  test();
})();
