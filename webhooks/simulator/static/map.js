// The map dialog: click, or move with the arrow keys, where the pin goes.
import { svg } from "./dom.js";

const METRES = 111320; // in one degree of latitude
const STEP = 20; // metres the pin moves with an arrow key

const dialog = document.querySelector("#map");
const form = dialog.querySelector("form");
const canvas = dialog.querySelector(".map");
let city = null; // streets and landmarks in metres from the north-west corner
let pin = null; // the marker
let view = null; // { x, y, size }: what the map shows, in metres

// Opens the dialog; resolves to { lat, long, words } or null.
export async function askPlace() {
  if (!city && document.body.dataset.city) await load();
  dialog.classList.toggle("no-city", !city);
  dialog.returnValue = "";
  dialog.showModal();
  if (city) look(...canvas.dataset.at.split(" ").map(Number), view?.size ?? Math.max(city.width, city.height) * 0.3);
  (city ? canvas : form.elements.lat).focus();
  await new Promise((resolve) => dialog.addEventListener("close", resolve, { once: true }));
  if (dialog.returnValue !== "send") return null;
  const [lat, long] = [form.elements.lat.value, form.elements.long.value].map(Number);
  return { lat, long, words: city ? describe(project([lat, long])) : "" };
}

async function load() {
  const answer = await fetch("/city.json").catch(() => null);
  if (!answer?.ok) return;
  const data = await answer.json();
  const points = data.boundary?.length ? data.boundary : data.streets.flatMap((street) => street.points);
  const lats = points.map(([lat]) => lat);
  const longs = points.map(([, long]) => long);
  const north = Math.max(...lats);
  const west = Math.min(...longs);
  const squeeze = Math.cos((north * Math.PI) / 180);
  city = { north, west, squeeze };
  city.width = (Math.max(...longs) - west) * METRES * squeeze;
  city.height = (north - Math.min(...lats)) * METRES;
  city.boundary = (data.boundary ?? []).map(project);
  city.streets = (data.streets ?? []).map(({ name, points: line }) => ({ name, line: line.map(project) }));
  city.landmarks = (data.landmarks ?? []).map(({ name, lat, long }) => ({ name, at: project([lat, long]) }));
  draw();
  drop([city.width / 2, city.height / 2]);
}

const project = ([lat, long]) => [(long - city.west) * METRES * city.squeeze, (city.north - lat) * METRES];
const unproject = ([x, y]) => [city.north - y / METRES, city.west + x / METRES / city.squeeze];
const path = (line) => line.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ");

function draw() {
  const ground = svg("polygon", { class: "ground", points: path(city.boundary) });
  const casings = city.streets.map(({ line }) => svg("polyline", { class: "casing", points: path(line) }));
  const roads = city.streets.map(({ line }) => svg("polyline", { class: "road", points: path(line) }));
  const marks = city.landmarks.map(({ at: [x, y] }) => svg("circle", { class: "landmark", cx: x, cy: y, r: 9 }));
  pin = svg("g", { class: "pin" }, svg("path", { d: "M0 0C-5-7-8-11-8-15a8 8 0 0 1 16 0c0 4-3 8-8 15z" }), svg("circle", { cy: -15, r: 3 }));
  canvas.replaceChildren(ground, ...casings, ...roads, ...marks, svg("g", { class: "names" }), pin);
}

// How many metres a pixel of the screen is, so that names, roads and pin keep their size.
function metresPerPixel() {
  return view.size / (Math.min(canvas.clientWidth, canvas.clientHeight) || 480);
}

// Names are drawn for what is in view only.
function drawNames() {
  const scale = metresPerPixel();
  const inView = ([x, y]) => x > view.x && x < view.x + view.size && y > view.y && y < view.y + view.size;
  const taken = [];
  const write = (name, [x, y], turn, kind) => {
    const reach = name.length * 4 * scale;
    if (!inView([x, y]) || taken.some(([a, b, r]) => Math.abs(a - x) < reach + r && Math.abs(b - y) < 24 * scale)) return [];
    taken.push([x, y, reach]);
    const text = svg("text", { class: kind, transform: `translate(${x} ${y}) rotate(${turn}) scale(${scale})` });
    text.textContent = name;
    return [text];
  };
  const landmarks = city.landmarks.flatMap(({ name, at: [x, y] }) => write(name, [x, y - 14 * scale], 0, "landmark-name"));
  const streets = city.streets.flatMap(({ name, line }) => {
    const visible = line.slice(1).map((end, index) => [line[index], end]).map(clip).filter(Boolean);
    const [from, to] = visible.sort((a, b) => length(b) - length(a))[0] ?? [];
    if (!from || length([from, to]) < name.length * 8 * scale) return [];
    let turn = (Math.atan2(to[1] - from[1], to[0] - from[0]) * 180) / Math.PI;
    if (turn > 90 || turn <= -90) turn += 180;
    return write(name, [from[0] + (to[0] - from[0]) * 0.36, from[1] + (to[1] - from[1]) * 0.36], turn, "street-name");
  });
  canvas.querySelector(".names").replaceChildren(...landmarks, ...streets);
  for (const mark of canvas.querySelectorAll(".landmark")) mark.setAttribute("r", 4.5 * scale);
}

const length = ([[a, b], [c, d]]) => Math.hypot(c - a, d - b);

// The part of a straight piece of street that is in view, or null.
function clip([[x0, y0], [x1, y1]]) {
  let [from, to] = [0, 1];
  for (const [start, delta, low] of [[x0, x1 - x0, view.x], [y0, y1 - y0, view.y]]) {
    const high = low + view.size;
    if (!delta && (start < low || start > high)) return null;
    if (!delta) continue;
    const [a, b] = [(low - start) / delta, (high - start) / delta].sort((p, q) => p - q);
    [from, to] = [Math.max(from, a), Math.min(to, b)];
  }
  const at = (t) => [x0 + (x1 - x0) * t, y0 + (y1 - y0) * t];
  return from < to ? [at(from), at(to)] : null;
}

function look(x, y, size) {
  const whole = Math.max(city.width, city.height) * 1.1;
  size = Math.min(Math.max(size, 250), whole);
  view = { x: x - size / 2, y: y - size / 2, size };
  canvas.setAttribute("viewBox", `${view.x} ${view.y} ${size} ${size}`);
  canvas.style.setProperty("--metre", metresPerPixel());
  placePin();
  drawNames();
}

function drop(point) {
  const [lat, long] = unproject(point);
  form.elements.lat.value = lat.toFixed(6);
  form.elements.long.value = long.toFixed(6);
  canvas.dataset.at = point.join(" ");
  dialog.querySelector(".where").textContent = describe(point) || "Off the streets";
  placePin();
}

function placePin() {
  if (view) pin.setAttribute("transform", `translate(${canvas.dataset.at}) scale(${metresPerPixel() * 1.7})`);
}

// "Oak St & 5th Ave", "Oak St, near City Hall" or "Oak St": what a person would write.
function describe(point) {
  const near = city.streets
    .map(({ name, line }) => ({ name, away: Math.min(...line.slice(1).map((end, index) => distance(point, line[index], end))) }))
    .filter(({ away }) => away < 120)
    .sort((a, b) => a.away - b.away);
  const names = [...new Set(near.map(({ name }) => name))];
  const second = near.find(({ name }) => name !== names[0]);
  const landmark = city.landmarks.find(({ at }) => Math.hypot(at[0] - point[0], at[1] - point[1]) < 60);
  if (second && second.away < 30) return `${names[0]} & ${second.name}`;
  if (landmark) return names[0] ? `${names[0]}, near ${landmark.name}` : landmark.name;
  return names[0] ?? "";
}

function distance([x, y], [x0, y0], [x1, y1]) {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const along = Math.min(1, Math.max(0, ((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(x - x0 - along * dx, y - y0 - along * dy);
}

function zoom(factor) {
  const [x, y] = canvas.dataset.at.split(" ").map(Number);
  look(x, y, view.size * factor);
}

canvas.addEventListener("click", (event) => {
  if (!city) return;
  const spot = new DOMPoint(event.clientX, event.clientY).matrixTransform(canvas.getScreenCTM().inverse());
  drop([spot.x, spot.y]);
});
canvas.addEventListener("keydown", (event) => {
  const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  if (event.key === "+" || event.key === "=") zoom(0.6);
  else if (event.key === "-") zoom(1 / 0.6);
  else if (event.key in moves) {
    event.preventDefault();
    const [x, y] = canvas.dataset.at.split(" ").map(Number);
    const [dx, dy] = moves[event.key].map((way) => way * STEP);
    drop([x + dx, y + dy]);
  }
});
for (const button of dialog.querySelectorAll("[data-zoom]")) {
  button.addEventListener("click", () => zoom(button.dataset.zoom === "in" ? 0.6 : 1 / 0.6));
}
dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
