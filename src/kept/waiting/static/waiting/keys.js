// One key a child: with the focus in a row of the list, a letter presses that row's button; up and down (or k and j) move.
// Letters work only while the focus is in a row, so that nothing is pressed by somebody who speaks to their computer.
const rows = [...document.querySelectorAll("[data-waiting-list] tbody tr")].filter((row) => row.querySelector("a"));

function goTo(number) {
  const row = rows[Math.max(0, Math.min(rows.length - 1, number))];
  if (!row) return;
  rows.forEach((one) => one.classList.toggle("waiting-row--here", one === row));
  const first = row.querySelector("a");
  first.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

document.addEventListener("focusin", (event) => {
  const row = event.target.closest("tr");
  rows.forEach((one) => one.classList.toggle("waiting-row--here", one === row));
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const row = event.target.closest("[data-waiting-list] tbody tr");
  const here = rows.indexOf(row);
  if (here < 0) return;
  const key = event.key.toLowerCase();
  const step = { j: 1, arrowdown: 1, k: -1, arrowup: -1 }[key];
  if (step) {
    event.preventDefault();
    goTo(here + step);
    return;
  }
  const button = key === "u" ? document.querySelector("[data-undo]") : row.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (button && !event.repeat) {
    event.preventDefault();
    button.click();
  }
});

// After a press the page comes back to the row that is now in its place, after an undo to the child whom it was about.
// The banner that says what was recorded is read out as an alert; it takes the focus only once, and the row takes it back.
const after = /^#(row|of)-([\w-]+)$/.exec(location.hash);
let isBack = !after;
const place = () => (after[1] === "row" ? Number(after[2]) - 1 : rows.findIndex((row) => row.dataset.referral === after[2]));
const goBack = () => goTo(place());
if (after) goBack();
document.addEventListener("focusin", (event) => {
  if (isBack || !event.target.closest(".govuk-notification-banner")) return;
  isBack = true;
  goBack();
});
document.querySelector("[data-start-list]")?.addEventListener("click", (event) => {
  event.preventDefault();
  goTo(0);
});
