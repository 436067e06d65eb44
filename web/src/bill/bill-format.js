/** A month's figures in words: electricity in Wh or kWh, money as its currency writes it, CO2 equivalent in grams. */

import { ends, quantity, round } from "../energy/energy-format.js";
import { massWords } from "../energy/words.js";
import { number, say } from "../shared/messages.js";

/** @typedef {Pick<import("../shared/result.js").Figure, "low" | "mid" | "high" | "unit">} Ends */
/** @typedef {{about: string, ends: string}} Told the middle, and the range: empty where nothing is unsure */

const CENT = 0.01;
const MILLION = 1e6;

/** @param {Ends} figure in kWh @returns {Told} */
export function electricity(figure) {
  return range(scaled(figure), quantity, ends);
}

/** One answer, in J or Wh. @param {Ends} figure @returns {Told} */
export function oneAnswer(figure) {
  return range(figure, quantity, ends);
}

/** @param {Ends} figure in its currency @returns {Told} */
export function money(figure) {
  const { mid, high, low, unit } = figure;
  // Of less than a cent the totals tell no more; the work does.
  const below = `< ${sum(CENT, unit)}`;
  if (high > 0 && round(high) < CENT) return { about: below, ends: "" };
  if (low > 0 && round(low) < CENT)
    return {
      about: round(mid) < CENT ? below : sum(mid, unit),
      ends: say("bill-up-to", { most: sum(high, unit) }),
    };
  return range(figure, sum, between(sum));
}

/** The same to the smallest fraction of a cent. @param {Ends} figure @returns {Told} */
export function moneyToTheEnd(figure) {
  return range(figure, all, between(all));
}

/** @param {Ends} figure in grams @returns {Told} */
export function co2e(figure) {
  const mass = (/** @type {number} */ grams) =>
    (grams ? massWords(grams) : "0 g").replace(/ (?=\S+$)/, "\u00a0");
  return range(figure, mass, between(mass));
}

/** @param {number} value @param {string} currency */
export function sum(value, currency) {
  const rounded = round(value);
  const decimals = rounded && rounded < 10 ? 2 : 0;
  return number(rounded, {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
    ...(rounded >= MILLION
      ? { notation: "compact", compactDisplay: "long", maximumSignificantDigits: 2 }
      : { minimumFractionDigits: decimals, maximumFractionDigits: decimals }),
  });
}

/** @param {number} value @param {string} currency */
function all(value, currency) {
  const rounded = round(value);
  return rounded >= CENT || !rounded
    ? sum(value, currency)
    : number(rounded, {
        style: "currency",
        currency,
        currencyDisplay: "narrowSymbol",
        maximumFractionDigits: 20,
      });
}

/** Both in one line. @param {Told} told */
export function inLine({ about, ends }) {
  return ends ? say("bill-with-range", { about, ends }) : about;
}

/**
 * @param {Ends} figure
 * @param {(value: number, unit: string) => string} write
 * @param {(figure: Ends) => string} both
 * @returns {Told}
 */
function range(figure, write, both) {
  const { low, mid, high, unit } = figure;
  if (low === 0 && high > 0) return { about: `< ${write(high, unit)}`, ends: "" };
  return { about: write(mid, unit), ends: low === high ? "" : both(figure) };
}

/** @param {(value: number, unit: string) => string} write */
function between(write) {
  return (/** @type {Ends} */ { low, high, unit }) =>
    say("energy-ends", { from: write(low, unit), to: write(high, unit) });
}

/** kWh from a kWh on, else Wh with its smaller units. @param {Ends} figure @returns {Ends} */
export function scaled({ low, mid, high, unit }) {
  if (unit !== "kWh" || !high || round(mid || high) >= 1) return { low, mid, high, unit };
  return { low: low * 1e3, mid: mid * 1e3, high: high * 1e3, unit: "Wh" };
}
