/** Lines of text, each a sample of a model that takes strings. */

import { Unusable } from "./unusable.js";

const MOST_LINES = 100_000;

/** @param {string} text @param {string} name of the file @returns {string[]} */
export function readLines(text, name) {
  const lines = text
    .replace(/^\ufeff/, "")
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim());
  if (!lines.length) throw new Unusable("own-lines-empty", { name });
  if (lines.length > MOST_LINES) throw new Unusable("own-samples-large", { name });
  return lines;
}
