/** Show the working: every figure of the balance, what it was computed from and where that comes from. */

import { html } from "lit";
import { range } from "./energy-format.js";
import { address } from "../shared/address.js";
import { LightElement } from "../shared/light-element.js";
import { exact, said } from "../shared/said.js";

/** @typedef {import("../shared/result.js").Figure} Figure */
/** @typedef {import("./breakdown.js").Sheet} Sheet */

export class EnergyWorking extends LightElement {
  static properties = { sheet: { attribute: false }, opened: { state: true } };

  constructor() {
    super();
    /** @type {Sheet | null} */
    this.sheet = null;
    /** The tree is long: it is made only for those who look at it. */
    this.opened = false;
  }

  render() {
    return html`
      <details class="energy-working" @toggle=${this.#toggle}>
        <summary>Show the working</summary>
        ${this.opened ? html`<div>${this.#tree()}</div>` : ""}
      </details>
    `;
  }

  #tree() {
    const { sheet } = this;
    return html`
      <p>
        <em>Measured</em> was read from a clock or counted. <em>Estimated</em> rests on at least one
        figure that nobody measured for you: what a device like yours draws, or what others
        published. Each figure is told as low – middle – high.
        <a href=${address("method.html")}>How we measure</a>
      </p>
      ${
        sheet
          ? html`
              ${section("Here", figures(sheet.here?.total, sheet.here?.per_correct), "here")}
              ${section("There", figures(sheet.there?.total, sheet.there?.per_correct), "there")}
              ${section("Before the first answer here", figures(sheet.break_even?.once))}
              ${(sheet.everyday ?? []).map(({ words, here, there }) => pair(words, here, there))}
              ${sheet.co2e ? pair(sheet.co2e.words, sheet.co2e.here, sheet.co2e.there) : ""}
            `
          : html`<p>There is nothing to show yet: it needs an answer first.</p>`
      }
    `;
  }

  /** @param {Event} event */
  #toggle(event) {
    const details = /** @type {HTMLDetailsElement} */ (event.currentTarget);
    // Details further down say so, too.
    if (event.target === details) this.opened = details.open;
  }
}

customElements.define("energy-working", EnergyWorking);

/** @param {(Figure | undefined)[]} told */
function figures(...told) {
  return told.filter((figure) => figure !== undefined);
}

/** @param {string} title @param {Figure[]} told @param {string} [side] */
function section(title, told, side = "") {
  if (!told.length) return "";
  return html`
    <h4 class=${side} .textContent=${title}></h4>
    <ul>
      ${told.map((figure, index) => item(figure, index === 0))}
    </ul>
  `;
}

/** @param {string} words @param {Figure} here @param {Figure} there */
function pair(words, here, there) {
  return html`
    <h4 .textContent=${words}></h4>
    <ul>
      ${item(here, false, "Here")} ${item(there, false, "There")}
    </ul>
  `;
}

/**
 * @param {Figure} figure
 * @param {boolean} open
 * @param {string} [side]
 * @returns {unknown}
 */
function item(figure, open, side) {
  const { unit, low, mid, high, origin, source } = figure;
  const inputs = Object.values(figure.inputs);
  const line = html`<span
      class="label"
      .textContent=${`${side ? `${side}: ` : ""}${figure.label}`}
    ></span>
    <span class="value">${exact(range(figure))}, ${said(origin)}</span>`;
  const from = source ? html`<p class="source" .textContent=${source}></p>` : "";
  return html`
    <li data-figure=${unit} data-low=${low} data-mid=${mid} data-high=${high} data-origin=${origin}>
      ${
        inputs.length
          ? html`<details ?open=${open}>
              <summary>${line}</summary>
              ${from}
              <ul>
                ${inputs.map((input) => item(input, false))}
              </ul>
            </details>`
          : html`<p class="line">${line}</p>
              ${from || html`<p class="source">its source was not told</p>`}`
      }
    </li>
  `;
}
