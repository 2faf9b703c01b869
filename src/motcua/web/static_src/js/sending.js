// Sending forms: one press sends once; <form data-upload> shows how far its files have come.
function busy(form, on) {
  form.querySelectorAll("button:not([type=button])").forEach((button) => {
    if (on) button.setAttribute("aria-busy", "true");
    else button.removeAttribute("aria-busy");
  });
  if (on) form.dataset.sending = "";
  else delete form.dataset.sending;
}

function bar(form) {
  const progress = document.createElement("progress");
  progress.max = 100;
  progress.setAttribute("aria-label", form.dataset.upload || "…");
  form.querySelector("[data-files]")?.after(progress);
  return progress;
}

function show(request, form, progress) {
  if (request.status < 400 && request.responseURL !== form.action) {
    location.assign(request.responseURL);
    return;
  }
  const page = new DOMParser().parseFromString(request.responseText, "text/html");
  const fresh = page.querySelector("main");
  progress.remove();
  busy(form, false);
  if (!fresh) return;
  document.title = page.title;
  document.querySelector("main").replaceWith(document.adoptNode(fresh));
  document.dispatchEvent(new CustomEvent("htmx:after:swap", { bubbles: true }));
  window.htmx.process(document.querySelector("main"));
}

function upload(form, submitter) {
  const data = new FormData(form, submitter);
  const request = new XMLHttpRequest();
  const progress = bar(form);
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) progress.value = Math.round((100 * event.loaded) / event.total);
  });
  request.addEventListener("load", () => show(request, form, progress));
  request.addEventListener("error", () => {
    progress.remove();
    busy(form, false);
    // The ordinary way tells the reader what the network says.
    form.submit();
  });
  request.open("POST", form.action);
  request.send(data);
}

export function startForms() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if ("sending" in form.dataset) {
      event.preventDefault();
      return;
    }
    const files = [...form.querySelectorAll("input[type=file]")].some((i) => i.files.length);
    busy(form, true);
    if ("upload" in form.dataset && files) {
      event.preventDefault();
      upload(form, event.submitter);
    }
  });
  // Back from the browser's memory: the form may be sent again.
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("form[data-sending]").forEach((form) => busy(form, false));
  });
}
