/** Every figure of both sides, and a measurement to make them firm; says `measure` and `cancel`. */

import { html, nothing } from "lit";
import { accuracyRange } from "./accuracy-range.js";
import { count, fixed, NOTHING, percent, size, time, words } from "../shared/format.js";
import { LightElement } from "../shared/light-element.js";
import { say } from "../shared/messages.js";
import { NAMES } from "../shared/side-names.js";

/** @typedef {import("./headline-figures.js").Standing} Standing */
/** @typedef {{done: number, runs: number, running: boolean, text: string}} Progress */

export class AllFigures extends LightElement {
  static properties = {
    here: { attribute: false, hasChanged: () => true },
    there: { attribute: false, hasChanged: () => true },
    progress: { attribute: false },
    able: { type: Boolean },
  };

  constructor() {
    super();
    /** @type {Standing | undefined} */
    this.here = undefined;
    /** @type {Standing | undefined} */
    this.there = undefined;
    /** @type {Progress} */
    this.progress = { done: 0, runs: 0, running: false, text: "" };
    /** There is something to measure with. */
    this.able = false;
  }

  render() {
    const { here, there } = this;
    if (!here || !there) return "";
    return html`
      ${this.#measure()}
      <table class="facts">
        <caption class="visually-hidden">
          ${say("compare-all-caption")}
        </caption>
        <thead>
          <tr>
            <td></td>
            <th scope="col" class="here">${NAMES.here.title}</th>
            <th scope="col" class="there">${NAMES.there.title}</th>
          </tr>
        </thead>
        <tbody>
          ${ROWS.map(
            ([code, value, words]) => html`
              <tr translate=${words ? "yes" : "no"}>
                <th scope="row" translate="yes">${say(code)}</th>
                <td lang=${words === "en" ? words : nothing} .textContent=${value(here)}></td>
                <td lang=${words === "en" ? words : nothing} .textContent=${value(there)}></td>
              </tr>
            `,
          )}
        </tbody>
      </table>
      ${accuracyRange(here.variant?.accuracy, there.variant?.accuracy)}
    `;
  }

  #measure() {
    const { done, runs, running, text } = this.progress;
    return html`
      <div class="measure">
        ${
          running
            ? html`<button type="button" @click=${() => this.#say("cancel")}>
                  ${say("compare-cancel")}
                </button>
                <progress
                  value=${done}
                  max=${runs}
                  aria-label=${say("compare-measuring")}
                ></progress>`
            : html`<button
                type="button"
                ?disabled=${!this.able}
                .textContent=${say("compare-measure", { runs })}
                @click=${() => this.#say("measure")}
              ></button>`
        }
        <p role="status" .textContent=${text}></p>
      </div>
    `;
  }

  /** @param {string} what */
  #say(what) {
    this.dispatchEvent(new CustomEvent(what));
  }
}

customElements.define("all-figures", AllFigures);

/**
 * The message that names each, and its figures, but those that are told in words: the page's, or the manifest's in English.
 *
 * @type {[code: string, value: (standing: Standing) => string, words?: "page" | "en"][]}
 */
const ROWS = [
  ["compare-row-model", ({ variant }) => variant?.id ?? "–"],
  ["compare-row-answers", ({ side }) => fixed(side.times.of("total")?.n ?? 0, 0)],
  ["compare-row-total", ({ side }) => spread(side, "total")],
  ["compare-row-of-model", ({ side }) => spread(side, "model")],
  ["compare-row-python", ({ side }) => spread(side, "python")],
  [
    "compare-row-network",
    ({ side }) => (side.where === "here" ? say("compare-no-way") : spread(side, "network")),
    "page",
  ],
  [
    "compare-row-loading",
    ({ side }) => words(time(side.result?.timing.load_ms, side.where === "here" ? side.stepMs : 0)),
  ],
  ["compare-row-sent", ({ side }) => words(side.result ? size(side.result.bytes_sent) : NOTHING)],
  ["compare-row-file", ({ variant }) => words(size(variant?.bytes))],
  ["compare-row-numbers", ({ variant }) => words(count(variant?.params))],
  ["compare-row-multiplications", ({ variant }) => words(count(variant?.macs || undefined))],
  ["compare-how-often", ({ variant }) => share(variant), "page"],
  ["compare-row-recipe", ({ variant }) => variant?.recipe ?? "–", "en"],
];

/** @param {import("./side.js").Side} side @param {"total" | "model" | "python" | "network"} part */
function spread(side, part) {
  const spread = side.times.of(part);
  if (!spread) return "–";
  // The server tells by its own clock how long its model took.
  const stepMs =
    side.where === "there" && (part === "model" || part === "python") ? 0 : side.stepMs;
  const told = (/** @type {number} */ ms) => words(time(ms, stepMs));
  const median = told(spread.median);
  return spread.p95 === null ? median : say("compare-spread", { median, most: told(spread.p95) });
}

/** @param {import("../shared/result.js").Variant | undefined} variant */
function share(variant) {
  if (!variant?.accuracy) return "–";
  const { value, low, high, n } = variant.accuracy;
  return say("compare-share", {
    share: words(percent(value, 2)),
    n: fixed(n, 0),
    low: percent(low, 2).number,
    high: words(percent(high, 2)),
  });
}
