/** Before and after side by side: the smaller model on the left, in the colour of what runs here, the original on the right. */

import { html } from "lit";
import { accuracyRange } from "../../compare/accuracy-range.js";
import { quantity } from "../../energy/energy-format.js";
import { fixed, percent, size, time, words } from "../../shared/format.js";
import { list, number, say } from "../../shared/messages.js";
import { toScale } from "../../shared/to-scale.js";
import { changed } from "./changed.js";
import { notes } from "./inspection.js";
import { rangeOf } from "./range.js";
import { download, smallName } from "./take.js";
import { methodName, tried } from "./tried.js";

import { NONE } from "./work.js";

/** @typedef {import("./work.js").Outcome} Outcome */
/** @typedef {import("./work.js").Work} Work */
/** @typedef {import("../../shared/format.js").Figure} Figure */

const MOST_FLOATS = 12;
/** A change of fewer points is none. */
const LEAST = 0.005;
/** Notes on what stands on the page in other words. */
const ON_SAMPLES = new Set(["limit-finer-than-samples", "samples-few"]);
const SAID = new Set(["left-in-float", "nothing-holds", "samples-made-up"]);

/** @param {Outcome} made @param {Work} work @param {{print: () => void}} act */
export function outcome(made, work, { print }) {
  const { small, comparison, samples } = made;
  const { model } = work;
  if (!model) return "";
  const isNone = small.method === NONE;
  return html`
    <section class="own-outcome" aria-labelledby="own-outcome-title">
      <h3 id="own-outcome-title" tabindex="-1">${say("own-outcome-title")}</h3>
      <p class="own-print own-name" translate="no" .textContent=${model.name}></p>
      <p class="own-verdict">
        <span .textContent=${verdict(made, model.inspection.bytes)}></span>
        <small .textContent=${isNone ? "" : methodName(small.method)}></small>
      </p>
      ${isNone ? "" : figures(made, work, model.inspection.bytes)} ${ranges(made, work)}
      ${comparison ? changed(made, comparison, model.inspection.inputs) : ""}
      <div class="own-notes">
        ${floats(small.floats)}
        ${samples ? "" : html`<p class="own-note">${say("own-made-up")}</p>`}
        ${notes([...(small.notes ?? []), ...(comparison?.notes ?? [])].filter(({ code }) => !SAID.has(code) && (samples || !ON_SAMPLES.has(code))))}
      </div>
      <div class="disclosures">${tried(made)}</div>
      ${takeAway(made, model, print)}
      <p
        class="own-print own-note"
        .textContent=${say("own-printed-on", { date: new Date().toLocaleDateString("sv"), sha: model.inspection.sha256 })}
      ></p>
    </section>
  `;
}

/** The hero. @param {Outcome} made @param {Work} work @param {number} all bytes of the original */
function figures({ small, perf, comparison, samples }, work, all) {
  const bytes = small.bytes.length;
  const before = work.perf;
  const { accuracy = null, agreement = null, n = 0 } = comparison ?? {};
  return html`<table class="figures">
    <caption class="visually-hidden">
      ${say("own-outcome-caption")}
    </caption>
    <thead>
      <tr>
        <th scope="col" class="here">${say("own-small")}</th>
        <td></td>
        <th scope="col" class="there">${say("own-original")}</th>
      </tr>
    </thead>
    <tbody>
      ${row(say("own-how-big"), big(bytes, all), size(bytes), size(all))}
      ${row(say("own-how-long"), say("own-how-long-note"), time(perf?.model_ms.median), time(before?.model_ms.median))}
      ${
        perf?.energy && before?.energy
          ? row(
              say("own-how-much"),
              say("own-how-much-note", { origin: perf.energy.origin }),
              energy(perf.energy),
              energy(before.energy),
            )
          : ""
      }
      ${
        accuracy
          ? row(
              say("own-how-often"),
              say("own-how-often-note", { n }),
              percent(accuracy.small.value),
              percent(accuracy.original.value),
            )
          : ""
      }
      ${
        samples && agreement && !accuracy
          ? row(
              say("own-how-alike"),
              say("own-how-alike-note", { n }),
              percent(agreement.value),
              null,
            )
          : ""
      }
    </tbody>
  </table>`;
}

/** In a sentence. @param {Outcome} made @param {number} all bytes of the original */
function verdict({ small, comparison, samples }, all) {
  if (small.method === NONE) return say("own-verdict-none");
  const share = words(percent(small.bytes.length / all, 0));
  const { accuracy, agreement } = comparison ?? {};
  if (!samples || !agreement) return say("own-verdict-size", { share }); // made-up inputs tell nothing of answers
  if (accuracy) {
    const points = 100 * (accuracy.original.value - accuracy.small.value);
    const change = points > LEAST ? "less" : points < -LEAST ? "more" : "same";
    return say("own-verdict-accuracy", { share, change, points: fixed(Math.abs(points), 1) });
  }
  return say("own-verdict-agreement", {
    share,
    same: words(percent(agreement.value)),
    all: `${agreement.value === 1}`,
  });
}

/** @param {number} bytes @param {number} all */
function big(bytes, all) {
  const words = say("own-bytes-share", { ratio: fixed(all / bytes, 1) });
  return html`<span class="portion" .textContent=${words}></span>${toScale(bytes, all)}`;
}

/** @param {import("./told.js").Joules} told @returns {Figure} */
function energy({ joules }) {
  const [number, unit] = quantity(joules.mid, "J").split("\u00a0");
  return { number, unit };
}

/** What is not known exactly, as ranges. @param {Outcome} made @param {Work} work */
function ranges({ perf, comparison }, work) {
  const [spent, whole] = [perf?.energy, work.perf?.energy];
  const before = work.perf?.model_ms;
  const after = perf?.model_ms;
  const span = (/** @type {NonNullable<typeof after>} */ { min, median, p95 }) => ({
    low: Number(min),
    mid: Number(median),
    high: Number(p95),
  });
  const { accuracy } = comparison ?? {};
  return html`<div class="own-ranges">
    ${
      accuracy
        ? accuracyRange(/** @type {any} */ (accuracy.small), /** @type {any} */ (accuracy.original))
        : ""
    }
    ${
      before?.median && after?.median
        ? rangeOf(span(after), span(before), (ms) => words(time(ms)), say("own-range-time"))
        : ""
    }
    ${
      spent && whole
        ? rangeOf(spent.joules, whole.joules, (j) => quantity(j, "J"), say("own-range-energy"))
        : ""
    }
  </div>`;
}

/** @param {string[]} layers */
function floats(layers) {
  if (!layers.length) return "";
  const names = layers.slice(0, MOST_FLOATS);
  const all = layers.length > names.length ? [...names, "…"] : names;
  return html`<p
    class="own-floats"
    .textContent=${say("own-floats", { count: layers.length, names: list(all) })}
  ></p>`;
}

/** @param {Outcome} made @param {import("./work.js").Model} model @param {() => void} print */
function takeAway({ small, report }, { name }, print) {
  const isNone = small.method === NONE;
  const file = smallName(name, small.method);
  const json = () =>
    download(JSON.stringify(report, null, 2), "application/json", file.replace(/\.onnx$/, ".json"));
  const onnx = () => download(/** @type {any} */ (small.bytes), "application/octet-stream", file);
  return html`<div class="own-buttons own-take">
    ${
      isNone
        ? ""
        : html`<button
            type="button"
            class="own-main"
            .textContent=${say("own-take-model", { size: words(size(small.bytes.length)) })}
            @click=${onnx}
          ></button>`
    }
    <button type="button" ?disabled=${!report} @click=${json}>${say("own-take-report")}</button>
    <button type="button" @click=${print}>${say("own-take-print")}</button>
  </div>`;
}

/** @param {string} name @param {unknown} note @param {Figure} small @param {Figure | null} original null: there is none */
function row(name, note, small, original) {
  return html`<tr>
    <td class="figure here">${figure(small)}</td>
    <th scope="row">${name}<small>${note}</small></th>
    <td class="figure there">${original && figure(original)}</td>
  </tr>`;
}

/** @param {Figure} figure */
function figure({ number, unit }) {
  return html`<span class="figure-number" translate="no" .textContent=${number}></span>
    <span class="figure-unit" translate="no" .textContent=${unit}></span>`;
}
