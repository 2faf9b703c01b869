// Saves the draft a moment after one stops typing, and says so. Files are not sent;
// they go with the buttons.

const PAUSE = 1500;

export function keepDraft(form) {
  const place = form.querySelector("[data-saved]");
  let waiting = 0;
  let sending = false;
  let again = false;
  let leaving = false;

  async function save() {
    if (leaving) return;
    if (sending) {
      again = true;
      return;
    }
    sending = true;
    try {
      const answer = await fetch(form.dataset.autosave, {
        method: "POST",
        body: withoutFiles(form),
        headers: { Accept: "application/json", "X-Requested-With": "fetch" },
        credentials: "same-origin",
      });
      const said = await answer.json().catch(() => ({}));
      if (answer.ok && said.revision) form.elements._revision.value = said.revision;
      tell(said.text ?? said.title ?? "", !answer.ok);
    } catch {
      // No connection: what was typed stays in the boxes, and the next change tries again.
    } finally {
      sending = false;
      if (again) {
        again = false;
        later();
      }
    }
  }

  function tell(text, failed) {
    if (!place || !text) return;
    place.textContent = text;
    place.classList.toggle("field-error", failed);
  }

  function later() {
    clearTimeout(waiting);
    waiting = setTimeout(save, PAUSE);
  }

  form.addEventListener("input", later);
  form.addEventListener("change", later);
  form.addEventListener("submit", (event) => {
    clearTimeout(waiting);
    if (sending && !leaving) {
      // The running save decides the revision this submission must carry.
      event.preventDefault();
      const button = event.submitter;
      const wait = setInterval(() => {
        if (sending) return;
        clearInterval(wait);
        leaving = true;
        form.requestSubmit(button ?? undefined);
      }, 50);
      return;
    }
    leaving = true;
  });
  globalThis.addEventListener?.("pageshow", () => {
    leaving = false;
  });
}

function withoutFiles(form) {
  const data = new FormData(form);
  for (const [name, value] of [...data.entries()]) {
    if (value instanceof File) data.delete(name);
  }
  data.set("_action", "refresh");
  return data;
}
