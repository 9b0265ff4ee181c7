// Warns before the session ends and offers to extend it, without leaving the page.

import { once } from "./once.js";

function warns(dialog) {
  const lasts = Number(dialog.dataset.sessionEnd);
  const before = Number(dialog.dataset.warnBefore);
  const form = dialog.querySelector("form");
  let timer;

  function wait() {
    clearTimeout(timer);
    // Longer waits than a timer can count do not need a warning.
    const delay = Math.max(lasts - before, 1) * 1000;
    if (delay < 2 ** 31) timer = setTimeout(() => { if (!dialog.open) dialog.showModal(); }, delay);
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const response = await fetch(form.action, { method: "POST", body: new FormData(form) });
      if (!response.ok) throw new Error(String(response.status));
      dialog.close();
      wait();
    } catch {
      // Signed out already or offline: the ordinary way shows a page that says so.
      form.submit();
    }
  });
  document.addEventListener("htmx:afterOnLoad", wait);
  wait();
}

export function start(root) {
  once(root, "[data-session-end]", warns);
}
