// Saves a draft three seconds after the last letter, to the address in data-autosave, and says in the form's
// role=status element whether that worked. Files are sent only with the form itself.

import { once } from "./once.js";

const PAUSE = 3000;

function saves(form) {
  const status = form.querySelector("[data-autosave-status]") || document.getElementById("live");
  let pause;
  let saved = serialised();

  function serialised() {
    const data = new FormData(form);
    for (const [name, value] of [...data.entries()]) {
      if (value instanceof File) data.delete(name);
    }
    return new URLSearchParams(data).toString();
  }

  async function save() {
    const now = serialised();
    if (now === saved) return;
    try {
      const response = await fetch(form.dataset.autosave, {
        method: "POST",
        body: now,
        headers: { "Content-Type": "application/x-www-form-urlencoded" },
        credentials: "same-origin",
      });
      if (!response.ok) throw new Error(String(response.status));
      saved = now;
      status.textContent = form.dataset.saved;
      form.dispatchEvent(new CustomEvent("amends:saved"));
    } catch {
      status.textContent = form.dataset.notSaved;
      pause = setTimeout(save, 4 * PAUSE);
    }
  }

  form.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(save, PAUSE);
  });
  form.addEventListener("submit", () => clearTimeout(pause));
}

export function start(root) {
  once(root, "form[data-autosave]", saves);
}
