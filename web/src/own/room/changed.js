/** Where two models disagree, with the samples themselves. */

import { html } from "lit";
import "./sample-picture.js";
import { className } from "./own-samples.js";
import { shown } from "../samples/shown.js";
import { percent, words } from "../../shared/format.js";
import { say } from "../../shared/messages.js";

const MOST = 24;

/**
 * @param {import("./work.js").Outcome} made
 * @param {import("./told.js").Comparison} comparison
 * @param {import("../samples/picture-plan.js").Input[]} inputs
 */
export function changed({ given, samples }, { n, changed, agreement, deviation }, inputs) {
  // Where answers are no labels, those count that are off by more than a hundredth, and none of them is listed.
  const count = agreement ? Math.round(n * (1 - agreement.value)) : 0;
  return html`
    ${samples ? html`<h4 .textContent=${say("own-changed", { count, n })}></h4>` : ""}
    ${
      deviation
        ? html`<p
            class="own-note"
            .textContent=${say("own-deviation", {
              mean: words(percent(deviation.mean, 2)),
              worst: words(percent(deviation.worst, 1)),
            })}
          ></p>`
        : ""
    }
    ${
      samples && changed.length
        ? html`<ul class="own-changed">
            ${changed.slice(0, MOST).map((each) => one(each, given, samples, inputs))}
          </ul>`
        : ""
    }
    ${
      samples && changed.length > MOST
        ? html`<p
            class="own-note"
            .textContent=${say("own-more-changed", { count: changed.length - MOST })}
          ></p>`
        : ""
    }
  `;
}

/**
 * @param {import("./told.js").Changed} each
 * @param {import("../samples/read.js").Given | null} given
 * @param {import("../samples/read.js").Samples} samples
 * @param {import("../samples/picture-plan.js").Input[]} inputs
 */
function one({ index, original, small, label }, given, samples, inputs) {
  const { seen, text } = shown(given, samples, inputs, index);
  const name = (/** @type {number} */ label) => className(samples, label);
  const truth = label ?? samples.labels?.[index] ?? null;
  const number = say("own-sample", { number: index + 1 });
  return html`<li>
    ${
      seen
        ? html`<sample-picture .seen=${seen} label=${number}></sample-picture>`
        : html`<span class="own-sample-text" translate="no" .textContent=${text || number}></span>`
    }
    <span>
      <span
        class="there"
        .textContent=${say("own-says-original", { label: name(original) })}
      ></span>
      <span class="here" .textContent=${say("own-says-small", { label: name(small) })}></span>
      ${
        truth === null
          ? ""
          : html`<span
              class="own-label"
              .textContent=${say("own-is", { label: name(truth) })}
            ></span>`
      }
    </span>
  </li>`;
}
