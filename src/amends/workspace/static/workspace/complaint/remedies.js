// Shows one empty remedy at a time, and a button that brings the next. Without script all five rows are there.

const list = document.querySelector("[data-remedies]");

if (list) {
  const rows = [...list.querySelectorAll("[data-remedy]")];
  rows.forEach((row, place) => { row.hidden = place > 0 && !("used" in row.dataset); });

  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button-sm";
  button.textContent = list.dataset.add;
  list.append(button);

  const update = () => { button.hidden = rows.every((row) => !row.hidden); };
  button.addEventListener("click", () => {
    const next = rows.find((row) => row.hidden);
    next.hidden = false;
    next.querySelector("select").focus();
    update();
  });
  update();
}
