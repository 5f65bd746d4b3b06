// The button of a print view. Without JavaScript the browser's own menu prints the same page.
document.querySelector("[data-print]")?.addEventListener("click", () => window.print());
