// What every page gets. Each page works without this file; it only makes things quicker.
import htmx from "htmx.org";
import { startDialogs } from "./dialogs.js";
import { startFiles } from "./files.js";
import { startForms } from "./sending.js";
import { startKeys } from "./keys.js";
import { startPalette } from "./palette.js";
import { startFullscreen } from "./viewer.js";
import { startMenus, startToasts } from "./toasts.js";

window.htmx = htmx;

function start(root) {
  startFiles(root);
  startToasts(root);
  root.querySelector("[data-focus]")?.focus({ preventScroll: false });
}

document.addEventListener("DOMContentLoaded", () => {
  document.documentElement.dataset.script = "on";
  startMenus();
  startDialogs();
  startForms();
  startKeys();
  startPalette();
  startFullscreen();
  start(document);
});
document.addEventListener("htmx:after:swap", (event) => {
  start(event.target instanceof Element ? event.target : document);
});
// Django refuses a write without its token; it stands in every page that has a form.
document.addEventListener("htmx:config:request", (event) => {
  const token = document.querySelector("input[name=csrfmiddlewaretoken]")?.value;
  const request = event.detail.ctx?.request;
  if (token && request) request.headers["X-CSRFToken"] = token;
});
