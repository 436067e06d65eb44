/** Checks what a script gives to a function of the page: what is wrong is refused in a sentence that says what to give. */

/** @typedef {(value: any, path: string) => void} Check throws when a value, called `path` in words, is wrong */

/** A wrong argument; the message is one sentence. */
export class ArgumentError extends Error {
  /** @param {string} message */
  constructor(message) {
    super(message);
    this.name = "ArgumentError";
  }
}

const QUOTED = 60;
const DEEPEST = 50;

/**
 * A function that rejects what its checks refuse, and never throws at once.
 *
 * @template {any[]} Given
 * @template T
 * @param {string} name
 * @param {Record<string, Check>} checks by the arguments' names, in their order
 * @param {(...given: Given) => T | Promise<T>} act
 * @returns {(...given: Given) => Promise<T>}
 */
export function checked(name, checks, act) {
  const verify = verifier(name, checks);
  return async (...given) => {
    verify(given);
    return act(...given);
  };
}

/**
 * The same for a function that answers at once, and so throws.
 *
 * @template {any[]} Given
 * @template T
 * @param {string} name
 * @param {Record<string, Check>} checks
 * @param {(...given: Given) => T} act
 * @returns {(...given: Given) => T}
 */
export function checkedNow(name, checks, act) {
  const verify = verifier(name, checks);
  return (...given) => {
    verify(given);
    return act(...given);
  };
}

/** @param {string} name @param {Record<string, Check>} checks */
function verifier(name, checks) {
  const names = Object.keys(checks);
  const call = `${name}(${names.join(", ")})`;
  return (/** @type {any[]} */ given) => {
    if (given.length > names.length) {
      const takes = names.length ? `no more than ${names.join(", ")}` : "no argument";
      throw new ArgumentError(
        `${call} takes ${takes}, so leave out ${shown(given[names.length])}.`,
      );
    }
    for (const [index, path] of names.entries())
      try {
        checks[path](given[index], path);
      } catch (error) {
        if (!(error instanceof ArgumentError)) throw error;
        throw new ArgumentError(`${call}: ${error.message}.`);
      }
  };
}

/** @param {(value: any) => boolean} isRight @param {string} rule @returns {Check} */
function rule(isRight, rule) {
  return (value, path) => {
    if (!isRight(value)) throw new ArgumentError(`${path} must be ${rule}, not ${shown(value)}`);
  };
}

/** @param {Check} check @returns {Check} */
export const optional = (check) => (value, path) => value === undefined || check(value, path);

/** @param {Check} check @returns {Check} */
export const nullable = (check) => (value, path) => value === null || check(value, path);

/** @param {...string} values */
export const oneOf = (...values) =>
  rule((value) => values.includes(value), values.map((value) => `"${value}"`).join(" or "));

/** @param {number} low @param {number} high */
export const whole = (low, high) =>
  rule(
    (value) => Number.isInteger(value) && value >= low && value <= high,
    `a whole number from ${low} to ${high}`,
  );

/** @param {number} low @param {number} high @param {string} unit */
export const number = (low, high, unit) =>
  rule(
    (value) => typeof value === "number" && value >= low && value <= high,
    `a number from ${low} to ${high}, in ${unit}`,
  );

/** @param {string} what */
export const text = (what) => rule((value) => typeof value === "string" && value !== "", what);

/** One or more. @param {Check} check of each @returns {Check} */
export const list = (check) => (value, path) => {
  if (!Array.isArray(value) || !value.length)
    throw new ArgumentError(`${path} must be a list of one or more, not ${shown(value)}`);
  for (const [index, each] of value.entries()) check(each, `${path}[${index}]`);
};

export const act = rule((value) => typeof value === "function", "a function");

export const signal = rule((value) => value instanceof AbortSignal, "an AbortSignal");

export const truth = rule((value) => typeof value === "boolean", "true or false");

/**
 * An object with no other fields than these.
 *
 * @param {Record<string, Check>} fields
 * @returns {Check}
 */
export const fields = (fields) => (value, path) => {
  const names = Object.keys(fields);
  if (!isPlain(value))
    throw new ArgumentError(`${path} must be {${names.join(", ")}}, not ${shown(value)}`);
  for (const name of Object.keys(value))
    if (!Object.hasOwn(fields, name))
      throw new ArgumentError(`${path} has no ${name}, but ${names.join(", ")}`);
  for (const name of names) fields[name](value[name], `${path}.${name}`);
};

/**
 * An object of one of several kinds: the first field of a kind tells which it is.
 *
 * @param {...Record<string, Check>} kinds
 * @returns {Check}
 */
export const oneKind =
  (...kinds) =>
  (value, path) => {
    const firsts = kinds.map((kind) => Object.keys(kind)[0]);
    const kind = isPlain(value) && kinds.find((_, index) => Object.hasOwn(value, firsts[index]));
    if (kind) return fields(kind)(value, path);
    const all = kinds.map((kind) => `{${Object.keys(kind).join(", ")}}`).join(" or ");
    throw new ArgumentError(`${path} must be ${all}, not ${shown(value)}`);
  };

/** An object that is the same after it went through JSON, as it does on its way to Python. @type {Check} */
export const json = (value, path) => {
  if (!isPlain(value)) throw new ArgumentError(`${path} must be an object, not ${shown(value)}`);
  inside(value, path, 0);
};

/** @param {any} value @param {string} path @param {number} depth */
function inside(value, path, depth) {
  if (depth > DEEPEST)
    throw new ArgumentError(`${path.slice(0, QUOTED)} goes too deep, or round in a circle`);
  if (value === null || typeof value === "string" || typeof value === "boolean") return;
  if (typeof value === "number" && Number.isFinite(value)) return;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++)
      inside(value[index], `${path}[${index}]`, depth + 1);
    return;
  }
  if (!isPlain(value))
    throw new ArgumentError(
      `${path} must be text, a finite number, true, false, null, a list or an object, not ${shown(value)}`,
    );
  for (const [name, each] of Object.entries(value)) inside(each, `${path}.${name}`, depth + 1);
}

/** @param {any} value */
function isPlain(value) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype = Object.getPrototypeOf(value);
  // An object of another frame has another prototype, which has none itself.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** A value as a sentence quotes it. @param {any} value @returns {string} */
export function shown(value) {
  if (typeof value === "string") return JSON.stringify(value.slice(0, QUOTED));
  if (typeof value === "function") return "a function";
  if (typeof value !== "object" || value === null)
    return typeof value === "bigint" ? `${value}n` : String(value);
  if (Array.isArray(value)) return `a list of ${value.length}`;
  const names = Object.keys(value).join(", ").slice(0, QUOTED);
  return isPlain(value) ? `{${names}}` : `a ${value.constructor?.name ?? "strange object"}`;
}
