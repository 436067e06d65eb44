/** Energy figures in words, with no more digits than they deserve: two, and never 0 for what is not 0. */

import { has, number, say } from "../shared/messages.js";

/** @typedef {import("../shared/result.js").Figure} Figure */
/** @typedef {{value: number, unit: string}} Amount scaled to a size that one can read */

const SMALLER = /** @type {[number, string][]} */ ([
  [1, ""],
  [1e-3, "m"],
  [1e-6, "µ"],
  [1e-9, "n"],
  [1e-12, "p"],
]);
/** Units that take the prefixes above. */
const PREFIXED = new Set(["J", "W", "Wh", "s", "J/byte", "g CO2e"]);
const BYTES = /** @type {[number, string][]} */ ([
  [1e9, "GB"],
  [1e6, "MB"],
  [1e3, "kB"],
  [1, "bytes"],
]);
/** From here on a share is told with a digit more: two digits of 0.996 would be all of it. */
const NEARLY_ALL = 0.9;

/**
 * 12345 -> "12,000", 0.04567 -> "0.046", as `two_digits` of hundredfold/energy/words.py says it.
 *
 * @param {number} value
 */
export function twoDigits(value) {
  if (value === 0) return "0";
  const rounded = round(value);
  if (rounded >= 1e9) return `${grouped(round(rounded / 1e9))} ${say("shared-billion")}`;
  if (rounded >= 1e6) {
    const count = round(rounded / 1e6);
    return `${grouped(count)} ${say("shared-million", { count })}`;
  }
  if (rounded >= 1e-5) return grouped(rounded);
  const [digits, exponent] = rounded.toExponential(1).split("e");
  return `${decimal(digits)}e${exponent}`;
}

/**
 * A value with its unit, scaled to a size that one can read: (0.0147, "J") -> "15 mJ".
 *
 * @param {number} value
 * @param {string} unit
 */
export function quantity(value, unit) {
  return written(amount(value, unit));
}

/**
 * "13 – 15 – 18 mJ": low, middle and high, the unit once where it is the same; one value where nothing is unsure.
 *
 * @param {Pick<Figure, "low" | "mid" | "high" | "unit">} figure
 */
export function range({ low, mid, high, unit }) {
  if (low === high) return quantity(mid, unit);
  if (unit === "of 1" && mid > NEARLY_ALL && high <= 1) {
    const shares = [low, mid, high].map((share) => decimal((share * 100).toFixed(1)));
    return `${shares.join(" – ")}\u00a0%`; // two digits would make 100 % of 99.6
  }
  return together([low, mid, high], unit, mid || high).join(" – ");
}

/**
 * "13 to 18 mJ": the ends of a range.
 *
 * @param {Pick<Figure, "low" | "high" | "unit">} figure
 */
export function ends({ low, high, unit }) {
  const [from, to] = together([low, high], unit, high);
  return say("energy-ends", { from, to });
}

/**
 * @param {number[]} values
 * @param {string} unit
 * @param {number} like a value whose scale those take that are 0
 */
function together(values, unit, like) {
  const amounts = values.map((value) => amount(value, unit, like));
  const last = amounts[amounts.length - 1];
  const shared = amounts.every((each) => each.unit === last.unit);
  return amounts.map((each) => (shared && each !== last ? twoDigits(each.value) : written(each)));
}

/**
 * @param {number} value
 * @param {string} unit
 * @param {number} [like] a value whose scale is taken when this one is 0
 * @returns {Amount}
 */
function amount(value, unit, like = 0) {
  if (unit.startsWith("of ")) return { value: tidy(value * 100), unit };
  const scales = unit === "bytes" ? BYTES : PREFIXED.has(unit) ? SMALLER : [];
  const size = round(value || like);
  const [scale, name] = scales.find(([each]) => size >= each) ?? scales.at(-1) ?? [1, ""];
  return { value: value / scale, unit: unit === "bytes" ? name : name + unit };
}

/** @param {Amount} amount */
function written({ value, unit }) {
  return `${twoDigits(value)}\u00a0${unitWords(unit, round(value))}`;
}

/** @param {string} unit @param {number} rounded what stands before it */
function unitWords(unit, rounded) {
  if (unit === "of 1") return "%";
  const code = `energy-unit-${unit.toLowerCase().replaceAll(" ", "-")}`;
  if (has(code)) return say(code, { count: rounded >= 1e6 ? "millions" : rounded });
  return unit.startsWith("of ") ? `% ${unit}` : unit;
}

/** Without the last bits that a difference of two decimals leaves behind. @param {number} value */
function tidy(value) {
  return Number(value.toPrecision(12));
}

/**
 * To two significant digits; what lies exactly between two goes to the even one, as in Python.
 *
 * @param {number} value
 */
export function round(value) {
  if (!value) return 0;
  const [, first, second, exponent] = /^(\d)\.(\d)50*e(.*)$/.exec(value.toExponential(20)) ?? [];
  const even = exponent !== undefined && Number(second) % 2 === 0;
  return Number(even ? `${first}.${second}e${exponent}` : value.toExponential(1));
}

/** @param {number} value */
function grouped(value) {
  return number(value, { maximumFractionDigits: 20 });
}

/** With the one decimal that it is written with. @param {string} digits */
function decimal(digits) {
  return number(Number(digits), { minimumFractionDigits: 1, maximumFractionDigits: 1 });
}
