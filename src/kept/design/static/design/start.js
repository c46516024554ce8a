// Starts the GOV.UK components. The address of their script stands in the page, because in a live service it carries
// a fingerprint that only the server knows.
// On a phone, filters that nobody has set are folded away; without scripts they stay open.
if (matchMedia("(max-width: 40em)").matches && !location.search) {
  for (const fold of document.querySelectorAll(".kept-filters__fold")) fold.open = false;
}
const components = document.querySelector("script[data-components]").dataset.components;
const { initAll } = await import(components);
initAll();
