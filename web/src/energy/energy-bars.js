/** The energy of one answer here and there, drawn as ranges on one axis. */

import { html, svg } from "lit";
import { axis } from "./energy-axis.js";
import { ends, quantity } from "./energy-format.js";
import { deviceName, label } from "./figure-label.js";
import { LightElement } from "../shared/light-element.js";
import { has, say } from "../shared/messages.js";
import { NAMES, recordedPlace } from "../shared/side-names.js";

/** @typedef {import("../shared/result.js").Figure} Figure */
/** @typedef {"here" | "there"} Where */

const SIDES = /** @type {const} */ (["here", "there"]);

export class EnergyBars extends LightElement {
  static properties = {
    here: { attribute: false },
    there: { attribute: false },
    device: {},
    recorded: { type: Boolean },
  };

  constructor() {
    super();
    /** @type {Figure | null} */
    this.here = null;
    /** @type {Figure | null} */
    this.there = null;
    /** What the visitor's device is counted as. */
    this.device = "";
    /** There was recorded. */
    this.recorded = false;
  }

  render() {
    const scale = axis([this.here, this.there].filter((figure) => figure !== null));
    return html`
      <figure class="energy-bars">
        ${SIDES.map((where) => this.#side(where, scale))}
        <div class="energy-axis" aria-hidden="true">
          ${scale.ticks
            .filter(({ named }) => named)
            .map(
              ({ value, at }) =>
                html`<span
                  translate="no"
                  .style=${`left: ${at}`}
                  .textContent=${quantity(value, "J")}
                ></span>`,
            )}
        </div>
        <figcaption>${say("energy-caption")}</figcaption>
      </figure>
    `;
  }

  /** @param {Where} where @param {import("./energy-axis.js").Axis} scale */
  #side(where, scale) {
    const figure = this[where];
    const { title } = NAMES[where];
    const place = this.recorded && where === "there" ? recordedPlace() : NAMES[where].place;
    return html`
      <div class="energy-side ${where}">
        <p class="energy-name">${title} <small .textContent=${place}></small></p>
        <p class="energy-number">
          ${
            figure
              ? html`<strong translate="no" .textContent=${about(figure)}></strong>
                  <small .textContent=${unsure(figure)}></small>`
              : html`<strong>–</strong> <small>${say("energy-not-known")}</small>`
          }
        </p>
        <p class="energy-terms" .textContent=${figure ? this.#terms(where, figure) : ""}></p>
        <svg aria-hidden="true">
          ${scale.ticks.map(({ at }) => svg`<line class="tick" x1=${at} x2=${at} y1="0" y2="100%" />`)}
          ${figure ? mark(figure, scale) : ""}
        </svg>
      </div>
    `;
  }

  /** @param {Where} where @param {Figure} total */
  #terms(where, total) {
    const parts = terms(where, total);
    if (parts.length > 1) return parts.join(", ");
    return this.device && where === "here"
      ? say("energy-counted-alone", { device: deviceName(this.device) })
      : say("energy-alone");
  }
}

customElements.define("energy-bars", EnergyBars);

/** @param {Figure} figure */
function unsure(figure) {
  return figure.low === figure.high || isTooShort(figure) ? "" : ends(figure);
}

/** @param {Figure} figure */
function about(figure) {
  const { mid, high, unit } = figure;
  return isTooShort(figure)
    ? say("energy-less-than", { most: quantity(high, unit) })
    : quantity(mid, unit);
}

/** Whether an answer took less time than the clock can tell: its energy then has no middle. @param {Figure} figure */
export function isTooShort(figure) {
  return figure.inputs.compute?.inputs.time?.low === 0;
}

/** A range with its middle, on an axis. @param {Omit<Figure, "inputs">} figure @param {import("./energy-axis.js").Axis} scale */
export function mark({ low, mid, high }, { at }) {
  const [left, right] = [at(low), at(high)];
  return svg`
    <line class="reach" x1=${left} x2=${right} y1="50%" y2="50%" />
    <line class="reach" x1=${left} x2=${left} y1="30%" y2="70%" />
    <line class="reach" x1=${right} x2=${right} y1="30%" y2="70%" />
    <circle cx=${at(mid)} cy="50%" r="6" />
  `;
}

/** In a word or two; the working tells them in full. @param {Where} where @param {Figure} total */
function terms(where, total) {
  return Object.entries(total.inputs).map(([name, figure]) => {
    const amount = quantity(figure.mid, figure.unit);
    const code = `energy-term-${name === "compute" ? where : name}`;
    if (has(code)) return say(code, { amount });
    return say("energy-term", { what: label(figure).toLowerCase(), amount });
  });
}
