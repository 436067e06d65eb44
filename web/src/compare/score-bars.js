/** How likely each answer is, as a row of bars that reads as a list of percentages. */

import { html, svg } from "lit";
import { fixed } from "../shared/format.js";

/**
 * @param {string[]} names
 * @param {number[] | null} scores shares of 1; null while there are none
 * @param {string} label
 */
export function scoreBars(names, scores, label) {
  const best = scores ? Math.max(...scores) : NaN;
  return html`
    <ol class="scores" aria-label=${label}>
      ${names.map((name, index) => {
        const score = scores?.[index] ?? 0;
        return html`
          <li class=${score === best && score > 0 ? "best" : ""}>
            <svg viewBox="0 0 10 100" preserveAspectRatio="none" aria-hidden="true">
              ${svg`<rect x="0" width="10" y=${100 - 100 * score} height=${100 * score} />`}
            </svg>
            <span translate="no" .textContent=${name}></span>
            <span
              class="visually-hidden"
              translate="no"
              .textContent=${scores ? `${fixed(score * 100, 1)} %` : ""}
            ></span>
          </li>
        `;
      })}
    </ol>
  `;
}
