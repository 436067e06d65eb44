/** The three figures that matter, here and there: how long, how big, how often right. */

import { html } from "lit";
import { fixed, NOTHING, percent, portion, size, time } from "../shared/format.js";
import { LightElement } from "../shared/light-element.js";
import { say } from "../shared/messages.js";
import { said } from "../shared/said.js";
import { NAMES } from "../shared/side-names.js";
import { toScale } from "../shared/to-scale.js";

/**
 * @typedef {object} Standing one side and the variant that it runs
 * @property {import("./side.js").Side} side
 * @property {Variant | undefined} variant
 * @typedef {import("../shared/result.js").Variant} Variant
 * @typedef {import("../shared/format.js").Figure} Figure
 */

export class HeadlineFigures extends LightElement {
  static properties = {
    here: { attribute: false, hasChanged: () => true },
    there: { attribute: false, hasChanged: () => true },
    things: {},
  };

  constructor() {
    super();
    /** @type {Standing | undefined} */
    this.here = undefined;
    /** @type {Standing | undefined} */
    this.there = undefined;
    /** What the test set consists of. */
    this.things = "";
  }

  render() {
    const { here, there } = this;
    if (!here || !there) return "";
    const [one, other] = [here.variant, there.variant];
    return html`
      <table class="figures">
        <caption class="visually-hidden">
          ${say("compare-figures-caption")}
        </caption>
        <thead class="visually-hidden">
          <tr>
            <th scope="col">${NAMES.here.title}</th>
            <td></td>
            <th scope="col">${NAMES.there.title}</th>
          </tr>
        </thead>
        <tbody>
          ${row(say("compare-how-long"), asking(there), took(here), took(there))}
          ${row(say("compare-how-big"), work(one, other), size(one?.bytes), size(other?.bytes))}
          ${row(say("compare-how-often"), tested(one, this.things), right(one), right(other))}
        </tbody>
      </table>
    `;
  }
}

customElements.define("headline-figures", HeadlineFigures);

/** @param {Standing} there */
function asking({ side }) {
  return said(say(side.recorded ? "compare-asking-recorded" : "compare-asking"));
}

/** @param {Standing} standing */
function took({ side }) {
  return time(side.times.of("total")?.median, side.stepMs);
}

/** @param {Variant | undefined} variant */
function right(variant) {
  return percent(variant?.accuracy?.value);
}

/** @param {Variant | undefined} variant @param {string} things */
function tested(variant, things) {
  const { accuracy } = variant ?? {};
  return said(accuracy ? say("compare-tested", { n: fixed(accuracy.n, 0), things }) : "");
}

/** @param {Variant | undefined} here @param {Variant | undefined} there */
function work(here, there) {
  if (!here?.macs || !there?.macs) return ""; // of some that were added they are not known
  return html`<span class="portion" .textContent=${portion(here.macs, there.macs)}></span
    >${toScale(here.macs, there.macs)}`;
}

/**
 * @param {string} name
 * @param {unknown} note
 * @param {Figure} here
 * @param {Figure} there
 */
function row(name, note, here, there) {
  return html`
    <tr>
      <td class="figure here">${figure(here)}</td>
      <th scope="row">${name}<small>${note}</small></th>
      <td class="figure there">${figure(there)}</td>
    </tr>
  `;
}

/** @param {Figure} figure */
function figure({ number, unit }) {
  return html`<span class="figure-number" translate="no" .textContent=${number}></span>
    <span class="figure-unit" translate="no" .textContent=${unit}></span>`;
}
