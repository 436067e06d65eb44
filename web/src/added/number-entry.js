/** Fields for numbers; says `numbers` with all of them, or with null while one can not be used. */

import { html } from "lit";
import { LightElement } from "../shared/light-element.js";
import { say } from "../shared/messages.js";
import { plainly, toType, typedNumber } from "../shared/typed-number.js";

/** @typedef {{name: string, unit: string, low: number, high: number, value: number}} Asked */

export class NumberEntry extends LightElement {
  static properties = {
    name: {},
    label: {},
    asked: { attribute: false },
    samples: { attribute: false },
    wrong: { state: true },
  };

  constructor() {
    super();
    /** Tells its fields from those of others on the page. */
    this.name = "";
    this.label = "";
    /** @type {Asked[]} */
    this.asked = [];
    /** @type {{name: string, input: {numbers: number[]}}[]} */
    this.samples = [];
    /** What is wrong with each field. @type {string[]} */
    this.wrong = [];
  }

  /** @param {{numbers: number[]}} input */
  show({ numbers }) {
    for (const [index, field] of this.#fields.entries()) field.value = toType(numbers[index]);
    this.#typed();
  }

  render() {
    const { name } = this;
    return html`
      <div class="number-entry">
        <p id="${name}-question" class="picture-question" .textContent=${this.label}></p>
        <div class="number-fields" role="group" aria-labelledby="${name}-question">
          ${this.asked.map((asked, index) => this.#field(asked, index))}
        </div>
        <p id="${name}-choose">${say("added-choose")}</p>
        <div class="text-samples" role="group" aria-labelledby="${name}-choose">
          ${this.samples.map(
            (sample) =>
              html`<button
                type="button"
                translate="no"
                .textContent=${sample.name}
                @click=${() => this.show(sample.input)}
              ></button>`,
          )}
        </div>
      </div>
    `;
  }

  firstUpdated() {
    this.#typed();
  }

  /** @param {Asked} asked @param {number} index */
  #field({ name, unit, low, high, value }, index) {
    const id = `${this.name}-number-${index}`;
    const wrong = this.wrong[index] ?? "";
    const hint = say("added-bounds", { low: plainly(low), high: plainly(high) });
    return html`
      <div class="number-field">
        <label for=${id} translate="no" .textContent=${name}></label>
        <span>
          <input
            id=${id}
            inputmode="decimal"
            autocomplete="off"
            value=${toType(value)}
            aria-invalid=${wrong ? "true" : "false"}
            aria-describedby="${id}-note"
            @input=${this.#typed}
          />
          <span translate="no" .textContent=${unit}></span>
        </span>
        <p
          id="${id}-note"
          class=${wrong ? "number-wrong" : "number-hint"}
          .textContent=${wrong || hint}
        ></p>
      </div>
    `;
  }

  get #fields() {
    return /** @type {NodeListOf<HTMLInputElement>} */ (
      this.querySelectorAll(".number-field input")
    );
  }

  #typed() {
    const read = this.asked.map(({ unit, low, high }, index) =>
      typedNumber(this.#fields[index].value, { unit, least: low, most: high }),
    );
    this.wrong = read.map(({ wrong }) => wrong);
    const numbers = read.map(({ value }) => value);
    const detail = numbers.includes(null) ? null : { numbers };
    this.dispatchEvent(new CustomEvent("numbers", { detail }));
  }
}

customElements.define("number-entry", NumberEntry);
