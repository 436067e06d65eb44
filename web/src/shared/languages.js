/** The languages of the site: what the page, its build and its service worker know of them. */

import { longer, mirrored } from "./pseudo.js";

/** Complete ones, by their own names; the first is what a visitor gets whose browser prefers none of them. */
export const LANGUAGES = /** @type {Record<string, string>} */ ({ en: "English", es: "Español" });
export const DEFAULT = "en";

/** For tests of the page, by `?lang=` only: English marked and half as long again, and English from right to left. */
export const PSEUDO =
  /** @type {Record<string, {transform: (text: string) => string, rightToLeft?: boolean}>} */ ({
    "en-XA": { transform: longer },
    "ar-XB": { transform: mirrored, rightToLeft: true },
  });

/**
 * The first language of the site among what is wanted, which may be none of anything.
 *
 * @param {readonly (string | null | undefined)[]} wanted as browsers name them: "es-MX"
 */
export function firstKnown(wanted) {
  for (const each of wanted) {
    const known = `${each}`.toLowerCase().split("-")[0];
    if (Object.hasOwn(LANGUAGES, known)) return known;
  }
  return DEFAULT;
}

/** The file of a page in a language, beside it; "" is the page itself. @param {string} language */
export function pageFile(language) {
  return language === DEFAULT ? "" : `index.${language}.html`;
}
