// Moves the focus to what has to be read first, the error summary or the heading of what opened, and lets its links
// put the cursor into the field.

import { once } from "./once.js";

function first(element) {
  if (!element.hasAttribute("tabindex")) element.tabIndex = -1;
  element.focus();
  element.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    const control = link && document.getElementById(link.hash.slice(1));
    if (!control) return;
    event.preventDefault();
    const field = control.closest(".field") || control;
    field.scrollIntoView({ block: "start" });
    control.focus({ preventScroll: true });
  });
}

export function start(root) {
  once(root, "[data-focus]", first);
}
