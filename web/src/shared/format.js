/** Figures as a visitor reads them: a number and its unit, with as many digits as it deserves. */

import { below } from "./clock.js";
import { number, say } from "./messages.js";

/** @typedef {{number: string, unit: string}} Figure */

/** A clock's steps up to here do not show in what is told of a time. */
const VISIBLE_MS = 0.1;

/** @type {Figure} */
export const NOTHING = { number: "–", unit: "" };

/** @param {number} value @param {number} decimals */
export function fixed(value, decimals) {
  return number(value, { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}

/**
 * A time, or what it is less than where the clock that told it has too large steps.
 *
 * @param {number | null | undefined} ms
 * @param {number} [stepMs] of the clock; 0: it is fine
 * @returns {Figure}
 */
export function time(ms, stepMs = 0) {
  if (ms === null || ms === undefined) return NOTHING;
  const most = stepMs > VISIBLE_MS ? below(ms, stepMs) : null;
  if (most !== null) {
    const { number, unit } = time(most);
    return { number: `< ${number}`, unit };
  }
  if (ms >= 1000) return { number: fixed(ms / 1000, 1), unit: "s" };
  return { number: fixed(ms, ms < 1 ? 2 : ms < 10 ? 1 : 0), unit: "ms" };
}

/** @param {number | null | undefined} bytes @returns {Figure} */
export function size(bytes) {
  if (bytes === null || bytes === undefined) return NOTHING;
  if (bytes < 1000) return { number: fixed(bytes, 0), unit: say("shared-bytes", { bytes }) };
  if (bytes < 1e6) return { number: fixed(bytes / 1000, bytes < 1e4 ? 1 : 0), unit: "kB" };
  if (bytes < 1e9) return { number: fixed(bytes / 1e6, 1), unit: "MB" };
  return { number: fixed(bytes / 1e9, 2), unit: "GB" };
}

/** @param {number | undefined} count @returns {Figure} */
export function count(count) {
  if (count === undefined) return NOTHING;
  if (count >= 1e9) return { number: fixed(count / 1e9, 2), unit: say("shared-billion") };
  if (count >= 1e6) {
    const unit = say("shared-million", { count: count / 1e6 });
    return { number: fixed(count / 1e6, count < 1e7 ? 2 : 1), unit };
  }
  return { number: fixed(count, 0), unit: "" };
}

/** @param {number | undefined} share @param {number} [decimals] @returns {Figure} */
export function percent(share, decimals = 1) {
  return share === undefined ? NOTHING : { number: fixed(share * 100, decimals), unit: "%" };
}

/** @param {Figure} figure */
export function words({ number, unit }) {
  return unit ? `${number}\u00a0${unit}` : number;
}

/**
 * How one amount of arithmetic compares with another.
 *
 * @param {number} here
 * @param {number} there
 */
export function portion(here, there) {
  const ratio = there / here;
  if (ratio >= 1.5) return say("shared-portion-part", { ratio: fixed(firm(ratio), 0) });
  if (ratio <= 1 / 1.5) return say("shared-portion-times", { ratio: fixed(firm(1 / ratio), 0) });
  return say("shared-portion-same");
}

/** No more digits than it deserves. @param {number} ratio */
function firm(ratio) {
  return Number(ratio.toPrecision(3));
}
