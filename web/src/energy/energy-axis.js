/** One axis for energies of any size: each step of it is ten times the one before. */

/** @typedef {Pick<import("../shared/result.js").Figure, "low" | "mid" | "high">} Ends */
/**
 * @typedef {object} Axis
 * @property {{value: number, at: string, named: boolean}[]} ticks a tick for each power of ten; some have no name
 * @property {(value: number) => string} at where a value lies, in percent of the width
 */

/** What fits a phone, with their units. */
const NAMES = 5;
/** Shown before anything is known: 1 mJ to 10 J. */
const EMPTY = [1e-3, 10];

/** @param {Ends[]} figures @returns {Axis} */
export function axis(figures) {
  const told = figures.flatMap(({ low, mid, high }) => [low, mid, high]).filter((each) => each > 0);
  const values = told.length ? told : EMPTY;
  const from = Math.floor(Math.log10(Math.min(...values)));
  const decades = Math.max(2, Math.ceil(Math.log10(Math.max(...values))) - from);
  const step = Math.ceil(decades / (NAMES - 1));
  const span = step * Math.ceil(decades / step);
  // What is 0 has no place on such an axis: it is drawn to the end of it.
  const at = (/** @type {number} */ value) =>
    `${value > 0 ? Math.max(0, (100 * (Math.log10(value) - from)) / span) : 0}%`;
  const ticks = Array.from({ length: span + 1 }, (_, index) => {
    const value = Number(`1e${from + index}`);
    return { value, at: at(value), named: index % step === 0 };
  });
  return { ticks, at };
}
