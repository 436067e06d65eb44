/** Two shares with their ranges, drawn on one scale. */

import { html, svg } from "lit";
import { percent, words } from "../shared/format.js";
import { say } from "../shared/messages.js";

/** @typedef {import("../shared/result.js").Accuracy} Accuracy */

/** Ends at which the scale may start, so that it is not made to flatter anyone's eye for each pair anew. */
const STARTS = [0.99, 0.95, 0.9, 0.8, 0.5, 0];

/**
 * Nothing, where one of them is not known.
 *
 * @param {Accuracy | null | undefined} here
 * @param {Accuracy | null | undefined} there
 */
export function accuracyRange(here, there) {
  if (!here || !there) return "";
  const lowest = Math.min(here.low, there.low);
  const start = STARTS.find((end) => end <= lowest) ?? 0;
  const at = (/** @type {number} */ share) => `${(100 * (share - start)) / (1 - start)}%`;
  const mark = (
    /** @type {Accuracy} */ accuracy,
    /** @type {string} */ side,
    /** @type {number} */ y,
  ) =>
    svg`<g class=${side}>
      <line x1=${at(accuracy.low)} x2=${at(accuracy.high)} y1=${y} y2=${y} />
      <circle cx=${at(accuracy.value)} cy=${y} r="4" />
    </g>`;
  return html`
    <figure class="range">
      <svg aria-hidden="true">
        <line class="scale" x1="0" x2="100%" y1="38" y2="38" />
        ${mark(here, "here", 10)} ${mark(there, "there", 25)}
      </svg>
      <figcaption>
        <span translate="no" .textContent=${words(percent(start, 0))}></span>
        <span>${say("compare-range")}</span>
        <span translate="no">${words(percent(1, 0))}</span>
      </figcaption>
    </figure>
  `;
}
