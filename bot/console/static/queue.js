// The queue: j and k walk through it; who comes to wait is announced.
"use strict";

function walk(step) {
  const rows = [...document.querySelectorAll(".row")];
  const now = rows.indexOf(document.activeElement);
  const next = now < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(Math.max(now + step, 0), rows.length - 1);
  if (rows[next]) rows[next].focus();
}

const waiting = () => document.querySelectorAll("section[aria-labelledby=waiting] .row").length;
const title = document.title;
let waited = waiting();

function count() {
  const now = waiting();
  if (now > waited) document.getElementById("news").textContent = `${now} waiting for a person`;
  waited = now;
  document.title = now ? `(${now}) ${title}` : title;
}

shortcuts({ j: () => walk(1), k: () => walk(-1) });
document.addEventListener("shown", count);
count();
