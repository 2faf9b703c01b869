// Ctrl+K: type a few letters (accents or not), choose with arrows, Enter goes there.
const fold = (text) =>
  text.normalize("NFD").replace(/\p{M}/gu, "").replaceAll("đ", "d").replaceAll("Đ", "D").toLowerCase();

function narrow(palette, text) {
  const wanted = fold(text).split(/\s+/).filter(Boolean);
  palette.querySelectorAll("[role=option]").forEach((option) => {
    const name = fold(option.textContent);
    option.hidden = !wanted.every((word) => name.includes(word));
  });
  choose(palette, wanted.length ? 0 : -1);
}

function choose(palette, index) {
  const shown = [...palette.querySelectorAll("[role=option]:not([hidden])")];
  const input = palette.querySelector("[role=combobox]");
  palette.querySelector("[aria-selected=true]")?.setAttribute("aria-selected", "false");
  const option = shown[index];
  if (!option) {
    input.removeAttribute("aria-activedescendant");
    return;
  }
  option.setAttribute("aria-selected", "true");
  option.scrollIntoView({ block: "nearest" });
  input.setAttribute("aria-activedescendant", option.id);
}

function step(palette, by) {
  const shown = [...palette.querySelectorAll("[role=option]:not([hidden])")];
  const now = shown.findIndex((option) => option.getAttribute("aria-selected") === "true");
  if (shown.length) choose(palette, (now + by + shown.length) % shown.length);
}

function open(palette) {
  const input = palette.querySelector("[role=combobox]");
  if (palette.open) return;
  input.value = "";
  narrow(palette, "");
  palette.showModal();
  input.focus();
}

export function startPalette() {
  const palette = document.getElementById("palette");
  if (!palette) return;
  const input = palette.querySelector("[role=combobox]");
  input.addEventListener("input", () => narrow(palette, input.value));
  // Otherwise the hidden box would go on swallowing the keys of the page.
  palette.addEventListener("close", () => input.blur());
  palette.addEventListener("keydown", (event) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    step(palette, by);
  });
  palette.querySelector("form").addEventListener("submit", (event) => {
    const chosen = palette.querySelector("[aria-selected=true]:not([hidden])");
    if (!chosen) return;
    event.preventDefault();
    location.assign(chosen.dataset.url);
  });
  palette.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) location.assign(option.dataset.url);
  });
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      open(palette);
    }
  });
}
