// Reads on by itself, so that nobody has to press. Without scripts the button does the same.
const form = document.querySelector("form[data-goes-on]");
if (form) {
  setTimeout(() => form.submit(), 400);
}
