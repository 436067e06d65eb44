/** How long a phase still takes: the figure, and how much of it is done. */

import { html } from "lit";

/**
 * Not announced: whoever shows it says in a status line when a phase begins and ends.
 *
 * @param {object} shown
 * @param {string} shown.name of the phase
 * @param {number} shown.left seconds
 * @param {number} shown.done seconds
 */
export function countdown({ name, left, done }) {
  return html`
    <p class="power-countdown">
      <strong translate="no" .textContent=${clock(left)}></strong>
      <small .textContent=${name}></small>
    </p>
    <progress aria-label=${name} value=${done} max=${left + done || 1}></progress>
  `;
}

/** 75 -> "1:15", 9.2 -> "10 s"; what has begun counts in full. @param {number} seconds */
function clock(seconds) {
  const whole = Math.ceil(Number(seconds.toFixed(1)));
  if (whole < 60) return `${whole}\u00a0s`;
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
