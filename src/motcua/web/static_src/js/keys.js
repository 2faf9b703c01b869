// Walking a list by keyboard: j k and arrows, Enter opens, x selects, / searches, ? helps.
const rows = () => [...document.querySelectorAll("[data-rows] tbody tr")];

function typing(target) {
  return target.closest?.("input, textarea, select, [contenteditable]") && !target.matches("[type=checkbox]");
}

function move(step) {
  const all = rows();
  if (!all.length) return false;
  const now = all.findIndex((row) => row.classList.contains("is-current"));
  const next = all[Math.max(0, Math.min(all.length - 1, now + step))];
  all[now]?.classList.remove("is-current");
  next.classList.add("is-current");
  next.scrollIntoView({ block: "nearest" });
  (next.querySelector("a[href]") ?? next).focus({ preventScroll: true });
  return true;
}

function current() {
  return document.querySelector("[data-rows] tr.is-current");
}

const actions = {
  j: () => move(1),
  k: () => move(-1),
  ArrowDown: () => current() && move(1),
  ArrowUp: () => current() && move(-1),
  x: () => {
    const box = current()?.querySelector("input[type=checkbox]");
    box?.click();
    return Boolean(box);
  },
  "/": () => {
    const search = document.querySelector("main [data-search], [data-search]");
    search?.focus();
    search?.select();
    return Boolean(search);
  },
  "?": () => {
    const help = document.getElementById("keys");
    help?.showModal();
    return Boolean(help);
  },
};

export function startKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (typing(event.target) || document.querySelector("dialog[open]")) return;
    if (actions[event.key]?.()) event.preventDefault();
  });
  document.addEventListener("focusin", (event) => {
    const row = event.target.closest?.("[data-rows] tbody tr");
    if (!row) return;
    current()?.classList.remove("is-current");
    row.classList.add("is-current");
  });
}
