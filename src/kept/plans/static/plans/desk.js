// Keeps what a writer types and says what the checks find, a moment after the last key and when the page is left.
// Without this script the buttons do the same.
const WAIT = 500;
const LOST = "Not kept: the connection is gone. What you type stays on this page; press Save when you are back.";

const form = document.querySelector("form[data-checks]");
const saved = document.querySelector("[data-saved]");
const changed = document.querySelector("[data-changed]");
const beside = document.querySelector("[data-beside]");
const checked = document.querySelector("[data-checked]");

const asText = () => new URLSearchParams(new FormData(form)).toString();
let last = asText();
let timer;
let round = 0;

const keep = async (leaving = false) => {
  clearTimeout(timer);
  const now = asText();
  if (now === last) return;
  const mine = ++round;
  try {
    const answer = await fetch(form.dataset.checks, {
      method: "POST",
      body: new FormData(form),
      headers: { Accept: "application/json" },
      keepalive: leaving,
    });
    const data = await answer.json();
    if (mine !== round) return; // a newer answer is on its way
    last = now;
    saved.textContent = data.problem || data.saved;
    changed.textContent = data.changed || "";
    beside.textContent = data.beside || "";
    if (data.html !== undefined) checked.innerHTML = data.html;
  } catch {
    saved.textContent = LOST;
  }
};

const showWay = () => {
  const way = form.querySelector("input[name=way]:checked");
  for (const part of form.querySelectorAll("[data-way]")) part.hidden = !!way && part.dataset.way !== way.value;
  const amount = form.querySelector("input[name=amount]:checked");
  for (const part of form.querySelectorAll("[data-amount]")) {
    part.hidden = !!amount && !part.dataset.amount.split(" ").includes(amount.value);
  }
};

const showWeeks = () => {
  const weeks = form.querySelector("select[name=weeks]");
  for (const part of form.querySelectorAll("[data-weeks]")) part.hidden = !!weeks && weeks.value !== "listed";
};

form.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(keep, WAIT);
  showWay();
  showWeeks();
});
addEventListener("pagehide", () => keep(true));
form.addEventListener("submit", () => {
  last = asText();
});
showWay();
showWeeks();
