// Opens <dialog> elements: data-opens names one, data-closes closes the one around it. A dialog with data-open is open
// from the start. Where something typed would be lost, closing asks first.

import { once } from "./once.js";

function opens(opener) {
  opener.addEventListener("click", (event) => {
    const dialog = document.getElementById(opener.dataset.opens);
    if (!dialog) return;
    event.preventDefault();
    dialog.showModal();
  });
}

function hasUnsaved(dialog) {
  const form = dialog.querySelector("form[data-warn-unsaved]");
  return form && form.dataset.changed === "yes";
}

function closes(dialog) {
  const question = dialog.dataset.closeQuestion;
  function leave(event) {
    if (hasUnsaved(dialog) && question && !window.confirm(question)) {
      event.preventDefault();
      return false;
    }
    return true;
  }
  dialog.addEventListener("cancel", leave);
  for (const button of dialog.querySelectorAll("[data-closes]")) {
    button.addEventListener("click", (event) => {
      if (leave(event)) dialog.close();
    });
  }
  if ("open" in dialog.dataset && !dialog.open) dialog.showModal();
}

export function start(root) {
  once(root, "[data-opens]", opens);
  once(root, "dialog", closes);
}
