// Looks again how far a simulation is, in place, and shows what it found once it is over. Without scripts the page loads
// itself anew every few seconds; with them that would take the focus away, so this goes to an address that does not.
const holder = document.querySelector("[data-again]");
const here = new URL(location.href);
if (holder && !here.searchParams.has("live")) {
  here.searchParams.set("live", "1");
  location.replace(here);
} else if (holder) {
  const every = Number(holder.dataset.every) * 1000;
  const again = async () => {
    try {
      const answer = await fetch(holder.dataset.again);
      if (answer.ok) {
        const told = await answer.json();
        if (told.is_over) {
          location.replace(here.pathname);
          return;
        }
        const words = holder.querySelector("[data-words]");
        if (words.textContent !== told.words) words.textContent = told.words;
        const bar = holder.querySelector("progress");
        bar.max = told.total || 1;
        bar.value = told.done;
      }
    } catch {
      // the line is down: look again later
    }
    setTimeout(again, every);
  };
  setTimeout(again, every);
}
