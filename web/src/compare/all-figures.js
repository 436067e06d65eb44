/** Every figure of both sides, and a measurement to make them firm; says `measure` and `cancel`. */

import { html } from "lit";
import { accuracyRange } from "./accuracy-range.js";
import { count, NOTHING, percent, size, time, words } from "../shared/format.js";
import { LightElement } from "../shared/light-element.js";

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
          Every figure, here and there
        </caption>
        <thead>
          <tr>
            <td></td>
            <th scope="col" class="here">Here</th>
            <th scope="col" class="there">There</th>
          </tr>
        </thead>
        <tbody>
          ${ROWS.map(
            ([name, value, words]) => html`
              <tr translate=${words ? "yes" : "no"}>
                <th scope="row" translate="yes">${name}</th>
                <td .textContent=${value(here)}></td>
                <td .textContent=${value(there)}></td>
              </tr>
            `,
          )}
        </tbody>
      </table>
      ${here.variant && there.variant ? accuracyRange(here.variant, there.variant) : ""}
    `;
  }

  #measure() {
    const { done, runs, running, text } = this.progress;
    return html`
      <div class="measure">
        ${
          running
            ? html`<button type="button" @click=${() => this.#say("cancel")}>Cancel</button>
                <progress value=${done} max=${runs} aria-label="Measuring"></progress>`
            : html`<button
                type="button"
                ?disabled=${!this.able}
                .textContent=${`Measure ${runs} times`}
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

/** Names and figures, but those that are told in words. @type {[name: string, value: (standing: Standing) => string, words?: boolean][]} */
const ROWS = [
  ["Model", ({ variant }) => variant?.id ?? "–"],
  ["Answers timed", ({ side }) => `${side.times.of("total")?.n ?? 0}`],
  ["From asking to the answer", ({ side }) => spread(side, "total")],
  ["of that, the model", ({ side }) => spread(side, "model")],
  ["of that, Python around it", ({ side }) => spread(side, "python")],
  [
    "of that, the way to the server and back",
    ({ side }) => (side.where === "here" ? "none" : spread(side, "network")),
    true,
  ],
  [
    "Loading the model",
    ({ side }) => words(time(side.result?.timing.load_ms, side.where === "here" ? side.stepMs : 0)),
  ],
  ["Sent for an answer", ({ side }) => words(side.result ? size(side.result.bytes_sent) : NOTHING)],
  ["Model file", ({ variant }) => words(size(variant?.bytes))],
  ["Numbers in the model", ({ variant }) => words(count(variant?.params))],
  ["Multiplications for an answer", ({ variant }) => words(count(variant?.macs))],
  ["How often right", ({ variant }) => share(variant), true],
  ["How it was made", ({ variant }) => variant?.recipe ?? "–", true],
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
  return spread.p95 === null ? median : `${median}, 95 % within ${told(spread.p95)}`;
}

/** @param {import("../shared/result.js").Variant | undefined} variant */
function share(variant) {
  if (!variant) return "–";
  const { value, low, high, n } = variant.accuracy;
  const range = `${percent(low, 2).number} to ${words(percent(high, 2))}`;
  return `${words(percent(value, 2))} of ${n.toLocaleString("en")} (${range} with 95 % confidence)`;
}
