/** What the core says, in the page's language where there is a message, else as it came, in English. */

import { Unusable } from "../samples/unusable.js";
import { has, say } from "../../shared/messages.js";

/** @typedef {{code?: string, values?: any, text?: string, detail?: string, message?: string}} Said */

/** @param {any} said a note, or what went wrong */
export function sentence(said) {
  if (said instanceof Unusable) return said.message;
  const { code, values, text, detail, message } = /** @type {Said} */ (said ?? {});
  try {
    if (code && has(code)) return say(code, values);
  } catch {
    // the core and the catalogue do not know the same values: what it said itself is good enough
  }
  const plain = String(text ?? detail ?? message ?? said);
  const end = /[.!?…]$/.test(plain) ? "" : ".";
  return `${plain.slice(0, 1).toUpperCase()}${plain.slice(1)}${end}`;
}

/** Each once. @param {any[]} all */
export function sentences(all) {
  return [...new Set(all.map(sentence))];
}
