// `/` searches, `g` and a letter goes somewhere, `?` lists the keys. Can be switched off (WCAG 2.1.4); nothing here is the only way.
const SWITCH = "samverkan.shortcuts";
const dialog = document.getElementById("kortkommandon");
const toggle = document.querySelector("[data-keys-switch]");
let afterG = 0;

const isOn = () => localStorage.getItem(SWITCH) !== "off";
const isTyping = (target) => target.matches("input, textarea, select, [contenteditable]");

function goTo(letter) {
  const link = document.querySelector(`[data-goto="${CSS.escape(letter)}"]`);
  if (link) link.click();
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closeMenu(event.target);
  if (!isOn() || isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey || dialog?.open) return;
  if (event.key === "/") {
    event.preventDefault();
    document.querySelector("[data-search]")?.focus();
  } else if (event.key === "?") {
    dialog?.showModal();
  } else if (event.key === "g") {
    afterG = Date.now();
  } else if (Date.now() - afterG < 1500) {
    afterG = 0;
    goTo(event.key);
  }
});

function closeMenu(target) {
  const menu = target.closest(".mobile-menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
}

document.querySelectorAll("[data-open-keys]").forEach((button) => {
  button.addEventListener("click", () => dialog?.showModal());
});

if (toggle) {
  toggle.checked = isOn();
  toggle.addEventListener("change", () => localStorage.setItem(SWITCH, toggle.checked ? "on" : "off"));
}
