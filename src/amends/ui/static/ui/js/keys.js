// Single keys for staff who want them: each presses or focuses the control that names it in data-key. Never in a field,
// with a modifier or during composition, and never something that sends, closes or deletes: such controls carry no key.

const WAIT = 1500;
let first = "";
let since = 0;

function isTyping(target) {
  return Boolean(target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]"));
}

function visible(element) {
  return element.getClientRects().length > 0;
}

function controlFor(keys) {
  return [...document.querySelectorAll(`[data-key="${CSS.escape(keys)}"]`)].find(visible);
}

function move(step) {
  const rows = [...document.querySelectorAll("[data-row]")].filter(visible);
  if (!rows.length) return;
  const at = rows.indexOf(document.activeElement);
  const next = at < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(Math.max(at + step, 0), rows.length - 1);
  rows[next].focus();
  rows[next].scrollIntoView({ block: "nearest" });
}

function press(control) {
  if (control.matches("input, textarea, select")) control.focus();
  else control.click();
}

function handle(event) {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (document.querySelector("dialog[open]")) return;
  const key = event.key.toLowerCase();
  const both = first && Date.now() - since < WAIT ? `${first} then ${key}` : "";
  first = "";
  if (key === "j" || key === "k") {
    move(key === "j" ? 1 : -1);
    event.preventDefault();
    return;
  }
  const control = (both && controlFor(both)) || controlFor(key);
  if (control) {
    event.preventDefault();
    press(control);
  } else if (key === "g") {
    first = key;
    since = Date.now();
  }
}

let started = false;

export function start() {
  if (started) return;
  started = true;
  document.addEventListener("keydown", handle);
}
