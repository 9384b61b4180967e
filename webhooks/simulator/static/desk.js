// The city desk: open cases, and moving them along.
import { el } from "./dom.js";

const EVERY = 4000; // milliseconds between looks at the desk

export class Desk {
  constructor(root) {
    this.root = root;
    this.list = root.querySelector(".cases");
    this.cards = new Map(); // case number -> { card, seen }
    this.refresh();
    setInterval(() => this.refresh(), EVERY);
  }

  refreshSoon() {
    clearTimeout(this.soon);
    this.soon = setTimeout(() => this.refresh(), 300);
  }

  async refresh() {
    if (document.hidden) return;
    const answer = await fetch("/desk").catch(() => null);
    if (!answer?.ok) return;
    const cases = await answer.json();
    this.root.classList.toggle("none", cases.length === 0);
    this.root.querySelector(".count").textContent =
      cases.length === 0 ? "No cases yet" : cases.length === 1 ? "1 case" : `${cases.length} cases`;
    const numbers = new Set(cases.map((one) => String(one.number)));
    for (const [number, { card }] of this.cards) {
      if (!numbers.has(number)) {
        card.remove();
        this.cards.delete(number);
      }
    }
    cases.forEach((one, index) => this.place(one, index));
  }

  // A card is drawn anew only when its case has changed, so that a note being written stays.
  place(one, index) {
    const number = String(one.number);
    const seen = JSON.stringify(one);
    const known = this.cards.get(number);
    let card = known?.card;
    if (known?.seen !== seen) {
      card = this.draw(one);
      known?.card.replaceWith(card);
      this.cards.set(number, { card, seen });
    }
    if (this.list.children[index] !== card) this.list.insertBefore(card, this.list.children[index] ?? null);
  }

  draw(one) {
    const note = el("textarea", { rows: 2, name: "note", placeholder: "Note to the resident", ariaLabel: `Note on case ${one.number}` });
    const problem = el("p", { className: "problem", role: "alert" });
    const move = async (status) => {
      const form = new FormData();
      form.set("status", status);
      form.set("note", note.value.trim());
      card.classList.add("busy");
      const answer = await fetch(`/desk/${encodeURIComponent(one.number)}`, { method: "POST", body: form }).catch(() => null);
      card.classList.remove("busy");
      const words = answer && !answer.ok ? await answer.json().catch(() => ({})) : {};
      problem.textContent = answer?.ok ? "" : (words.error ?? "The city did not answer. Try again.");
      if (answer?.ok) this.refresh();
      else note.focus();
    };
    const buttons = one.statuses.map(({ code, label }) =>
      el("button", { type: "button", dataset: { status: code }, onclick: () => move(code) }, label));
    const card = el("li", { className: "case" },
      el("div", { className: "top" }, el("span", { className: "number" }, String(one.number)), el("span", { className: "status", dataset: { status: one.status } }, label(one.status))),
      el("h3", {}, one.service_name ?? ""),
      el("p", { className: "address" }, one.address_string ?? ""),
      el("p", { className: "facts" }, [one.department, opened(one.opened), one.overdue ? "overdue" : ""].filter(Boolean).join(" · ")),
      note, problem, el("div", { className: "moves", role: "group", ariaLabel: `Move case ${one.number}` }, ...buttons));
    return card;
  }
}

function label(status) {
  const words = String(status ?? "").replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function opened(when) {
  const at = new Date(when);
  if (!when || Number.isNaN(at.valueOf())) return when ?? "";
  const today = at.toDateString() === new Date().toDateString();
  return `opened ${at.toLocaleString([], today ? { timeStyle: "short" } : { dateStyle: "medium" })}`;
}
