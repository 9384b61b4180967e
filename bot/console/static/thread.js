// A thread: replies and notes go out without leaving the page, and what they will cost is shown.
"use strict";

const reply = document.getElementById("reply");
const note = document.getElementById("note");
const text = document.getElementById("reply-text");
const cost = document.getElementById("cost");
const problem = document.getElementById("problem");
const canned = document.getElementById("canned");

function tell(words) {
  problem.textContent = words;
  problem.hidden = !words;
}

function without_leaving(form) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button");
    if (button.disabled) return; // it is on its way
    button.disabled = true;
    tell("");
    try {
      show(await send(form));
      form.reset();
      cost.textContent = "";
      const log = document.getElementById("log");
      log.scrollTop = log.scrollHeight;
    } catch (error) {
      tell(error.name === "TimeoutError" || error.name === "TypeError" ? "It may not have gone out: look above before you send it again." : error.message);
    } finally {
      button.disabled = false;
    }
  });
  form.querySelector("textarea").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
}

let soon = 0;
text.addEventListener("input", () => {
  clearTimeout(soon);
  soon = setTimeout(async () => {
    const written = text.value;
    try {
      const texts = Number(await send({ action: reply.dataset.typing }, { text: written }));
      if (written === text.value) cost.textContent = texts && written.trim() ? `${texts} text${texts > 1 ? "s" : ""}` : "";
    } catch { /* the count is a help, no more */ }
  }, 350);
});

if (canned) {
  canned.hidden = false;
  canned.addEventListener("change", () => {
    text.value = [text.value.trim(), canned.value].filter(Boolean).join(" ");
    canned.value = "";
    text.focus();
    text.dispatchEvent(new Event("input"));
  });
}

const number = document.getElementById("number");
number.addEventListener("submit", async (event) => {
  event.preventDefault();
  try {
    const shown = document.createElement("output");
    shown.className = "number";
    shown.textContent = await send(number);
    number.replaceChildren(shown);
  } catch (error) {
    tell(error.message);
  }
});

// Whoever else takes the thread, the reply box is theirs.
const theirs = () => document.querySelectorAll(".entry.theirs").length;
let heard = theirs();
document.addEventListener("shown", () => {
  const others = document.getElementById("state").dataset.others;
  reply.querySelector("fieldset").disabled = Boolean(others);
  if (theirs() > heard) document.getElementById("news").textContent = "A new message came in";
  heard = theirs();
});

without_leaving(reply);
without_leaving(note);
shortcuts({
  r: () => text.focus(),
  n: () => document.getElementById("note-text").focus(),
  u: () => document.getElementById("back").click(),
});
document.getElementById("log").scrollTop = document.getElementById("log").scrollHeight;
ask();
