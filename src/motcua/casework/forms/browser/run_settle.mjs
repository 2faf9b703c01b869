// node run_settle.mjs CASES.json PATH-TO-CEL-JS
// Each case is {spec, answers}; prints what live.js makes of it, one JSON line each.

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { makeLanguage } from "../../expressions/browser/language.js";
import { settle } from "./live.js";
import { received, show, understand } from "./values.js";

const [cases, library] = process.argv.slice(2);
const { Environment } = await import(pathToFileURL(library).href);
const language = makeLanguage(Environment);

for (const { spec, answers } of JSON.parse(readFileSync(cases, "utf8"))) {
  const read = (name, input) => {
    const answer = answers[name] ?? null;
    return typeof answer === "string" ? understand(input, answer) : received(answer);
  };
  const { shown, required, calculated } = settle(spec, read, language);
  const texts = Object.entries(calculated).map(([name, v]) => [name, show(spec.inputs[name], v)]);
  console.log(
    JSON.stringify({
      shown: [...shown].sort(),
      required: [...required].sort(),
      calculated: Object.fromEntries(texts),
    }),
  );
}
