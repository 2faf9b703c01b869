// Toasts can be closed and quiet ones leave by themselves; menus close when left.
const QUIET_MS = 8000;

export function startToasts(root) {
  const closing = document.getElementById("toasts")?.dataset.close ?? "";
  root.querySelectorAll(".toast:not([data-ready])").forEach((toast) => {
    toast.dataset.ready = "";
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-quiet button-icon";
    button.setAttribute("aria-label", closing);
    button.textContent = "×";
    button.addEventListener("click", () => toast.remove());
    toast.append(button);
    if (toast.matches(".toast-success, .toast-info")) setTimeout(() => toast.remove(), QUIET_MS);
  });
}

export function startMenus() {
  const close = (event) => {
    document.querySelectorAll("details.menu[open]").forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  };
  document.addEventListener("click", close);
  document.addEventListener("focusin", close);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = document.querySelector("details.menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  // The side menu is open for the wide screen; a phone starts with it folded.
  const side = document.querySelector(".side-nav-fold");
  if (side && matchMedia("(max-width: 56rem)").matches) side.open = false;
}
