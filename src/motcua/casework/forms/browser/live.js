// Shows, hides, requires and calculates while one types, in the order of dependencies,
// with the rules of rules/settling.py: a hidden field is absent.

import { received, show, valueOf } from "./values.js";

/** What is shown and calculated for these values; pure, so that it can be tested alone. */
export function settle(spec, read, language) {
  const values = received(spec.values);
  const shown = new Set();
  const required = new Set();
  const calculated = {};
  for (const [name, input] of Object.entries(spec.inputs)) {
    const live = spec.live[name] ?? {};
    if (!(live.visible ?? []).every((source) => language.holds(source, values))) continue;
    shown.add(name);
    let value = live.calculated ? language.valueOf(live.calculated, values) : read(name, input);
    if (live.calculated) {
      if (input.kind === "integer" && typeof value === "number" && Number.isInteger(value)) {
        value = BigInt(value);
      }
      calculated[name] = value;
    }
    if (value !== null && value !== "") values[name] = forExpressions(input, value);
  }
  for (const name of shown) {
    const source = spec.live[name]?.required_when;
    if (source && language.holds(source, values)) required.add(name);
  }
  return { shown, required, calculated };
}

function forExpressions(input, value) {
  return input.kind === "number" && typeof value === "bigint" ? Number(value) : value;
}

/** Keep a form's fields as its answers say. */
export function liven(form, spec, language) {
  const read = (name, input) => valueOf(form, name, input);

  function refresh() {
    const { shown, required, calculated } = settle(spec, read, language);
    for (const name of Object.keys(spec.live)) {
      const place = form.querySelector(`[data-field="${name}"]`);
      if (!place) continue;
      place.hidden = !shown.has(name);
      if (spec.live[name].required_when) markOptional(place, !required.has(name), spec.texts);
    }
    for (const [name, value] of Object.entries(calculated)) {
      const output = form.querySelector(`[data-calculated="${name}"]`);
      const text = show(spec.inputs[name], value);
      if (output && output.textContent !== text) output.textContent = text;
    }
    form.elements._shown.value = [...form.querySelectorAll("[data-field]:not([hidden])")]
      .map((place) => place.dataset.field)
      .join(" ");
  }

  let waiting = 0;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(refresh, 80);
  });
  form.addEventListener("change", refresh);
  form.addEventListener("submit", refresh);
  refresh();
}

function markOptional(place, optional, texts) {
  const label = place.querySelector("label, legend");
  let mark = label?.querySelector(".field-optional");
  if (!mark && optional && label) {
    mark = document.createElement("span");
    mark.className = "field-optional";
    mark.textContent = texts.optional;
    label.append(" ", mark);
  }
  if (mark) mark.hidden = !optional;
}
