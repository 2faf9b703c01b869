// Live forms: what the server does on every step, done while one types.
// Without this file the form works all the same.

import { Environment } from "@marcbachmann/cel-js";
import { makeLanguage } from "../../casework/expressions/browser/language.js";
import { keepDraft } from "../../casework/forms/browser/drafts.js";
import { liven } from "../../casework/forms/browser/live.js";

for (const form of document.querySelectorAll("form[data-form]")) {
  const spec = form.querySelector("#form-spec");
  if (spec) liven(form, JSON.parse(spec.textContent), makeLanguage(Environment));
  if (form.dataset.autosave) keepDraft(form);
}
