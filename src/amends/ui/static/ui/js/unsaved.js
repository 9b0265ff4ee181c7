// Asks before a page with unsaved text is left.

import { once } from "./once.js";

function warns(form) {
  let isSending = false;
  form.addEventListener("input", () => { form.dataset.changed = "yes"; });
  form.addEventListener("amends:saved", () => { form.dataset.changed = ""; });
  form.addEventListener("submit", () => { isSending = true; });
  form.addEventListener("htmx:afterRequest", (event) => {
    isSending = false;
    if (event.detail.successful) form.dataset.changed = "";
  });
  window.addEventListener("pageshow", () => { isSending = false; });
  window.addEventListener("beforeunload", (event) => {
    if (form.dataset.changed === "yes" && !isSending && form.isConnected) event.preventDefault();
  });
}

export function start(root) {
  once(root, "form[data-warn-unsaved]", warns);
}
