// Says that the connection is gone, and that what was typed is still here.

import { once } from "./once.js";

function notice(banner) {
  // Only a connection that was there and went counts: a computer that serves itself has none and needs none.
  let isGone = false;
  const show = () => { banner.hidden = false; };
  const hide = () => { banner.hidden = true; };
  window.addEventListener("offline", () => { isGone = true; show(); });
  window.addEventListener("online", () => { isGone = false; hide(); });
  document.addEventListener("htmx:sendError", show);
  document.addEventListener("htmx:afterOnLoad", hide);
  // A form sent while offline would replace the page by the browser's own error.
  document.addEventListener("submit", (event) => {
    if (!isGone) return;
    event.preventDefault();
    show();
    banner.scrollIntoView({ block: "nearest" });
  });
}

export function start(root) {
  once(root, "[data-offline]", notice);
}
