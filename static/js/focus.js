// Focus goes where the answer is: to the list of errors when a form comes back, and into what htmx has swapped in.
function focusOn(element) {
  if (!element.matches("a[href], button, input, select, textarea, [tabindex]")) element.tabIndex = -1;
  element.focus();
}

function focusInside(root) {
  const summary = root.querySelector("[data-error-summary]");
  const target = summary || root.querySelector("[data-focus]");
  if (target) focusOn(target);
}

focusInside(document);

document.addEventListener("htmx:beforeRequest", (event) => event.detail.target?.setAttribute("aria-busy", "true"));
document.addEventListener("htmx:afterRequest", (event) => event.detail.target?.removeAttribute("aria-busy"));
document.addEventListener("htmx:afterSettle", (event) => focusInside(event.detail.elt));

// A refused or broken request must not pass in silence: the full page tells what happened.
function sayThatItFailed(event) {
  if (event.target.closest("form")?.querySelector("[data-autosave]")) return; // autosave.js says so where it is written
  const toasts = document.getElementById("toasts");
  if (!toasts) return;
  const item = document.createElement("div");
  const text = document.createElement("p");
  item.className = "toast-item toast-bad";
  text.textContent = "Det gick inte att hämta svaret. Det du har skrivit finns kvar. Ladda om sidan och försök igen.";
  item.append(text);
  toasts.append(item);
}
document.addEventListener("htmx:responseError", sayThatItFailed);
document.addEventListener("htmx:sendError", sayThatItFailed);
