/** Watts as a visitor reads them: a short table with each figure, its range, and the range drawn on one axis. */

import { html, svg } from "lit";
import { twoDigits } from "../energy-format.js";
import { say } from "../../shared/messages.js";
import { plainly } from "../../shared/typed-number.js";

/** @typedef {import("../calibration.js").Three} Three */

/** @param {number} value */
export function watts(value) {
  return `${twoDigits(value)}\u00a0W`;
}

/** As it was typed. @param {number} value */
export function exactly(value) {
  return `${plainly(value)}\u00a0W`;
}

/** @param {Three} three */
export function reach({ low, high }) {
  if (low === high) return "";
  return say("calibrate-reach", { low: twoDigits(low), high: twoDigits(high) });
}

/** @param {[name: string, three: Three | null | undefined][]} told what is null is said to be not known */
export function powerTable(told) {
  const most = Math.max(...told.map(([, three]) => three?.high ?? 0));
  return html`
    <dl class="power-table">
      ${told.map(
        ([name, three]) => html`
          <div>
            <dt .textContent=${name}></dt>
            <dd>
              ${
                three
                  ? html`<strong
                        translate="no"
                        .textContent=${three.low === three.high ? exactly(three.mid) : watts(three.mid)}
                      ></strong>
                      <small .textContent=${reach(three)}></small> ${mark(three, most)}`
                  : html`<small>${say("calibrate-not-known")}</small>`
              }
            </dd>
          </div>
        `,
      )}
    </dl>
  `;
}

/** @param {Three} three @param {number} most the axis' end */
function mark({ low, mid, high }, most) {
  const at = (/** @type {number} */ value) => `${((100 * value) / most).toFixed(2)}%`;
  return html`<svg aria-hidden="true">
    <line class="power-axis" x1="0" x2="100%" y1="50%" y2="50%" />
    ${
      low === high
        ? ""
        : svg`<line class="power-reach" x1=${at(low)} x2=${at(high)} y1="50%" y2="50%" />`
    }
    <circle cx=${at(mid)} cy="50%" r="4" />
  </svg>`;
}
