// The clock of a meeting phase. The server's time is the truth: the difference to this computer's clock is taken once.
function minutesAndSeconds(seconds) {
  const whole = Math.floor(Math.abs(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

function show(clock, offset) {
  const planned = Number(clock.dataset.minutes) * 60;
  const used = (Date.now() + offset - Date.parse(clock.dataset.started)) / 1000;
  const left = planned - used;
  const note = clock.querySelector("[data-clock-note]");
  const bar = clock.parentElement.querySelector("[data-clock-bar]");
  clock.querySelector("[data-clock-text]").textContent = minutesAndSeconds(left);
  clock.classList.toggle("is-over", left < 0);
  if (note) note.textContent = left < 0 ? `över ${clock.dataset.minutes} min` : `kvar av ${clock.dataset.minutes} min`;
  if (bar) {
    bar.value = Math.min(used / 60, bar.max);
    bar.classList.toggle("is-over", left < 0);
  }
}

function start(clock) {
  const offset = Date.parse(clock.dataset.now) - Date.now();
  show(clock, offset);
  const timer = setInterval(() => (clock.isConnected ? show(clock, offset) : clearInterval(timer)), 1000);
}

const startAll = (root) => root.querySelectorAll("[data-clock]").forEach(start);
startAll(document);
document.addEventListener("htmx:afterSettle", (event) => startAll(event.detail.elt));
