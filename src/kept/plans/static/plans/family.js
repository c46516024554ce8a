// Saves what a family types on a draft, a moment after the last key and when the page is left. The button saves too.
const WAIT = 900;
const LOST = "Not saved. Keep this page open: you may have to sign in again in another window, then press Save.";

for (const form of document.querySelectorAll("form[data-saves]")) {
  const box = form.querySelector("textarea");
  const said = form.querySelector("[data-saved]");
  const undo = form.parentElement.querySelector("form[data-undo]");
  let last = box.value;
  let timer;

  const save = async (leaving = false) => {
    clearTimeout(timer);
    if (box.value === last) return;
    const words = box.value;
    let data = { problem: LOST };
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        body: new FormData(form),
        headers: { Accept: "application/json" },
        keepalive: leaving,
      });
      data = await answer.json();
    } catch {
      // the words above say what to do
    }
    said.textContent = data.problem || data.saved;
    if (data.problem) return;
    last = words;
    undo.hidden = !data.undo;
    if (data.undo) undo.action = data.undo;
  };

  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(save, WAIT);
  });
  box.addEventListener("blur", () => save());
  addEventListener("pagehide", () => save(true));
}
