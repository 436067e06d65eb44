/** Two amounts as two squares, drawn to scale: the one here on the left, the one there on the right. */

import { html } from "lit";

const GAP = 12;

/** @param {number} here @param {number} there */
export function toScale(here, there) {
  const largest = Math.max(here, there);
  const [left, right] = [here, there].map((amount) => 100 * Math.sqrt(amount / largest));
  return html`
    <svg class="to-scale" viewBox="0 0 ${left + GAP + right} 100" aria-hidden="true">
      <rect class="here" y=${100 - left} width=${left} height=${left} />
      <rect class="there" x=${left + GAP} y=${100 - right} width=${right} height=${right} />
    </svg>
  `;
}
