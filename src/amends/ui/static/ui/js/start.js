// The only script a page names. It loads what the page's data- attributes ask for, and again for parts that htmx
// brings in. Every module exports start(root); starting twice on the same element does no harm.

const modules = [
  ["[data-count]", () => import("./character_count.js")],
  ["[data-copy]", () => import("./copy.js")],
  ["[data-print]", () => import("./copy.js")],
  ["[data-reveal]", () => import("./reveal.js")],
  ["[data-composer]", () => import("./composer.js")],
  ["[data-opens], dialog", () => import("./dialogs.js")],
  ["[data-menu]", () => import("./menu.js")],
  ["[data-focus]", () => import("./focus.js")],
  ["body[data-keys]", () => import("./keys.js")],
  ["form[data-autosave]", () => import("./autosave.js")],
  ["form[data-warn-unsaved]", () => import("./unsaved.js")],
  ["[data-offline]", () => import("./offline.js")],
  ["[data-session-end]", () => import("./session_end.js")],
  ["[data-file-list]", () => import("./file_list.js")],
];

async function start(root) {
  const needed = modules.filter(([selector]) => root.querySelector(selector) || (root.matches && root.matches(selector)));
  for (const module of await Promise.all(needed.map(([, load]) => load()))) module.start(root);
}

start(document).then(() => { document.documentElement.dataset.ready = "yes"; });
document.addEventListener("htmx:load", (event) => start(event.detail.elt));
