/** What a model file holds: its size and work in large figures, everything else one click away. */

import { html } from "lit";
import { count, size, words } from "../../shared/format.js";
import { list, number, say } from "../../shared/messages.js";
import { sentences } from "./sentences.js";

/** @typedef {import("./told.js").Inspection} Inspection */
/** @typedef {import("./told.js").Note} Note */

/** So many rows of a table are shown: a model may have ten thousand layers. */
const MOST_ROWS = 200;

/** @param {import("./work.js").Model} model @param {unknown} another */
export function inspection({ name, inspection: told }, another) {
  const facts = [
    [say("own-fact-bytes"), words(size(told.bytes))],
    [say("own-fact-params"), words(count(told.params))],
    [say("own-fact-macs"), told.macs === null ? "–" : words(count(told.macs))],
    [say("own-fact-memory"), words(size(told.memory_bytes))],
  ];
  return html`
    <div class="own-head">
      <h3 class="own-name" translate="no" .textContent=${name}></h3>
      <div class="own-buttons">${another}</div>
    </div>
    <dl class="own-facts own-large">
      ${facts.map(
        ([label, value]) =>
          html`<div>
            <dt .textContent=${label}></dt>
            <dd translate="no" .textContent=${value}></dd>
          </div>`,
      )}
    </dl>
    <div class="own-notes">
      <p class="own-origin" .textContent=${origin(told)}></p>
      ${notes(told.notes.filter(({ code }) => code !== "note-operators-missing"))}
    </div>
    ${
      told.missing_here.length
        ? html`<p
            class="own-problem"
            .textContent=${say("own-missing", { operators: list(told.missing_here.slice(0, 20)), count: told.missing_here.length })}
          ></p>`
        : ""
    }
    <div class="disclosures">
      <details>
        <summary>${say("own-ports")}</summary>
        <div class="own-bounded" tabindex="0" role="region" aria-label=${say("own-ports")}>
          <table class="facts">
            <thead>
              <tr>
                ${heads("own-port-way", "own-port-name", "own-port-dtype", "own-port-shape")}
              </tr>
            </thead>
            <tbody>
              ${told.inputs.map((port) => portRow(say("own-port-in"), port))}
              ${told.outputs.map((port) => portRow(say("own-port-out"), port))}
            </tbody>
          </table>
        </div>
      </details>
      ${operators(told)} ${weights(told)}
    </div>
  `;
}

/** What to know. @param {Note[]} all */
export function notes(all) {
  return sentences(all).map((text) => html`<p class="own-note" .textContent=${text}></p>`);
}

/** A shape as it is written down; what is left open by its name. @param {(number | string | null)[] | null} shape */
export function shapeWords(shape) {
  if (!shape) return say("own-shape-none");
  return shape.length ? shape.map((each) => each ?? "?").join(" × ") : say("own-shape-single");
}

/** @param {Inspection} told */
function origin({ opset, producer, ir_version, sha256, quantized }) {
  const parts = [
    opset === null ? "" : say("own-opset", { opset, format: ir_version }),
    producer ? say("own-producer", { producer }) : "",
    quantized ? say("own-quantized") : "",
    say("own-sha", { sha: sha256.slice(0, 12) }),
  ];
  return parts.filter(Boolean).join(" ");
}

/** @param {Inspection} told */
function operators({ operators, missing_here }) {
  const all = Object.entries(operators);
  return html`<details>
    <summary .textContent=${say("own-operators", { count: all.length })}></summary>
    <div class="own-bounded" tabindex="0" role="region" aria-label=${say("own-operators-table")}>
      <table class="facts">
        <thead>
          <tr>
            ${heads("own-operator", "own-operator-count", "own-operator-here")}
          </tr>
        </thead>
        <tbody>
          ${all.slice(0, MOST_ROWS).map(
            ([op, times]) =>
              html`<tr>
                <th scope="row" translate="no" .textContent=${op}></th>
                <td .textContent=${number(times)}></td>
                <td
                  .textContent=${say(missing_here.includes(op) ? "own-operator-no" : "own-operator-yes")}
                ></td>
              </tr>`,
          )}
        </tbody>
      </table>
      ${more(all.length)}
    </div>
  </details>`;
}

/** The largest first. @param {Inspection} told */
function weights({ weights }) {
  const all = [...weights].sort((a, b) => b.bytes - a.bytes);
  return html`<details>
    <summary .textContent=${say("own-weights", { count: all.length })}></summary>
    <div class="own-bounded" tabindex="0" role="region" aria-label=${say("own-weights-table")}>
      <table class="facts">
        <thead>
          <tr>
            ${heads("own-weight-layer", "own-weight-shape", "own-weight-params", "own-weight-bytes")}
          </tr>
        </thead>
        <tbody>
          ${all.slice(0, MOST_ROWS).map(
            ({ layer, op, shape, dtype, params, bytes }) =>
              html`<tr>
                <th scope="row" translate="no" .textContent=${`${layer} (${op})`}></th>
                <td translate="no" .textContent=${`${shapeWords(shape)}, ${dtype}`}></td>
                <td .textContent=${words(count(params))}></td>
                <td .textContent=${words(size(bytes))}></td>
              </tr>`,
          )}
        </tbody>
      </table>
      ${more(all.length)}
    </div>
  </details>`;
}

/** @param {number} all */
function more(all) {
  return all > MOST_ROWS
    ? html`<p class="own-note" .textContent=${say("own-more", { count: all - MOST_ROWS })}></p>`
    : "";
}

/** @param {string} way @param {import("../samples/picture-plan.js").Input} port */
function portRow(way, { name, dtype, shape }) {
  return html`<tr>
    <td .textContent=${way}></td>
    <td translate="no" .textContent=${name}></td>
    <td translate="no" .textContent=${dtype}></td>
    <td translate="no" .textContent=${shapeWords(shape)}></td>
  </tr>`;
}

/** @param {...string} codes */
function heads(...codes) {
  return codes.map((code) => html`<th scope="col">${say(code)}</th>`);
}
