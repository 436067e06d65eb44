/** What exhibits of text put on their page, fetched when a visitor first comes to one. */

import { html, render } from "lit";
import "./text.css";
import "./text-entry.js";
import "./text-words.js";

/** @typedef {import("./text-entry.js").TextEntry} TextEntry */

/**
 * Put a field for a text into an exhibit's stage.
 *
 * @param {HTMLElement} root
 * @param {object} options
 * @param {string} options.name tells its fields from those of others on the page
 * @param {string} options.label
 * @param {string} options.hint
 * @param {string} options.choose names the ready-made texts
 * @param {string} options.accept which files are offered to be opened
 * @param {number} options.rows
 * @param {import("./text-entry.js").Sample[]} options.samples
 * @param {(text: string) => void} options.onText hears of every change
 */
export async function openEntry(
  root,
  { name, label, hint, choose, accept, rows, samples, onText },
) {
  const entered = (/** @type {CustomEvent} */ { detail }) => onText(detail);
  render(
    html`<text-entry
      .name=${name}
      .label=${label}
      .hint=${hint}
      .choose=${choose}
      .accept=${accept}
      .rows=${rows}
      .samples=${samples}
      @entered=${entered}
    ></text-entry>`,
    root,
  );
  const entry = /** @type {TextEntry} */ (root.querySelector("text-entry"));
  await entry.updateComplete;
  return entry;
}
