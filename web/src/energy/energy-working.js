/** Show the working: every figure of the balance, what it was computed from and where that comes from. */

import { html } from "lit";
import { ifDefined } from "lit/directives/if-defined.js";
import { range } from "./energy-format.js";
import { label, sourceWords } from "./figure-label.js";
import { co2eWords, everydayWords } from "./words.js";
import { address } from "../shared/address.js";
import { LightElement } from "../shared/light-element.js";
import { say } from "../shared/messages.js";
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
        <summary>${say("figures-show")}</summary>
        ${this.opened ? html`<div>${this.#tree()}</div>` : ""}
      </details>
    `;
  }

  #tree() {
    const { sheet } = this;
    return html`
      <p>
        ${emphasised(say("figures-kinds"))}
        <a href=${address("method.html")}>${say("figures-method")}</a>
      </p>
      ${
        sheet
          ? html`
              ${section(say("figures-side", { side: "here" }), figures(sheet.here?.total, sheet.here?.per_correct), "here")}
              ${section(say("figures-side", { side: "there" }), figures(sheet.there?.total, sheet.there?.per_correct), "there")}
              ${section(say("figures-before"), figures(sheet.break_even?.once))}
              ${(sheet.everyday ?? []).map((each) => pair(everydayWords(each), each.here, each.there))}
              ${sheet.co2e ? pair(co2eWords(sheet.co2e), sheet.co2e.here, sheet.co2e.there) : ""}
            `
          : html`<p>${say("figures-nothing")}</p>`
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

/** Words between two stars stand out. @param {string} text */
function emphasised(text) {
  return text.split("*").map((part, index) => (index % 2 ? html`<em>${part}</em>` : part));
}

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
      ${told.map((figure, index) => figureItem(figure, index === 0))}
    </ul>
  `;
}

/** @param {string} words @param {Figure} here @param {Figure} there */
function pair(words, here, there) {
  return html`
    <h4 .textContent=${words}></h4>
    <ul>
      ${figureItem(here, false, "here")} ${figureItem(there, false, "there")}
    </ul>
  `;
}

/**
 * A figure, and below it what it was computed from, down to the sources.
 *
 * @param {Figure} figure
 * @param {boolean} open
 * @param {string} [side]
 * @returns {unknown}
 */
export function figureItem(figure, open, side) {
  const { unit, low, mid, high, origin, source } = figure;
  const inputs = Object.values(figure.inputs);
  const what = label(figure);
  const line = html`<span
      class="label"
      .textContent=${side ? say("figures-of-side", { side, what }) : what}
    ></span>
    <span class="value">${exact(range(figure))}, ${said(say("figures-origin", { origin }))}</span>`;
  const { text, lang } = sourceWords(source);
  const from = source
    ? html`<p class="source" lang=${ifDefined(lang)} .textContent=${text}></p>`
    : "";
  return html`
    <li data-figure=${unit} data-low=${low} data-mid=${mid} data-high=${high} data-origin=${origin}>
      ${
        inputs.length
          ? html`<details ?open=${open}>
              <summary>${line}</summary>
              ${from}
              <ul>
                ${inputs.map((input) => figureItem(input, false))}
              </ul>
            </details>`
          : html`<p class="line">${line}</p>
              ${from || html`<p class="source">${say("figures-untold")}</p>`}`
      }
    </li>
  `;
}
