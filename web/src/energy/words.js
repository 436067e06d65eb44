/** What the balance of energy comes to, in sentences that a child understands. */

import { round, twoDigits } from "./energy-format.js";
import { countryName } from "./figure-label.js";
import { number, say } from "../shared/messages.js";

/** @typedef {import("./breakdown.js").Sheet} Sheet */

/** Seconds; from two of each on, a time is told in them. */
const LONG = /** @type {[number, string][]} */ ([
  [86400, "days"],
  [3600, "hours"],
  [60, "minutes"],
]);
/** Seconds; from about one of each on. */
const SHORT = /** @type {[number, string][]} */ ([
  [1, "seconds"],
  [1e-3, "thousandths"],
  [1e-6, "millionths"],
]);
const GRAMS = /** @type {[number, string][]} */ ([
  [1e3, "kg"],
  [1, "g"],
  [1e-3, "mg"],
  [1e-6, "µg"],
]);

/** How many times less one answer here takes than one there. @param {Sheet["ratio"]} ratio there over here */
export function ratioWords(ratio) {
  if (!ratio) return say("energy-untold");
  const { low, mid, high } = ratio;
  return low >= 1 ? less("here", mid, low, high) : less("there", 1 / mid, 1 / high, 1 / low);
}

/** @param {"here" | "there"} side @param {number[]} times about, at least and at most */
function less(side, ...times) {
  const [about, low, high] = times.map(twoDigits);
  return say("energy-less", { side, about, low, high });
}

/** After how many answers the download has paid for itself. @param {NonNullable<Sheet["break_even"]>} told */
export function breakEvenWords({ uses: { low, mid, high } }) {
  if (low === null || mid === null) return say("energy-break-even-never");
  const told = { about: twoDigits(mid), low: twoDigits(low) };
  return high === null
    ? say("energy-break-even-open", told)
    : say("energy-break-even", { ...told, high: twoDigits(high) });
}

/** @param {import("./breakdown.js").Everyday} entry */
export function everydayWords({ which, here, there }) {
  const words = which === "lamp" ? durationWords : twoDigits;
  return say(`energy-everyday-${which}`, { here: words(here.mid), there: words(there.mid) });
}

/** 0.0123 -> "12 thousandths of a second". @param {number} seconds */
export function durationWords(seconds) {
  const [size, unit] =
    LONG.find(([each]) => seconds >= 2 * each) ??
    SHORT.find(([each]) => seconds >= 0.95 * each) ??
    [];
  if (!size) return say("energy-time-instant");
  const value = seconds / size;
  return say(`energy-time-${unit}`, { number: twoDigits(value), count: round(value) });
}

/** Each side by the electricity that it draws. @param {import("./breakdown.js").Co2e} told */
export function co2eWords({ here, there, answers, country, stated }) {
  return say("energy-co2e", {
    answers,
    country: country === null ? "world" : countryName({ name: country }),
    grid: stated ? "stated" : "world",
    here: massWords(here.mid * answers),
    there: massWords(there.mid * answers),
  });
}

/** @param {number} grams */
export function massWords(grams) {
  const [size, unit] = GRAMS.find(([each]) => grams >= each) ?? [1e-9, "ng"];
  return `${twoDigits(grams / size)} ${unit}`;
}

/** @param {import("./breakdown.js").Drift} drift */
export function driftWords({ change, by }) {
  return say("energy-drift", {
    change,
    by: number(by, { style: "percent", useGrouping: false }),
  });
}
