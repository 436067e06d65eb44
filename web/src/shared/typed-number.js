/** Numbers as people type them: the one that was meant, or words on what is wrong, and never another number. */

import { number as written, say } from "./messages.js";

/** Between groups of three digits: spaces of all widths and apostrophes. A comma or a dot may be that, too. */
const SPACES = /[\s'’_]/g;
/** The signs that part whole numbers from their fraction. */
const SIGNS = /[.,]/g;
/** One to three digits and groups of three behind them, each after the same sign. */
const GROUPED = /^[1-9]\d{0,2}(?:([\s'’_.,])\d{3})(?:\1\d{3})*$/;
const PLAIN = /^\d+$/;
/** As a language writes a number that is to be typed. */
const TYPED = { useGrouping: false, maximumFractionDigits: 20 };

/**
 * @typedef {object} Asked
 * @property {string} unit as W; may be typed behind the number
 * @property {number} least
 * @property {number} most
 * @property {boolean} [optional] nothing typed is an answer, too
 */

/**
 * @param {string} typed
 * @param {Asked} asked
 * @returns {{value: number | null, wrong: string}} `value` null: nothing was typed, or nothing that can be used; then
 *   `wrong` says why, in a sentence for whoever typed it
 */
export function typedNumber(typed, { unit, least, most, optional = false }) {
  const text = plain(typed);
  if (!text) return { value: null, wrong: optional ? "" : say("shared-typed-nothing") };
  const [, sign, number, behind] = /^([+-]?)\s*([\d.,\s'’_]*?)\s*([^\d.,]*)$/u.exec(text) ?? [];
  if (number === undefined || !/\d/.test(number)) return refused(say("shared-typed-example"));
  if (behind && !isUnit(behind, unit))
    return refused(say("shared-typed-unit", { unit, other: behind }));
  const readings = read(number);
  if (!readings.length) return refused(say("shared-typed-example"));
  if (readings.length > 1) {
    const [one, other] = readings.map(Number);
    return refused(say("shared-typed-two", { typed: number, one, other }));
  }
  const value = Number(`${sign}${readings[0]}`);
  if (value < least || value > most)
    return refused(say("shared-typed-range", { least: plainly(least), most: plainly(most) }));
  return { value, wrong: "" };
}

/** A number so that it is read as itself when it stands in a field. @param {number} value */
export function toType(value) {
  const text = plainly(value);
  return GROUPED.test(text) ? `${text}0` : text; // 1.125 could be a thousand and more; 1.1250 can not
}

/** With all its digits, and no groups. @param {number} value */
export function plainly(value) {
  return written(value || 0, TYPED); // never -0
}

/** @param {string} wrong @returns {{value: null, wrong: string}} */
function refused(wrong) {
  return { value: null, wrong };
}

/**
 * What a number without sign and unit can mean, each as JavaScript writes it: nothing, one number, or two.
 *
 * @param {string} number
 * @returns {string[]}
 */
function read(number) {
  const signs = number.match(SIGNS) ?? [];
  if (!signs.length) return whole(number);
  const at = Math.max(number.lastIndexOf("."), number.lastIndexOf(","));
  const [before, after] = [number.slice(0, at), number.slice(at + 1)];
  if (after && !PLAIN.test(after)) return [];
  // The last sign parts the fraction: it stands once, and the groups before it, if any, have another sign.
  const parted = signs.filter((sign) => sign === number[at]).length === 1 && (before || after);
  const fraction = parted ? whole(before || "0").map((units) => `${units}.${after || 0}`) : [];
  return [...(GROUPED.test(number) ? whole(number) : []), ...fraction];
}

/** A whole number, in groups or not. @param {string} number @returns {string[]} */
function whole(number) {
  if (!PLAIN.test(number) && !GROUPED.test(number)) return [];
  return [number.replace(SPACES, "").replace(SIGNS, "")];
}

/** Digits and signs of all scripts and widths as the plain ones. @param {string} typed */
function plain(typed) {
  return typed
    .normalize("NFKC")
    .replace(/\p{Nd}/gu, digit)
    .replace(/[\u066b\u201a、]/g, ",")
    .replace(/[\u066c\u2018\u02bc]/g, "'")
    .replace(/[\u2212\u2013]/g, "-")
    .replace(/。/g, ".")
    .trim();
}

/** Each script has its ten digits in a row, from 0 on. @param {string} sign */
function digit(sign) {
  let code = /** @type {number} */ (sign.codePointAt(0));
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - 1))) {
    code -= 1;
    value += 1;
  }
  return String(value);
}

/** @param {string} behind @param {string} unit */
function isUnit(behind, unit) {
  const names = {
    W: ["w", "watt", "watts", "vatio", "vatios"],
    Wh: ["wh", "watt-hour", "watt-hours", "watt hours", "vatio-hora", "vatios-hora", "vatios hora"],
  };
  const known = names[/** @type {keyof typeof names} */ (unit)] ?? [unit.toLowerCase()];
  return known.includes(behind.replace(/\.$/, "").toLowerCase());
}
