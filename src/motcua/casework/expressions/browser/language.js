// The expression language in the browser: the same CEL, functions and rules for
// what is absent as language.py. The CEL library is handed in, so that the same
// file runs under any bundler and under Node for the conformance cases.

import * as fn from "./functions.js";

export function makeLanguage(Environment) {
  const environment = declare(
    new Environment({ unlistedVariablesAreDyn: true, homogeneousAggregateLiterals: false }),
  );
  const compiled = new Map();

  /** The program of a source; throws when its syntax is wrong. */
  function compile(source) {
    if (!compiled.has(source)) compiled.set(source, environment.parse(strict(source)));
    return compiled.get(source);
  }

  /** The value for these variables; throws where there is none. A missing name is null. */
  function evaluate(source, variables) {
    const value = compile(source)(withNulls(variables));
    if (typeof value === "bigint" && BigInt.asIntN(64, value) !== value) {
      throw new Error("integer overflow");
    }
    return value;
  }

  /** evaluate(), with null where there is no value. */
  function valueOf(source, variables) {
    try {
      return evaluate(source, variables);
    } catch {
      return null;
    }
  }

  const holds = (source, variables) => valueOf(source, variables) === true;
  return { compile, evaluate, valueOf, holds };
}

// The library lets has() look into null and takes int("") for 0. The server does
// neither, so these two are answered by stricter ones of our own (see declare()).
const WORDS = /'''[^]*?'''|"""[^]*?"""|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|(?:\.\s*)?\w+(?=\s*\()/g;

function strict(source) {
  return source.replace(WORDS, (word) => (word === "has" || word === "int" ? `${word}_` : word));
}

function hasField({ args: [path] }) {
  if (path.op !== ".") throw new Error("has() argument must be a field selection");
  const [owner, name] = path.args;
  return {
    typeCheck(checker, macro, context) {
      checker.check(owner, context);
      return checker.getType("bool");
    },
    evaluate(evaluator, macro, context) {
      const value = evaluator.run(owner, context);
      if (value === null || typeof value !== "object" || Array.isArray(value)) {
        throw new Error("has() looks into maps only");
      }
      return value instanceof Map ? value.has(name) : Object.hasOwn(value, name);
    },
  };
}

function wholeNumber(value) {
  if (typeof value === "string" && !/^-?\d{1,19}$/.test(value)) throw new Error("no whole number");
  const whole = typeof value === "number" ? BigInt(Math.trunc(value)) : BigInt(value);
  if (BigInt.asIntN(64, whole) !== whole) throw new Error("integer overflow");
  return whole;
}

function withNulls(variables) {
  return new Proxy(variables, {
    get: (target, name) => target[name] ?? null,
    has: () => true,
    getOwnPropertyDescriptor: (target, name) =>
      Object.getOwnPropertyDescriptor(target, name) ??
      { value: null, configurable: true, enumerable: true, writable: false },
  });
}

function declare(environment) {
  const functions = {
    "has_(ast): bool": hasField,
    "int_(int): int": wholeNumber,
    "int_(double): int": wholeNumber,
    "int_(string): int": wholeNumber,
    "years_between(string, string): int": fn.yearsBetween,
    "months_between(string, string): int": fn.monthsBetween,
    "days_between(string, string): int": fn.daysBetween,
    "add_days(string, int): string": fn.addDays,
    "add_months(string, int): string": fn.addMonths,
    "add_years(string, int): string": fn.addYears,
    "date_text(string): string": fn.dateText,
    "fold(string): string": fn.fold,
    "dong(int): string": fn.dong,
    "present(dyn): bool": fn.present,
    "sum(list): dyn": fn.total,
    "round(double): int": fn.roundHalfUp,
    "min(int, int): dyn": fn.smaller,
    "min(double, double): dyn": fn.smaller,
    "max(int, int): dyn": fn.larger,
    "max(double, double): dyn": fn.larger,
  };
  for (const [signature, handler] of Object.entries(functions)) {
    environment.registerFunction(signature, handler);
  }
  return environment;
}
