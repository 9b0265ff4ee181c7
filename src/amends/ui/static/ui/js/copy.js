// Copies the text of the elements that data-copy names, and says so; data-print prints the page.

import { once } from "./once.js";

function copies(button) {
  button.hidden = !navigator.clipboard;
  const before = button.textContent;
  button.addEventListener("click", async () => {
    const texts = [...document.querySelectorAll(button.dataset.copy)].map((element) => element.textContent.trim());
    try {
      await navigator.clipboard.writeText(texts.join("\n"));
    } catch {
      return;
    }
    const live = document.getElementById("live");
    if (live) live.textContent = button.dataset.copied;
    const label = button.querySelector("[data-label]") || button;
    if (label !== button) {
      label.textContent = button.dataset.copied;
      setTimeout(() => { label.textContent = before.trim(); }, 3000);
    }
  });
}

function prints(button) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

export function start(root) {
  once(root, "[data-copy]", copies);
  once(root, "[data-print]", prints);
}
