// Lists the files that were chosen, with their sizes, so that a wrong one is noticed before it is sent.

import { once } from "./once.js";

const UNITS = [["GB", 1e9], ["MB", 1e6], ["kB", 1e3], ["B", 1]];
const numbers = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });

function size(octets) {
  const [unit, part] = UNITS.find(([, least]) => octets >= least) || UNITS.at(-1);
  return `${numbers.format(octets / part)}\u00a0${unit}`;
}

function row(file) {
  const item = document.createElement("li");
  const words = document.createElement("span");
  const name = document.createElement("b");
  const detail = document.createElement("span");
  name.textContent = file.name;
  name.dir = "auto";
  detail.className = "muted small";
  detail.textContent = ` ${size(file.size)}`;
  words.append(name, detail);
  item.append(words);
  return item;
}

function lists(list) {
  const input = document.getElementById(list.dataset.fileList);
  input.addEventListener("change", () => {
    list.replaceChildren(...[...input.files].map(row));
    list.hidden = !input.files.length;
  });
}

export function start(root) {
  once(root, "[data-file-list]", lists);
}
