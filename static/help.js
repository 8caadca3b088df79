"use strict";
// Narrows the categories of the help form to the problem type that is chosen. The server checks that they fit.
(() => {
  const list = document.querySelector("#category");
  if (!list) return;
  const narrow = () => {
    const type = list.form.querySelector("[name=type]:checked")?.value;
    for (const group of list.querySelectorAll("optgroup")) {
      group.hidden = group.disabled = Boolean(type) && group.dataset.type !== type;
    }
    if (!list.selectedOptions[0]?.closest("optgroup")?.disabled) return;
    list.value = "";
    document.querySelector("#say").textContent = "Choose a category again.";
  };
  list.form.addEventListener("change", ({ target }) => target.name === "type" && narrow());
  addEventListener("pageshow", narrow); // a browser may bring back what was chosen before
})();
