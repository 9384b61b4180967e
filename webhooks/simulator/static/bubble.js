// One message as it looks in a thread.
import { el, icon, linked, time } from "./dom.js";

const WORDS = {
  sending: "Sending",
  accepted: "Queued",
  queued: "Queued",
  sent: "Sent",
  delivered: "Delivered",
  undelivered: "Not delivered",
  failed: "Not delivered",
};
const TICKS = { sending: "wait", accepted: "wait", queued: "wait", sent: "one-tick", delivered: "two-ticks" };

export function bubble(entry, kind, press) {
  if (entry.pressed) return pressed(entry);
  const failed = entry.status === "failed" || entry.status === "undelivered";
  const body = el("div", { className: "bubble" }, ...photos(entry), pin(entry), text(entry, kind));
  const item = el("li", { className: `entry ${entry.author}${failed ? " failed" : ""}` }, body);
  if (kind === "sms") item.append(smsMeta(entry));
  else if (!entry.text) body.append(meta(entry));
  if (entry.buttons.length) item.append(inline(entry, press));
  if (entry.author === "carrier") item.prepend(el("p", { className: "note" }, "Answered by the carrier"));
  return item;
}

function pressed(entry) {
  const note = entry.answer ? `: ${entry.answer}` : "";
  return el("li", { className: "entry press" }, el("p", { className: "note" }, `You tapped ${entry.text}${note}`));
}

function photos(entry) {
  return entry.photos.map((key) =>
    el("a", { className: "photo", href: `/files/${key}`, target: "_blank", rel: "noopener" }, el("img", { src: `/files/${key}`, alt: "Photo", loading: "lazy" })),
  );
}

function pin(entry) {
  if (!entry.pin) return null;
  const [lat, long] = entry.pin.map((degrees) => degrees.toFixed(5));
  return el("div", { className: "pinned" }, el("div", { className: "tile" }, icon("pin")),
    el("p", {}, el("b", {}, entry.place || "Location"), el("span", {}, `${lat}, ${long}`)));
}

function text(entry, kind) {
  if (!entry.text) return null;
  const paragraph = el("p", { className: "text" }, ...linked(entry.text));
  if (kind === "telegram") paragraph.append(meta(entry));
  return paragraph;
}

function meta(entry) {
  const mine = entry.author === "resident";
  return el("span", { className: "meta" }, entry.edited ? "edited " : "", time(entry.at), mine ? ticks(entry) : null);
}

function ticks(entry) {
  const words = WORDS[entry.status] ?? entry.status;
  const mark = el("span", { className: "ticks", title: words, role: "img", ariaLabel: words });
  mark.append(TICKS[entry.status] ? icon(TICKS[entry.status]) : "!");
  return mark;
}

function smsMeta(entry) {
  const count = entry.text ? `${entry.segments} ${entry.segments === 1 ? "segment" : "segments"}, ${entry.text.length} characters` : "MMS";
  const words = WORDS[entry.status] ?? entry.status;
  return el("p", { className: "meta" }, el("span", { title: count }, `${time(entry.at)} · ${count.split(",")[0]}`),
    el("span", { className: "state" }, TICKS[entry.status] ? icon(TICKS[entry.status]) : null, entry.error && entry.author === "bot" ? `${words}: ${entry.error}` : words));
}

function inline(entry, press) {
  const button = (one) =>
    one.kind === "url"
      ? el("a", { href: /^https?:/.test(one.data) ? one.data : "#", target: "_blank", rel: "noopener noreferrer" }, one.label)
      : el("button", { type: "button", dataset: { label: one.label }, onclick: () => press(one) }, one.label);
  return el("div", { className: "inline" }, ...entry.buttons.map((row) => el("div", {}, ...row.map(button))));
}
