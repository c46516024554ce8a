// Starts the GOV.UK components. The address of their script stands in the page, because in a live service it carries
// a fingerprint that only the server knows.
const components = document.querySelector("script[data-components]").dataset.components;
const { initAll } = await import(components);
initAll();
