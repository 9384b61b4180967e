// Drawing boxes over a photo. Each box is four number fields, which the keyboard changes too.
const canvas = document.querySelector("[data-canvas]");
const picture = canvas.querySelector("svg");
const fields = document.querySelector("[data-boxes]");
const first = fields.querySelector("[data-box]");
const add = document.querySelector("[data-add]");
const undo = document.querySelector("[data-undo]");
const sides = ["left", "top", "width", "height"];
const rows = () => [...fields.querySelectorAll("[data-box]")];
const field = (row, side) => row.querySelector(`[name="${side}"]`);
const empty = (row) => sides.every((side) => field(row, side).value === "");

function draw() {
  picture.replaceChildren();
  for (const row of rows()) {
    if (empty(row)) continue;
    const box = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    const names = { left: "x", top: "y", width: "width", height: "height" };
    for (const side of sides) box.setAttribute(names[side], Math.max(0, Number(field(row, side).value) || 0));
    picture.append(box);
  }
}

function newRow() {
  const row = first.cloneNode(true);
  for (const side of sides) field(row, side).value = "";
  fields.append(row);
  return row;
}

function at(event) {
  const edge = canvas.getBoundingClientRect();
  const share = (value, size) => Math.min(100, Math.max(0, (100 * value) / size));
  return [share(event.clientX - edge.left, edge.width), share(event.clientY - edge.top, edge.height)];
}

let begun = null;
let row = null;

function move(event) {
  if (!begun) return;
  const here = at(event);
  const values = [Math.min(begun[0], here[0]), Math.min(begun[1], here[1]), Math.abs(begun[0] - here[0]), Math.abs(begun[1] - here[1])];
  sides.forEach((side, number) => { field(row, side).value = values[number].toFixed(2); });
  draw();
}

function clear(gone) {
  if (gone === first) {
    for (const side of sides) field(first, side).value = "";
  } else {
    gone.remove();
  }
}

canvas.classList.add("drawing");
document.querySelector("[data-hint]").hidden = false;
add.hidden = undo.hidden = false;
canvas.addEventListener("pointerdown", (event) => {
  event.preventDefault();
  canvas.setPointerCapture(event.pointerId);
  begun = at(event);
  row = rows().find(empty) || newRow();
});
canvas.addEventListener("pointermove", move);
canvas.addEventListener("pointerup", (event) => {
  move(event);
  begun = null;
  if (Number(field(row, "width").value) < 0.5 || Number(field(row, "height").value) < 0.5) clear(row);  // a click, no box
  draw();
});
canvas.addEventListener("pointercancel", () => { begun = null; });
fields.addEventListener("input", draw);
add.addEventListener("click", () => field(newRow(), "left").focus());
undo.addEventListener("click", () => {
  clear(rows().findLast((each) => !empty(each)) || first);
  draw();
});
