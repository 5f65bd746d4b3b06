// Warns before typed text is lost: forms marked data-unsaved, once something in them has changed.
const changed = new Set();

document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-unsaved]");
  if (form) changed.add(form);
});

document.addEventListener("submit", (event) => changed.delete(event.target));

document.addEventListener("saved", (event) => changed.delete(event.target.closest("form")));

window.addEventListener("beforeunload", (event) => {
  const kept = [...changed].some((form) => form.isConnected);
  if (kept) event.preventDefault();
});
