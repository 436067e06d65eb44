/** How often a month, as people type it. */

import { MOST } from "./link.js";

/**
 * "1,000" is a thousand where whole times are counted; of other numbers nobody could tell.
 *
 * @param {string} typed
 * @returns {number | null} null: it has no groups of three digits, or is too large
 */
export function groupedTimes(typed) {
  const [whole] = /^[1-9]\d{0,2}(?:([\s'’.,])\d{3})(?:\1\d{3})*$/.exec(typed.trim()) ?? [];
  const times = Number(whole?.replaceAll(/\D/g, ""));
  return times <= MOST.per_month ? times : null;
}
