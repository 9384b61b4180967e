// One phone: its thread, its composer, its buttons.
import { el, icon } from "./dom.js";
import { bubble } from "./bubble.js";
import { askPlace } from "./map.js";

const TYPING = 8000; // milliseconds after which an answer is no longer expected at once

export class Phone {
  constructor(root, resident) {
    this.root = root;
    this.kind = root.dataset.kind;
    this.resident = resident;
    this.thread = root.querySelector(".thread");
    this.tray = root.querySelector(".tray");
    this.text = root.querySelector("textarea");
    this.shown = new Map(); // entry id -> { entry, item }
    this.attached = []; // { name, value, url }: a file or the name of a sample
    this.typing = el("li", { className: "typing", hidden: true, ariaLabel: "The city is typing" }, el("i"), el("i"), el("i"));
    this.thread.append(this.typing);
    this.listen();
    this.tick();
  }

  listen() {
    const find = (selector) => this.root.querySelector(selector);
    find(".composer").addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.text.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        this.submit();
      }
    });
    this.text.addEventListener("input", () => this.resize());
    for (const chip of this.root.querySelectorAll(".chip")) {
      chip.addEventListener("click", () => {
        this.text.value = chip.textContent;
        this.resize();
        this.text.focus();
      });
    }
    this.listenToMenu(find(".menu"), find(".attach"), find(".menu input"));
  }

  listenToMenu(menu, opener, picker) {
    const open = (wanted) => {
      menu.hidden = !wanted;
      opener.setAttribute("aria-expanded", String(wanted));
    };
    opener.addEventListener("click", () => {
      open(menu.hidden);
      if (!menu.hidden) menu.querySelector("button").focus();
    });
    this.root.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !menu.hidden) {
        open(false);
        opener.focus();
      }
    });
    document.addEventListener("pointerdown", (event) => {
      if (!menu.contains(event.target) && !opener.contains(event.target)) open(false);
    });
    menu.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      open(false);
      if (button.dataset.sample) this.attach("sample", button.dataset.sample, `/samples/${button.dataset.sample}.jpg`);
      else if (button.dataset.do === "upload") picker.click();
      else this.pin();
    });
    picker.addEventListener("change", () => {
      for (const file of picker.files) this.attach("photo", file, URL.createObjectURL(file));
      picker.value = "";
    });
  }

  attach(name, value, url) {
    this.attached.push({ name, value, url });
    this.drawTray();
    this.text.focus();
  }

  drawTray() {
    this.tray.hidden = this.attached.length === 0;
    this.tray.replaceChildren(
      ...this.attached.map((photo) => {
        const remove = () => {
          this.attached = this.attached.filter((other) => other !== photo);
          this.drawTray();
        };
        return el("span", {}, el("img", { src: photo.url, alt: "Photo to send" }),
          el("button", { type: "button", ariaLabel: "Remove this photo", onclick: remove }, icon("close")));
      }),
    );
    this.resize();
  }

  async pin() {
    const place = await askPlace();
    if (!place) return;
    if (this.kind === "telegram") {
      this.post({ lat: place.lat, long: place.long });
    } else {
      const words = place.words || `${place.lat}, ${place.long}`;
      this.text.value = [this.text.value.trim(), `at ${words}`].filter(Boolean).join(" ");
      this.resize();
      this.text.focus();
    }
  }

  async submit() {
    const text = this.text.value.trim();
    if (!text && !this.attached.length) return;
    const attached = this.attached;
    this.text.value = "";
    this.attached = [];
    this.drawTray();
    const sent = await this.post({ text }, attached);
    if (!sent) {
      this.text.value = text;
      this.attached = attached;
      this.drawTray();
    }
  }

  async press(button) {
    if (button.kind === "url") return;
    if (button.kind === "location") {
      const place = await askPlace();
      if (place) this.post({ press: button.label, lat: place.lat, long: place.long });
    } else {
      this.post({ press: button.data || button.label });
    }
  }

  async post(fields, attached = []) {
    const form = new FormData();
    for (const [name, value] of Object.entries({ resident: this.resident, ...fields })) form.set(name, value);
    for (const { name, value } of attached) form.append(name, value);
    const answer = await fetch(`/${this.kind}`, { method: "POST", body: form }).catch(() => null);
    this.root.classList.toggle("unsent", !answer?.ok);
    return Boolean(answer?.ok);
  }

  show(entry) {
    const known = this.shown.get(entry.id);
    const item = bubble(entry, this.kind, (button) => this.press(button));
    if (known) known.item.replaceWith(item);
    else this.typing.before(item);
    this.shown.set(entry.id, { entry, item });
    if (entry.pressed) this.drawPress(entry);
    if (!known || entry.status === "failed") this.expect(entry);
    this.drawKeyboard();
    if (!known) this.scrollDown();
  }

  // A pressed inline button shows a clock until the bot has answered the query.
  drawPress(entry) {
    const target = this.shown.get(entry.pressed)?.item;
    for (const button of target?.querySelectorAll(".inline button") ?? []) {
      if (button.dataset.label === entry.text) button.classList.toggle("waiting", entry.answer === null && entry.status !== "failed");
    }
  }

  expect(entry) {
    clearTimeout(this.patience);
    const fresh = Date.now() - new Date(entry.at) < TYPING;
    this.setTyping(entry.author === "resident" && entry.status !== "failed" && fresh);
    if (!this.typing.hidden) this.patience = setTimeout(() => this.setTyping(false), TYPING);
  }

  setTyping(typing) {
    const presence = this.root.querySelector(".presence");
    this.typing.hidden = !typing;
    presence.textContent = typing && this.kind === "telegram" ? "typing…" : presence.dataset.idle;
    if (typing) this.scrollDown();
  }

  // The keyboard of the bot's latest message, until the resident has said something.
  drawKeyboard() {
    const entries = [...this.shown.values()].map(({ entry }) => entry);
    const last = entries.filter((entry) => !entry.pressed).at(-1);
    const keyboard = this.root.querySelector(".keyboard");
    const rows = last?.author === "bot" ? last.keyboard : [];
    keyboard.hidden = rows.length === 0;
    keyboard.replaceChildren(
      ...rows.map((row) => el("div", {}, ...row.map((button) =>
        el("button", { type: "button", onclick: () => this.press(button) }, button.kind === "location" ? icon("pin") : null, button.label)))),
    );
    this.root.querySelector(".suggestions").hidden = entries.length > 0;
  }

  resize() {
    this.text.style.height = "auto";
    this.text.style.height = `${Math.min(this.text.scrollHeight, 120)}px`;
    this.root.classList.toggle("ready", Boolean(this.text.value.trim() || this.attached.length));
  }

  scrollDown() {
    requestAnimationFrame(() => this.thread.scrollTo({ top: this.thread.scrollHeight }));
  }

  tick() {
    const now = new Date();
    this.root.querySelector(".clock").textContent = now.toLocaleTimeString([], { hour: "numeric", minute: "2-digit" }).replace(/\s?[AP]M/i, "");
    setTimeout(() => this.tick(), (60 - now.getSeconds()) * 1000);
  }
}
