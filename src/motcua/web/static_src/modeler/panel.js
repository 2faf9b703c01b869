// The properties of what is selected, as a plain form: each change is one undoable command.
let count = 0;

function field(label, control) {
  const box = document.createElement("div");
  box.className = "field";
  const name = document.createElement("label");
  name.className = "field-label";
  name.textContent = label;
  count += 1;
  control.id = `property-${count}`;
  name.htmlFor = control.id;
  control.classList.add("input");
  box.append(name, control);
  return box;
}

function line(label, value, change, more = {}) {
  const input = Object.assign(document.createElement("input"), { value: value ?? "", ...more });
  input.addEventListener("change", () => change(input.value.trim()));
  return field(label, input);
}

function area(label, value, change) {
  const input = Object.assign(document.createElement("textarea"), { value: value ?? "", rows: 2 });
  input.addEventListener("change", () => change(input.value.trim()));
  return field(label, input);
}

function choice(label, options, value, change, empty = true) {
  const select = document.createElement("select");
  const rows = [...(empty ? [["", "–"]] : []), ...options];
  if (value && !rows.some(([key]) => key === value)) rows.push([value, value]);
  rows.forEach(([key, text]) => select.append(new Option(text, key, false, key === (value ?? ""))));
  select.addEventListener("change", () => change(select.value));
  return field(label, select);
}

function tick(label, checked, change) {
  const box = document.createElement("div");
  box.className = "choice";
  const input = Object.assign(document.createElement("input"), { type: "checkbox", checked });
  count += 1;
  input.id = `property-${count}`;
  input.addEventListener("change", () => change(input.checked));
  const name = document.createElement("label");
  name.htmlFor = input.id;
  name.textContent = label;
  box.append(input, name);
  return box;
}

function reader(page, element, type) {
  const values = element.businessObject.extensionElements?.get("values") ?? [];
  const own = values.find((value) => value.$type === `motcua:${type}`) ?? {};
  return { own, set: (key) => (value) => page.set(element, type, key, value) };
}

function rename(page, element) {
  return (name) => page.get("modeling").updateProperties(element, { name });
}

function step(page, element) {
  const { words } = page;
  const { say } = words;
  const { own, set } = reader(page, element, "Step");
  const rows = [
    line(say.name, element.businessObject.name, rename(page, element)),
    line(say.english, own.en, set("en"), { lang: "en" }),
    choice(say.kind, words.kinds, own.kind ?? "task", set("kind"), false),
    choice(say.role, words.roles, own.role, set("role")),
    choice(say.unit, words.units, own.unit, set("unit")),
    line(say.otherUnit, words.units.some(([key]) => key === own.unit) ? "" : own.unit, (value) => value && set("unit")(value)),
    line(say.hours, own.hours, set("hours"), { inputMode: "decimal" }),
    choice(say.state, words.states, own.state, set("state")),
  ];
  if (own.kind === "consultation") {
    rows.push(choice(say.silence, words.silences, own.silence, set("silence")));
    rows.push(line(say.silenceAction, own.silence_action, set("silence_action")));
  }
  rows.push(area(say.note, own.note, set("note")));
  return [say.step, rows];
}

function action(page, element) {
  const { words } = page;
  const { say } = words;
  const { own, set } = reader(page, element, "Action");
  const asks = new Set((own.asks ?? "").split(" ").filter(Boolean));
  const signals = new Set((own.signals ?? "").split(" ").filter(Boolean));
  const verb = (value) => {
    set("verb")(value);
    const others = element.source?.outgoing?.map((flow) => reader(page, flow, "Action").own.code) ?? [];
    if (!own.code && !others.includes(value)) set("code")(value);
  };
  return [say.flow, [
    line(say.name, element.businessObject.name, rename(page, element)),
    line(say.english, own.en, set("en"), { lang: "en" }),
    choice(say.verb, words.verbs, own.verb, verb),
    line(say.code, own.code, set("code")),
    area(say.when, own.when, set("when")),
    tick(say.primary, own.primary === "true", (on) => set("primary")(on ? "true" : "")),
    ...words.asks.map(([key, text]) => tick(`${say.asks}: ${text}`, asks.has(key), (on) => {
      if (on) asks.add(key);
      else asks.delete(key);
      set("asks")([...asks].join(" "));
    })),
    choice(say.role, words.roles, own.role, set("role")),
    ...words.signals.map(([key, text]) => tick(`${say.signals}: ${text}`, signals.has(key), (on) => {
      if (on) signals.add(key);
      else signals.delete(key);
      set("signals")([...signals].join(" "));
    })),
  ]];
}

function timer(page, element) {
  const { words } = page;
  const { say } = words;
  const { own, set } = reader(page, element, "Timer");
  const due = element.businessObject.eventDefinitions?.[0];
  const body = due?.timeDuration?.body ?? "P1D";
  const amount = /(\d+)/.exec(body)?.[1] ?? "1";
  const unit = own.unit ?? (body.includes("T") ? "working_hour" : "working_day");
  const write = (number, kind) => {
    const text = kind.endsWith("hour") ? `PT${number}H` : `P${number}D`;
    const expression = page.get("bpmnFactory").create("bpmn:FormalExpression", { body: text });
    expression.$parent = due;
    page.get("modeling").updateModdleProperties(element, due, { timeDuration: expression });
    page.set(element, "Timer", "unit", kind);
  };
  return [say.timer, [
    line(say.name, element.businessObject.name, rename(page, element)),
    line(say.english, own.en, set("en"), { lang: "en" }),
    line(say.amount, amount, (value) => /^\d{1,4}$/.test(value) && write(value, unit), { inputMode: "numeric" }),
    choice(say.unit, words.timers, unit, (kind) => write(amount, kind), false),
    choice(say.verb, words.verbs, own.verb, set("verb")),
    line(say.code, own.code, set("code")),
    tick(say.interrupts, element.businessObject.cancelActivity !== false, (on) => {
      page.get("modeling").updateProperties(element, { cancelActivity: on });
    }),
  ]];
}

function end(page, element) {
  const { words } = page;
  const { say } = words;
  const { own, set } = reader(page, element, "Step");
  return [say.end, [
    line(say.name, element.businessObject.name, rename(page, element)),
    line(say.english, own.en, set("en"), { lang: "en" }),
    choice(say.state, words.states, own.state, set("state")),
  ]];
}

function gateway(page, element) {
  const { say } = page.words;
  const { own, set } = reader(page, element, "Gateway");
  const rows = [];
  if (element.type === "bpmn:ExclusiveGateway") {
    rows.push(tick(say.back, own.back === "true", (on) => set("back")(on ? "true" : "")));
  }
  return [say.gateway, rows];
}

function parts(page, element) {
  const type = element?.type ?? "";
  if (type.endsWith("Task")) return step(page, element);
  if (type === "bpmn:SequenceFlow") return action(page, element);
  if (type === "bpmn:BoundaryEvent") return timer(page, element);
  if (type === "bpmn:EndEvent") return end(page, element);
  if (type.endsWith("Gateway")) return gateway(page, element);
  return ["", []];
}

export function showPanel(panel, page) {
  const chosen = page.get("selection").get();
  const element = chosen.length === 1 && chosen[0].type !== "label" ? chosen[0].labelTarget ?? chosen[0] : null;
  const [title, rows] = parts(page, element);
  const heading = document.createElement("h3");
  heading.textContent = title || page.words.say.nothing;
  if (!title) heading.className = "muted small";
  const group = document.createElement("fieldset");
  group.className = "bare";
  group.disabled = !page.words.editable;
  const legend = document.createElement("legend");
  legend.className = "sr-only";
  legend.textContent = title || page.words.say.nothing;
  group.append(legend, ...rows);
  panel.replaceChildren(heading, group);
}
