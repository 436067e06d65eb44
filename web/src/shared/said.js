/**
 * Words that change, each in an element of its own whose text is set as a whole. A browser that translates the page puts
 * elements of its own in the place of text: what is written into the text that was there is then seen by nobody.
 */

import { html } from "lit";

/** A sentence or a part of one. @param {string} text */
export function said(text) {
  return html`<span .textContent=${text}></span>`;
}

/** A figure or a name, which no browser is to translate. @param {string} text */
export function exact(text) {
  return html`<span translate="no" .textContent=${text}></span>`;
}
