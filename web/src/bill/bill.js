/** Asks the core what a month comes to: the same for the page and for a script. */

/**
 * @typedef {object} Options what a visitor chooses; null and undefined: an assumption of the core
 * @property {number} per_month
 * @property {string} [currency]
 * @property {string | null} [country] undefined: the one that the page counts with
 * @property {number | null} [price_per_kwh]
 * @property {number | null} [price_per_million_tokens]
 * @property {number | null} [tokens_per_request]
 */

/**
 * @param {(request: object) => Promise<any>} ask
 * @param {{country: string, server: any}} energy
 * @param {string} exhibit
 * @param {import("./ways.js").Ways} known
 * @param {Options} options
 * @returns {Promise<import("./month.js").Month>}
 */
export function monthly(ask, energy, exhibit, { boundary, ways }, options) {
  const { country, server } = energy;
  return ask({ do: "bill", exhibit, boundary, country, server, ways, ...options });
}
