// Shows fields only while the option they belong to is chosen. Without script they are simply there.

import { once } from "./once.js";

function belongs(part) {
  const option = document.getElementById(part.dataset.reveal);
  if (!option) return;

  function update() {
    part.hidden = !option.checked;
  }

  const group = option.type === "radio" ? option.form.elements[option.name] : [option];
  for (const each of group.length === undefined ? [group] : group) each.addEventListener("change", update);
  // The browser may bring back earlier answers after a return to the page.
  window.addEventListener("pageshow", update);
  update();
}

export function start(root) {
  once(root, "[data-reveal]", belongs);
}
