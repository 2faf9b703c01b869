// Between what stands in the boxes and the values that expressions see; the twin of
// rules/typing.py. Whole numbers are BigInt, decimals are Number, dates are ISO texts.

const GROUPED = /^[+-]?\d{1,3}([. ,\u00a0])\d{3}(?:\1\d{3})*$/;
const PLAIN = /^[+-]?\d{1,18}$/;
const POINTED = /^[+-]?\d{1,15}\.\d{1,2}$/;
const DECIMAL = /^([+-]?[\d. \u00a0]+)(?:,(\d+))?$/;
const DAY_FIRST = /^(\d{1,2})\s*[/.\- ]\s*(\d{1,2})\s*[/.\- ]\s*(\d{4})$/;
const ISO = /^(\d{4})-(\d{2})-(\d{2})$/;
const MONEY_WORDS = /\s*(?:đồng|đ|₫|vnd|vnđ)\.?$/i;

export function readWhole(text) {
  if (PLAIN.test(text)) return BigInt(text.replace("+", ""));
  if (!GROUPED.test(text)) return null;
  const digits = text.replace(/[. ,\u00a0+]/g, "");
  return digits.length <= 18 ? BigInt(digits) : null;
}

export function readNumber(text) {
  if (POINTED.test(text)) return Number(text);
  const match = DECIMAL.exec(text);
  const whole = match && readWhole(match[1].trim());
  if (whole === null || whole === undefined) return null;
  if (match[2] === undefined) return Number(whole);
  const sign = text.startsWith("-") && whole === 0n ? "-" : "";
  return Number(`${sign}${whole}.${match[2]}`);
}

export function readDate(text) {
  const written = DAY_FIRST.exec(text);
  const iso = ISO.exec(text);
  if (!written && !iso) return "";
  const [day, month, year] = written ? written.slice(1) : iso.slice(1).reverse();
  const result = [year, month.padStart(2, "0"), day.padStart(2, "0")].join("-");
  const moment = new Date(`${result}T00:00:00Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(result) ? result : "";
}

/** The value of one text, or null when nothing stands there. */
export function understand({ kind, widget }, typed) {
  const text = String(typed ?? "").normalize("NFC").trim();
  if (!text) return null;
  if (widget === "date") return readDate(text) || text;
  if (widget === "identity" || widget === "phone") return text.replace(/[\s.\-]/g, "") || text;
  if (kind === "boolean") return text === "true" ? true : text === "false" ? false : text;
  if (kind === "integer") {
    return readWhole(widget === "money" ? text.replace(MONEY_WORDS, "") : text) ?? text;
  }
  return kind === "number" ? (readNumber(text) ?? text) : text;
}

/** What one field of the form holds now. */
export function valueOf(form, name, input) {
  if (input.widget === "repeat") return rowsOf(form, name, input);
  if (input.widget === "address") return partsOf(form, name, input);
  const boxes = [...form.elements].filter((box) => box.name === name);
  if (input.widget === "checkbox") return boxes.some((box) => box.checked);
  if (input.widget === "checkboxes") {
    return orNull(boxes.filter((box) => box.checked).map((box) => box.value));
  }
  if (input.widget === "file") {
    return orNull(boxes.filter((box) => box.type === "hidden").map((box) => box.value));
  }
  const box = boxes[0]?.type === "radio" ? boxes.find((one) => one.checked) : boxes[0];
  return understand(input, box?.value);
}

function orNull(list) {
  return list.length ? list : null;
}

function partsOf(form, prefix, { parts }) {
  const found = {};
  for (const [name, part] of Object.entries(parts)) {
    const value = valueOf(form, `${prefix}.${name}`, part);
    if (value !== null && value !== false) found[name] = value;
  }
  return Object.keys(found).length ? found : null;
}

function rowsOf(form, name, input) {
  const numbers = new Set();
  for (const box of form.elements) {
    if (box.name?.startsWith(`${name}.`)) numbers.add(Number(box.name.split(".")[1]));
  }
  const rows = [...numbers].sort((a, b) => a - b).map((n) => partsOf(form, `${name}.${n}`, input));
  return rows.some((row) => row !== null) ? rows.map((row) => row ?? {}) : null;
}

/** A calculated value as people read it. */
export function show({ widget, kind }, value) {
  if (value === null || typeof value === "boolean") return "";
  const grouped = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, ".");
  if (widget === "money") return `${grouped(value)}\u00a0đ`;
  if (typeof value === "bigint") return widget === "number" ? grouped(value) : String(value);
  if (typeof value === "number") {
    return kind === "integer" ? grouped(value) : String(value).replace(".", ",");
  }
  return widget === "date" ? value.split("-").reverse().join("/") : String(value);
}

/** Values the server sent for answers of other steps: decimals are marked. */
export function received(value) {
  if (typeof value === "number") return BigInt(value);
  if (Array.isArray(value)) return value.map(received);
  if (value === null || typeof value !== "object") return value;
  if ("$double" in value) return value.$double;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, received(item)]));
}
