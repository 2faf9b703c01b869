// The hall: the calling screen and the tablet ask what is new, the slip prints, keys press buttons.
// Without this file every page works by reloading it.

const live = document.querySelector("[data-poll]");

function asked(form) {
  // Somebody is choosing: the part is not replaced under the finger.
  return form?.querySelector("input:checked") ?? form?.contains(document.activeElement);
}

async function poll() {
  const known = live.querySelector("[data-version]")?.dataset.version ?? "";
  try {
    const answer = await fetch(`${live.dataset.poll}?v=${encodeURIComponent(known)}`, { cache: "no-store" });
    if (answer.status === 200 && !asked(live.querySelector("form"))) {
      const before = calls();
      live.innerHTML = await answer.text();
      announce(before);
    }
    delete document.body.dataset.offline;
  } catch {
    document.body.dataset.offline = "";
  }
  setTimeout(poll, 1000 * (Number(live.dataset.seconds) || 3));
}

const calls = () => new Set([...live.querySelectorAll(".is-calling")].map((line) => line.dataset.call));
let speaking = false;

function announce(before) {
  if (!speaking || !live.dataset.voice) return;
  for (const line of live.querySelectorAll(".is-calling")) {
    if (before.has(line.dataset.call)) continue;
    const words = live.dataset.voice
      .replace("{label}", [...line.dataset.label].join(" "))
      .replace("{counter}", line.dataset.counter);
    const speech = new SpeechSynthesisUtterance(words);
    speech.lang = document.documentElement.lang === "en" ? "en-GB" : "vi-VN";
    speech.rate = 0.9;
    speechSynthesis.speak(speech);
  }
}

if (live) setTimeout(poll, 1000 * (Number(live.dataset.seconds) || 3));

const speak = document.querySelector("[data-speak]");
if (speak && "speechSynthesis" in window) {
  speak.hidden = false;
  speak.setAttribute("aria-pressed", "false");
  speak.addEventListener("click", () => {
    speaking = !speaking;
    speak.setAttribute("aria-pressed", String(speaking));
  });
}
const full = document.querySelector("[data-fullscreen]");
if (full && document.fullscreenEnabled) {
  full.hidden = false;
  full.addEventListener("click", () => document.documentElement.requestFullscreen());
}

const slip = document.querySelector("[data-print-now]");
if (slip) {
  if (!navigator.webdriver) window.print();
  setTimeout(() => location.assign(slip.dataset.return), 1000 * Number(slip.dataset.returnSeconds));
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
  if (event.target.closest?.("input, textarea, select") || document.querySelector("dialog[open]")) return;
  const button = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!button) return;
  event.preventDefault();
  button.click();
});
