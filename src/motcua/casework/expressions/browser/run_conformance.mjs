// node run_conformance.mjs CASES.json PATH-TO-CEL-JS
// Prints one JSON line per case: {"value": …} or {"error": "syntax"|"value"}.

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { makeLanguage } from "./language.js";

const [cases, library] = process.argv.slice(2);
const { Environment } = await import(pathToFileURL(library).href);
const language = makeLanguage(Environment);

function inward(value) {
  if (typeof value === "number") return Number.isInteger(value) ? BigInt(value) : value;
  if (Array.isArray(value)) return value.map(inward);
  if (value === null || typeof value !== "object") return value;
  if ("$double" in value) return value.$double;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, inward(item)]));
}

function outward(value) {
  if (typeof value === "bigint") return { $int: String(value) };
  if (typeof value === "number") return { $double: value };
  if (Array.isArray(value)) return value.map(outward);
  if (value instanceof Map) value = Object.fromEntries(value);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, outward(item)]));
}

function outcome({ source, variables }) {
  try {
    language.compile(source);
  } catch {
    return { error: "syntax" };
  }
  try {
    return { value: outward(language.evaluate(source, inward(variables ?? {}))) };
  } catch (error) {
    return { error: "value", why: String(error.message).split("\n")[0] };
  }
}

for (const one of JSON.parse(readFileSync(cases, "utf8"))) console.log(JSON.stringify(outcome(one)));
