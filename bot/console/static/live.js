// What the queue and a thread share: the part of the page that is kept up to date, and keys.
"use strict";

const live = document.getElementById("live");
const csrf = document.body.dataset.csrf;
const EVERY = 1500; // milliseconds: what is new shows within two seconds
const PATIENCE = 10000; // after which a request is given up
let version = "";
let asking = false;

// Put new HTML into the live part; focus and scrolling stay where they were.
function show(html) {
  const focused = live.contains(document.activeElement) ? document.activeElement.id : "";
  const log = document.getElementById("log");
  const atEnd = !log || log.scrollHeight - log.scrollTop - log.clientHeight < 40;
  const top = log ? log.scrollTop : 0;
  live.innerHTML = html;
  const fresh = document.getElementById("log");
  if (fresh) fresh.scrollTop = atEnd ? fresh.scrollHeight : top;
  if (focused) (document.getElementById(focused) || live).focus({ preventScroll: true });
  document.dispatchEvent(new CustomEvent("shown"));
}

async function ask() {
  if (document.hidden || asking) return;
  asking = true;
  try {
    const headers = { "X-Requested-With": "fetch" };
    if (version) headers["If-None-Match"] = version;
    const answer = await fetch(live.dataset.latest, { headers, redirect: "manual", cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
    document.getElementById("away").hidden = answer.ok || answer.status === 304;
    if (answer.type === "opaqueredirect" || answer.status === 401) return location.reload(); // signed out
    if (answer.ok) {
      const html = await answer.text();
      const first = !version;
      version = answer.headers.get("ETag") || "";
      if (!first || html.trim() !== live.innerHTML.trim()) show(html);
    }
  } catch {
    document.getElementById("away").hidden = false;
  } finally {
    asking = false;
  }
}

// Send a form of ours; resolves to the answer's text, rejects with the reason in words.
async function send(form, more = {}) {
  const body = new URLSearchParams({ ...(form instanceof HTMLFormElement && Object.fromEntries(new FormData(form))), ...more });
  const answer = await fetch(form.action, {
    method: "POST", body, headers: { "X-CSRF-Token": csrf, "X-Requested-With": "fetch" }, signal: AbortSignal.timeout(PATIENCE),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(answer.headers.get("Content-Type").startsWith("text/plain") ? text : "That did not work. Load the page again.");
  return text;
}

// Single keys, never while one writes; they can be switched off (WCAG 2.1.4).
function shortcuts(actions) {
  const on = document.getElementById("keys-on");
  on.checked = localStorage.getItem("townline-keys") !== "off";
  on.addEventListener("change", () => localStorage.setItem("townline-keys", on.checked ? "on" : "off"));
  const help = () => {
    const keys = document.getElementById("keys");
    keys.open = !keys.open;
    keys.querySelector("summary").focus();
  };
  document.addEventListener("keydown", (event) => {
    const writing = event.target.matches("input:not([type=checkbox], [type=radio]), textarea, select");
    if (writing && event.key === "Escape") event.target.blur();
    if (writing || !on.checked || event.ctrlKey || event.metaKey || event.altKey) return;
    const action = event.key === "?" ? help : actions[event.key];
    if (action) {
      event.preventDefault();
      action();
    }
  });
}

setInterval(ask, EVERY);
document.addEventListener("visibilitychange", ask);
