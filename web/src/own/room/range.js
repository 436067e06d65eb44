/** Two amounts with their ranges, drawn on one scale from 0 on: the smaller model above, the original below. */

import { html, svg } from "lit";
import { say } from "../../shared/messages.js";

/** One slow run must not push all else to the left: a line that is longer leaves the drawing, and its end is written. */
const MOST = 4;

/** @typedef {{low: number, mid: number, high: number}} Span */

/** @param {Span} small @param {Span} original @param {(value: number) => string} write @param {string} caption */
export function rangeOf(small, original, write, caption) {
  const highest = Math.max(small.high, original.high) || 1;
  const most = Math.min(highest, MOST * Math.max(small.mid, original.mid)) || highest;
  const at = (/** @type {number} */ value) =>
    `${(100 * Math.min(most, Math.max(0, value))) / most}%`;
  const mark = (
    /** @type {Span} */ { low, mid, high },
    /** @type {string} */ side,
    /** @type {number} */ y,
  ) =>
    svg`<g class=${side}>
      <line x1=${at(low)} x2=${at(high)} y1=${y} y2=${y} />
      <circle cx=${at(mid)} cy=${y} r="4" />
    </g>`;
  return html`<figure class="range">
    <svg aria-hidden="true">
      <line class="scale" x1="0" x2="100%" y1="38" y2="38" />
      ${mark(small, "here", 10)} ${mark(original, "there", 25)}
    </svg>
    <figcaption>
      <span translate="no">0</span>
      <span .textContent=${caption}></span>
      <span
        translate="no"
        .textContent=${most < highest ? say("own-range-beyond", { most: write(highest) }) : write(most)}
      ></span>
    </figcaption>
  </figure>`;
}
