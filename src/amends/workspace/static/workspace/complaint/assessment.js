// Shows what the answers come to while they are given. Without script the button "See the result" does it.

const form = document.querySelector("[data-assessment]");
const box = form && form.querySelector("[data-result]");

function chosen(name) {
  const one = form.querySelector(`[name="${name}"]:checked`) || form.querySelector(`select[name="${name}"]`);
  return one ? one.value : "";
}

function priority() {
  if (chosen("is_safety") === "yes") return 1;
  const [severity, impact] = chosen("grid").split("-");
  if (!impact) return 0;
  const widest = Math.max(...[impact, chosen("impact_others"), chosen("impact_organisation")].map(Number));
  return JSON.parse(form.dataset.matrix)[severity][widest];
}

let shown = box ? Number(box.dataset.shown) : 0;

function update() {
  const now = priority();
  if (now === shown) return;
  shown = now;
  const words = form.querySelector(`template[data-priority="${now}"]`);
  if (words) box.replaceChildren(words.content.cloneNode(true));
}

if (form) {
  form.addEventListener("change", update);
  update();
}
