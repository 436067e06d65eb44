/** What is asked for before a model is timed or made smaller. */

import { html } from "lit";
import { numberField, readNumbers } from "../../energy/calibrate/calibration-field.js";
import { quantity, ends } from "../../energy/energy-format.js";
import { size, time, words } from "../../shared/format.js";
import { say } from "../../shared/messages.js";
import { REPEATS } from "./work.js";

/** @typedef {import("./work.js").Work} Work */
/** @typedef {{busy: import("./work.js").Busy | null, able: boolean, state: (what: import("./work.js").What) => unknown}} About */

export const METHODS = ["auto", "static-int8", "dynamic-int8", "weights-int8", "float16"];
/** To see which values occur. */
const NEEDS_SAMPLES = "static-int8";
const MAX_DROP = { least: 0, most: 100, usual: 0.5 };

/** @param {Work} work @param {About} about @param {() => void} press */
export function runForm({ perf, samples }, { busy, able, state }, press) {
  const running = busy?.what === "run";
  return html`
    <section class="own-part" aria-labelledby="own-run-title">
      <h3 id="own-run-title">${say("own-run-title")}</h3>
      <p
        .textContent=${able ? say("own-run-note", { real: `${samples !== null}` }) : say("own-unable")}
      ></p>
      ${perf ? facts(perf) : ""}
      <div class="own-buttons">
        <button
          type="button"
          ?disabled=${!able || (busy !== null && !running) || busy?.stopping}
          .textContent=${running ? say("own-cancel") : say("own-run", { repeats: REPEATS })}
          @click=${press}
        ></button>
      </div>
      ${state("run")}
    </section>
  `;
}

/** @param {Work} work @param {About} about @param {Record<string, string>} wrong @param {(event: SubmitEvent) => void} submit */
export function shrinkForm({ samples, model }, { busy, able, state }, wrong, submit) {
  const running = busy?.what === "shrink";
  return html`
    <section class="own-part" aria-labelledby="own-shrink-title">
      <h3 id="own-shrink-title">${say("own-shrink-title")}</h3>
      <p
        .textContent=${model?.inspection.quantized ? say("own-shrink-quantized") : say("own-shrink-note")}
      ></p>
      <form class="own-shrink" novalidate @submit=${submit}>
        <div class="power-field">
          <label for="own-method">${say("own-method")}</label>
          <select id="own-method" name="method" ?disabled=${running}>
            ${METHODS.map(
              (method) =>
                html`<option
                  value=${method}
                  ?disabled=${method === NEEDS_SAMPLES && !samples}
                  .textContent=${say(`own-method-${method}`)}
                ></option>`,
            )}
          </select>
        </div>
        ${numberField({
          id: "own-max-drop",
          name: "max_drop",
          label: say("own-max-drop", { of: samples?.labels ? "accuracy" : "agreement" }),
          unit: say("own-points"),
          hint: say("own-max-drop-note", { of: samples?.labels ? "accuracy" : "agreement" }),
          wrong: wrong.max_drop,
          least: MAX_DROP.least,
          most: MAX_DROP.most,
          value: MAX_DROP.usual,
        })}
        <div class="own-buttons">
          <button
            type="submit"
            class="own-main"
            ?disabled=${!able || (busy !== null && !running) || busy?.stopping}
            .textContent=${running ? say("own-cancel") : say("own-shrink")}
          ></button>
        </div>
      </form>
      ${state("shrink")}
    </section>
  `;
}

/** @param {HTMLFormElement} form @returns {{method: string, maxDrop: number | null, wrong: Record<string, string>}} */
export function readShrink(form) {
  const { values, wrong } = readNumbers(form);
  const { value: method } = /** @type {HTMLSelectElement} */ (form.elements.namedItem("method"));
  return { method, maxDrop: wrong.max_drop ? null : values.max_drop, wrong };
}

/** @param {import("./told.js").Perf} perf */
function facts({ model_ms, load_ms, memory_bytes, energy }) {
  const rows = [
    [say("own-median"), words(time(model_ms.median)), say("own-of-runs", { runs: model_ms.n })],
    [say("own-p95"), words(time(model_ms.p95)), say("own-p95-note")],
    [say("own-load"), words(time(load_ms)), say("own-load-note")],
    ...(energy
      ? [
          [
            say("own-energy"),
            quantity(energy.joules.mid, "J"),
            ends({ ...energy.joules, unit: "J" }),
          ],
        ]
      : []),
    ...(memory_bytes
      ? [[say("own-memory"), words(size(memory_bytes)), say("own-memory-note")]]
      : []),
  ];
  return html`<dl class="own-facts">
    ${rows.map(
      ([name, value, note]) =>
        html`<div>
          <dt .textContent=${name}></dt>
          <dd translate="no" .textContent=${value}></dd>
          <dd class="own-note" .textContent=${note}></dd>
        </div>`,
    )}
  </dl>`;
}
