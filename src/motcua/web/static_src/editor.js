// Editing a procedure: saving as one types, expressions judged while they are written, the
// preview of a form beside the question being edited. Every page works without this file.
import "./css/editor.css";

const WAIT = 700;
const token = () => document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";

function later(work, wait = WAIT) {
  let timer = 0;
  return (...given) => {
    clearTimeout(timer);
    timer = setTimeout(() => work(...given), wait);
  };
}

function post(address, data) {
  return fetch(address, {
    method: "POST",
    body: data,
    credentials: "same-origin",
    headers: { "X-CSRFToken": token(), Accept: "application/json, text/html" },
  });
}

function keepSaving(form) {
  const said = form.querySelector("[data-autosave-said]");
  let sending = false;
  let again = false;
  const save = async () => {
    if (sending) {
      again = true;
      return;
    }
    sending = true;
    const data = new FormData(form);
    data.set("autosave", "1");
    try {
      const answer = await post(form.action || location.href, data);
      const told = await answer.json();
      if (told.revision) form.elements.revision.value = told.revision;
      if (said) said.textContent = told.text ?? "";
      if (answer.status === 409 && said) said.textContent = Object.values(told.errors).join(" ");
    } catch {
      // Without a connection the button still saves; nothing that was typed is gone.
      if (said) said.textContent = "";
    }
    sending = false;
    if (again) {
      again = false;
      save();
    }
  };
  form.addEventListener("input", later(save, 1200));
}

function judge(box) {
  const said = document.querySelector(`[data-said="${CSS.escape(box.name)}"]`);
  const ask = later(async () => {
    const data = new FormData();
    data.set("checked", box.name);
    data.set(box.name, box.value);
    const answer = await post(box.dataset.check, data);
    if (answer.ok && said) said.innerHTML = await answer.text();
  }, 350);
  box.addEventListener("input", ask);
  if (box.value.trim()) ask();
}

function preview(form) {
  const pane = document.querySelector(form.dataset.preview);
  const draw = later(async () => {
    const data = new FormData(form);
    data.set("preview", "1");
    const answer = await post(form.dataset.previewUrl, data);
    if (answer.ok && pane) pane.innerHTML = await answer.text();
  }, 400);
  form.addEventListener("input", draw);
}

function widths(bar) {
  const pane = document.querySelector(bar.dataset.widths);
  bar.querySelectorAll("button").forEach((button) => {
    button.addEventListener("click", () => {
      pane.dataset.width = button.value;
      bar.querySelectorAll("button").forEach((other) => {
        other.setAttribute("aria-pressed", String(other === button));
      });
    });
  });
  bar.hidden = false;
}

document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("form[data-autosave]").forEach(keepSaving);
  document.querySelectorAll("[data-check]").forEach(judge);
  document.querySelectorAll("form[data-preview]").forEach(preview);
  document.querySelectorAll("[data-widths]").forEach(widths);
});
