// Joins the page: the stream of changes, the two phones, the desk, the tabs and the theme.
import { Phone } from "./phone.js";
import { Desk } from "./desk.js";

const page = document.body;
const { resident, number, chat } = page.dataset;

const phones = new Map([
  [number, new Phone(document.querySelector(".phone.sms"), resident)],
  [chat, new Phone(document.querySelector(".phone.telegram"), resident)],
]);
const desk = page.dataset.desk ? new Desk(document.querySelector(".desk")) : null;

function follow() {
  const live = document.querySelector(".live");
  const stream = new EventSource(`/events?resident=${resident}`);
  const say = (state, words) => {
    live.dataset.state = state;
    live.lastElementChild.textContent = words;
  };
  stream.onopen = () => say("on", "Live");
  stream.onerror = () => say("off", "Reconnecting");
  stream.onmessage = (event) => {
    for (const entry of JSON.parse(event.data)) phones.get(entry.thread)?.show(entry);
    desk?.refreshSoon();
  };
}

function showPanel(name) {
  document.querySelector("main").dataset.show = name;
  for (const tab of document.querySelectorAll(".tabs button")) {
    tab.setAttribute("aria-current", tab.dataset.panel === name ? "true" : "false");
  }
  for (const phone of phones.values()) phone.scrollDown();
}

function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  localStorage.setItem("theme", theme);
}

for (const tab of document.querySelectorAll(".tabs button")) {
  tab.addEventListener("click", () => showPanel(tab.dataset.panel));
}
document.querySelector("#theme").addEventListener("click", () => {
  setTheme(document.documentElement.dataset.theme === "dark" ? "light" : "dark");
});

const prefersDark = matchMedia("(prefers-color-scheme: dark)").matches;
setTheme(localStorage.getItem("theme") ?? (prefersDark ? "dark" : "light"));
showPanel("sms");
follow();
