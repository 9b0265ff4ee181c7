// The menu of small screens works by its address (#menu) alone. This moves the focus into it and back, and lets Escape
// close it.

import { once } from "./once.js";

function menu(nav) {
  let opener = null;

  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href="#menu"]');
    if (link) opener = link;
  });

  function follow() {
    if (window.location.hash === "#menu") {
      nav.querySelector("a").focus();
    } else if (opener) {
      opener.focus();
      opener = null;
    }
  }

  function close() {
    window.location.hash = "#main";
  }

  nav.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && window.location.hash === "#menu") close();
  });
  window.addEventListener("hashchange", follow);
}

export function start(root) {
  once(root, "[data-menu]", menu);
}
