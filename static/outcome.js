// Marks on a guide page, for a day, what this browser said of a fix. Going back then shows it, whatever the address says.
const DAY = 864e5, PREFIX = "said:", FORM = "form.outcome:has(.said)";

const keyOf = (form) => PREFIX + form.elements.read.value.split(":")[0]; // guide, fix and both revisions
const recall = (key) => {
  try {
    const said = JSON.parse(localStorage.getItem(key));
    return said && Date.now() - said.at < DAY ? said : null;
  } catch { return null; }
};
const change = (act) => { try { act(localStorage); } catch { /* storage is off */ } };
const formOf = (target) => target.closest?.(FORM);

const mark = (form, words) => {
  const line = form.querySelector(".said");
  line.hidden = !words;
  line.querySelector("span").textContent = words;
};
const markAll = () => {
  for (const form of document.querySelectorAll(FORM)) {
    if (form.querySelector(".said").hidden) mark(form, recall(keyOf(form))?.words ?? "");
  }
};

document.addEventListener("submit", ({ target, submitter }) => {
  const form = formOf(target);
  if (!form || !submitter) return;
  const words = submitter.dataset.said;
  change((store) => store.setItem(keyOf(form), JSON.stringify({ words, at: Date.now() })));
  mark(form, words);
}, true);
document.addEventListener("htmx:afterRequest", ({ target, detail }) => {
  const form = formOf(target);
  if (!form || detail.successful) return;
  change((store) => store.removeItem(keyOf(form)));
  mark(form, "");
});
// Who said too much for one day is told so on a page that leads on; htmx would keep it back.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.xhr.status !== 429 || detail.target.id !== "screen") return;
  detail.shouldSwap = true;
  detail.isError = false;
});
document.addEventListener("htmx:load", markAll);
change((store) => {
  Object.keys(store).filter((key) => key.startsWith(PREFIX) && !recall(key)).forEach((key) => store.removeItem(key));
});
markAll();
