// The file picker: names, sizes, camera button, dropping files on it.
const units = ["B", "kB", "MB", "GB"];

export function sizeText(bytes) {
  let size = bytes;
  let unit = 0;
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000;
    unit += 1;
  }
  const language = document.documentElement.lang || "vi";
  return `${size.toLocaleString(language, { maximumFractionDigits: 1 })} ${units[unit]}`;
}

function show(picker, input) {
  const list = picker.querySelector("[data-files]");
  list.replaceChildren(
    ...[...input.files].map((file, index) => {
      const row = document.createElement("li");
      const name = document.createElement("span");
      const size = document.createElement("span");
      const remove = document.createElement("button");
      name.textContent = file.name;
      size.textContent = sizeText(file.size);
      size.className = "file-size";
      remove.type = "button";
      remove.className = "button button-quiet button-small";
      remove.textContent = picker.dataset.remove;
      remove.setAttribute("aria-label", `${picker.dataset.remove} ${file.name}`);
      remove.addEventListener("click", () => {
        const kept = new DataTransfer();
        [...input.files].forEach((other, at) => at !== index && kept.items.add(other));
        input.files = kept.files;
        input.focus();
        show(picker, input);
      });
      row.append(document.createElement("span"), name, size, remove);
      row.firstChild.remove();
      return row;
    }),
  );
}

function addCamera(picker, input) {
  if (!picker.dataset.camera || !matchMedia("(pointer: coarse)").matches) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button-secondary button-small";
  button.textContent = picker.dataset.camera;
  button.addEventListener("click", () => {
    input.setAttribute("capture", "environment");
    input.click();
    input.removeAttribute("capture");
  });
  input.after(button);
}

export function startFiles(root) {
  root.querySelectorAll("[data-file-picker]:not([data-ready])").forEach((picker) => {
    const input = picker.querySelector("input[type=file]");
    picker.dataset.ready = "";
    addCamera(picker, input);
    input.addEventListener("change", () => show(picker, input));
    picker.addEventListener("dragover", (event) => {
      event.preventDefault();
      picker.classList.add("is-over");
    });
    picker.addEventListener("dragleave", () => picker.classList.remove("is-over"));
    picker.addEventListener("drop", (event) => {
      event.preventDefault();
      picker.classList.remove("is-over");
      if (!event.dataTransfer.files.length) return;
      input.files = event.dataTransfer.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
  });
}
