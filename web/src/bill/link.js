/** What a visitor chose for a bill, in the address: whoever opens it finds the same numbers, counted on their device. */

const CURRENCIES = ["USD", "EUR"];
const BOUNDARIES = ["marginal", "idle-inclusive"];
/** The numbers, and the most that each may be; py_src/hundredfold/energy/bill.py has the same. */
export const MOST = {
  per_month: 1e12,
  price_per_kwh: 1e6,
  price_per_million_tokens: 1e6,
  tokens_per_request: 1e9,
};
/** Digits as JavaScript writes them, and nothing that needs guessing. */
const NUMBER = /^\d+(?:\.\d+)?(?:e[+-]?\d{1,3})?$/;

/** @typedef {Partial<import("./bill.js").Options> & {boundary?: string}} Linked */

/**
 * What a link says; what is wrong in it is left out, so that a default stands there.
 *
 * @param {string} hash as "#exhibit?per_month=1000"
 * @param {string} exhibit
 * @returns {Linked | null} null: it has no bill of this exhibit
 */
export function readLink(hash, exhibit) {
  const [id, query] = hash.slice(1).split("?");
  if (id !== exhibit || query === undefined) return null;
  const given = new URLSearchParams(query);
  /** @type {Record<string, any>} */
  const found = {};
  for (const [name, most] of Object.entries(MOST)) {
    const text = given.get(name) ?? "";
    const value = NUMBER.test(text) ? Number(text) : NaN;
    if (value <= most) found[name] = value;
  }
  const currency = given.get("currency") ?? "";
  if (CURRENCIES.includes(currency)) found.currency = currency;
  const boundary = given.get("boundary") ?? "";
  if (BOUNDARIES.includes(boundary)) found.boundary = boundary;
  const country = given.get("country") ?? "";
  if (/^[A-Z]{3}$/.test(country)) found.country = country;
  return found;
}

/**
 * The inverse: without what is left to the core.
 *
 * @param {string} exhibit
 * @param {Linked} chosen
 */
export function writeLink(exhibit, chosen) {
  const names = [...Object.keys(MOST), "currency", "country", "boundary"];
  const query = new URLSearchParams();
  for (const name of names) {
    const value = /** @type {Record<string, any>} */ (chosen)[name];
    if (value !== undefined && value !== null && value !== "") query.set(name, String(value));
  }
  return `#${exhibit}?${query}`;
}
