/** How likely each label is, in lines that have room for a long name; of many labels, those that are likeliest. */

import { html } from "lit";
import { percent, words } from "../shared/format.js";

/** So many labels are all shown, in their order. */
const ALL = 6;
const MOST = 5;

/** @param {readonly string[]} labels @param {Record<string, number>} scores @param {string} name heard only */
export function shareBars(labels, scores, name) {
  const likeliest = [...labels].sort((one, other) => scores[other] - scores[one]).slice(0, MOST);
  const shown = labels.length > ALL ? likeliest : labels;
  return html`
    <ol class="share-bars" aria-label=${name}>
      ${shown.map(
        (label) => html`
          <li class=${label === likeliest[0] ? "best" : ""}>
            <span translate="no" .textContent=${label}></span>
            <span translate="no" .textContent=${words(percent(scores[label], 1))}></span>
            <svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
              <rect width=${100 * scores[label]} height="4" />
            </svg>
          </li>
        `,
      )}
    </ol>
  `;
}
