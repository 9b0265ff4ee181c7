// Two forms, message and note, one under the other without script; here they become tabs, so that nobody writes an
// internal note into a message. What was typed stays in each.

import { once } from "./once.js";

function tabs(composer) {
  const panels = [...composer.querySelectorAll("[data-panel]")];
  const list = composer.querySelector("[data-tabs]");
  if (panels.length < 2) return;
  const buttons = [...list.querySelectorAll("button")];

  function choose(index, takesFocus) {
    buttons.forEach((button, at) => {
      button.setAttribute("aria-selected", String(at === index));
      button.tabIndex = at === index ? 0 : -1;
      panels[at].hidden = at !== index;
    });
    if (takesFocus) buttons[index].focus();
  }

  list.hidden = false;
  list.setAttribute("role", "tablist");
  buttons.forEach((button, index) => {
    const panel = panels[index];
    button.setAttribute("role", "tab");
    button.setAttribute("aria-controls", panel.id);
    panel.setAttribute("role", "tabpanel");
    panel.querySelector("[data-panel-title]").hidden = true;
    button.addEventListener("click", () => {
      choose(index, false);
      panel.querySelector("textarea").focus();
    });
    button.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const turn = document.documentElement.dir === "rtl" ? -step : step;
      choose((index + turn + buttons.length) % buttons.length, true);
      event.preventDefault();
    });
  });
  for (const text of composer.querySelectorAll("textarea")) {
    text.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) text.form.requestSubmit();
    });
  }
  const wrong = panels.findIndex((panel) => panel.querySelector(".has-error, .error-message"));
  choose(Math.max(wrong, 0), false);
}

export function start(root) {
  once(root, "[data-composer]", tabs);
}
