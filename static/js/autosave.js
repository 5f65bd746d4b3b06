// What is written is sent to the server and kept nowhere on this computer. Without network it stays in its field and is sent again.
const AGAIN = 5000;

function tell(form, words) {
  const status = form?.querySelector("[data-autosave]");
  if (!status) return;
  status.textContent = words;
  clearTimeout(form.again);
}

document.addEventListener("htmx:sendError", (event) => {
  const form = event.target.closest("form");
  if (event.target === form) {
    tell(form, "Inget nät just nu. Texten finns kvar här. Tryck igen när nätet är tillbaka.");
    return;
  }
  tell(form, "Inget nät just nu. Texten finns kvar här och sparas så snart nätet är tillbaka.");
  if (form?.querySelector("[data-autosave]")) {
    form.again = setTimeout(() => event.target.dispatchEvent(new Event("input", { bubbles: true })), AGAIN);
  }
});

// The log-in page, or an error, is no answer to a saving.
document.addEventListener("htmx:beforeSwap", (event) => {
  const form = event.detail.elt.closest("form");
  if (!form?.querySelector("[data-autosave]") || event.detail.xhr.responseText.includes("data-answer")) return;
  event.detail.shouldSwap = false;
  tell(form, "Det gick inte att spara. Kopiera texten och läs in sidan igen.");
});

// On the screen of a meeting the whole page is swapped: what is pressed while that goes on would be lost with the old page.
// Without an answer (htmx then says neither failed nor successful) the old page wakes up again, and the focus is where it was.
let pressed = null;
document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.target?.id !== "innehall") return;
  pressed = document.activeElement;
  event.target.closest(".screen")?.setAttribute("inert", "");
});
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.target?.id !== "innehall" || event.detail.successful) return;
  document.querySelector(".screen")?.removeAttribute("inert");
  pressed?.focus();
});
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.elt.id === "innehall") event.detail.elt.focus({ preventScroll: true });
});
