/** Medians and other quantiles, as py_src/hundredfold/measure.py has them. */

/**
 * Below which that share of the values lies, the lowest being at 0 and the highest at 1.
 *
 * @param {number[]} values in any order, at least one
 * @param {number} share from 0 to 1
 */
export function quantile(values, share) {
  const ordered = [...values].sort((a, b) => a - b);
  const place = share * (ordered.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, ordered.length - 1);
  return ordered[below] + (ordered[above] - ordered[below]) * (place - below);
}

/** @param {number[]} values in any order, at least one */
export const median = (values) => quantile(values, 0.5);
