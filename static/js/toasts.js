// Toasts stay until they are closed; the focus returns to the page.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-close-toast]");
  if (!button) return;
  button.closest(".toast-item").remove();
  document.getElementById("innehall")?.focus({ preventScroll: true });
});
