// Says how many characters are left. Nothing is cut off: what is too long is pointed out and can be shortened.

import { once } from "./once.js";

const numbers = new Intl.NumberFormat(document.documentElement.lang);

function words(status, left) {
  const kind = left < 0 ? "over" : "left";
  const count = Math.abs(left);
  const pattern = status.dataset[kind + (count === 1 ? "One" : "Many")];
  return pattern.replace("%s", numbers.format(count));
}

function count(control) {
  const shown = document.getElementById(control.dataset.count);
  const status = shown.parentElement.querySelector("[data-count-status]");
  const limit = Number(control.dataset.limit);
  let pause;

  function update() {
    const left = limit - [...control.value].length;
    shown.textContent = words(status, left);
    shown.classList.toggle("is-over", left < 0);
    clearTimeout(pause);
    // Spoken after a pause only, and only near the end.
    pause = setTimeout(() => {
      status.textContent = left < limit / 5 ? shown.textContent : "";
    }, 1000);
  }

  control.addEventListener("input", update);
  if (control.value) update();
}

export function start(root) {
  once(root, "[data-count]", count);
}
