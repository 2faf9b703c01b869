// The twins of functions.py. What each one promises is written there; the
// conformance cases hold both to the same answers. Whole numbers are BigInt.

const ISO = /^(\d{4})-(\d{2})-(\d{2})$/;
const DAY = 86_400_000;
const LIMIT = 2n ** 63n;

function parts(text) {
  const found = ISO.exec(text);
  if (!found) throw new Error("a date is written YYYY-MM-DD");
  const [year, month, day] = found.slice(1).map(Number);
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) {
    throw new Error("there is no such day");
  }
  return { year, month, day };
}

function daysIn(year, month) {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
}

function dayNumber({ year, month, day }) {
  const moment = new Date(0);
  moment.setUTCFullYear(year, month - 1, day);
  return Math.round(moment.getTime() / DAY);
}

function write(year, month, day) {
  if (year < 1 || year > 9999) throw new Error("the date is out of range");
  const pad = (number, width) => String(number).padStart(width, "0");
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
}

export function monthsBetween(first, later) {
  const a = parts(first);
  const b = parts(later);
  const whole = (from, to) =>
    (to.year - from.year) * 12 + to.month - from.month - (to.day < from.day ? 1 : 0);
  return BigInt(first <= later ? whole(a, b) : -whole(b, a));
}

export function yearsBetween(first, later) {
  return monthsBetween(first, later) / 12n;
}

export function daysBetween(first, later) {
  return BigInt(dayNumber(parts(later)) - dayNumber(parts(first)));
}

export function addDays(date, days) {
  const moment = new Date((dayNumber(parts(date)) + Number(days)) * DAY);
  if (Number.isNaN(moment.getTime())) throw new Error("the date is out of range");
  return write(moment.getUTCFullYear(), moment.getUTCMonth() + 1, moment.getUTCDate());
}

export function addMonths(date, months) {
  const start = parts(date);
  const count = start.year * 12 + start.month - 1 + Number(months);
  const year = Math.floor(count / 12);
  const month = count - year * 12 + 1;
  if (year < 1 || year > 9999) throw new Error("the date is out of range");
  return write(year, month, Math.min(start.day, daysIn(year, month)));
}

export function addYears(date, years) {
  return addMonths(date, years * 12n);
}

export function dateText(date) {
  const { year, month, day } = parts(date);
  return write(year, month, day).split("-").reverse().join("/");
}

export function fold(text) {
  let plain = "";
  for (const character of text.normalize("NFC")) {
    const code = character.codePointAt(0);
    if (code >= 0x300 && code < 0x370) continue;
    if (character === "đ" || character === "Đ") plain += "d";
    else if ((code >= 0xc0 && code < 0x250) || (code >= 0x1ea0 && code < 0x1efa)) {
      plain += character.normalize("NFD")[0];
    } else plain += character;
  }
  return plain.toLowerCase();
}

export function dong(amount) {
  return `${String(amount).replace(/\B(?=(\d{3})+$)/g, ".")}\u00a0đ`;
}

export function present(value) {
  return value !== null && value !== undefined && value !== "" &&
    !(Array.isArray(value) && value.length === 0);
}

export function total(values) {
  if (values.every((value) => typeof value === "bigint")) {
    const sum = values.reduce((before, value) => before + value, 0n);
    if (sum < -LIMIT || sum >= LIMIT) throw new Error("integer overflow");
    return sum;
  }
  if (values.every((value) => typeof value === "number")) {
    return values.reduce((before, value) => before + value, 0);
  }
  throw new Error("sum() needs numbers of one kind");
}

export function roundHalfUp(value) {
  if (!Number.isFinite(value) || Math.abs(value) >= 2 ** 53) {
    throw new Error("the number is out of range");
  }
  const whole = BigInt(Math.floor(Math.abs(value) + 0.5));
  return value >= 0 ? whole : -whole;
}

export const smaller = (a, b) => (b < a ? b : a);
export const larger = (a, b) => (b > a ? b : a);
