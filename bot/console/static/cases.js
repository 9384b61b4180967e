// The list of cases: "all on this page", and how many are chosen. Without it the boxes work one by one.
const boxes = [...document.querySelectorAll('input[name="number"]')];
const all = document.querySelector("[data-all]");
const said = document.querySelector("[data-chosen]");

function count() {
  const chosen = boxes.filter((box) => box.checked).length;
  if (said) said.textContent = chosen ? `(${chosen})` : "";
  all.checked = chosen > 0 && chosen === boxes.length;
  all.indeterminate = chosen > 0 && chosen < boxes.length;
}

if (all) {
  all.hidden = false;
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
    count();
  });
  for (const box of boxes) box.addEventListener("change", count);
  count();
}
