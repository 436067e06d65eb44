/** Which model runs on each side; says `choose` with the side and the variant. */

import { html } from "lit";
import { percent, size, words } from "../shared/format.js";
import { LightElement } from "../shared/light-element.js";
import { say } from "../shared/messages.js";
import { NAMES } from "../shared/side-names.js";

/** @typedef {import("../shared/result.js").Variant} Variant */
/** @typedef {{where: "here" | "there", variant: string}} Choice */

const SIDES = /** @type {const} */ (["here", "there"]);

export class VariantChoice extends LightElement {
  static properties = {
    name: {},
    ladder: { attribute: false },
    chosen: { attribute: false },
    intro: {},
  };

  constructor() {
    super();
    /** Tells its fields from those of others on the page. */
    this.name = "";
    /** @type {import("../shared/result.js").Ladder | null} */
    this.ladder = null;
    /** The variant of each side on which there is a choice. @type {{here?: string, there?: string}} */
    this.chosen = {};
    /** What the models are. @type {string | undefined} */
    this.intro = undefined;
  }

  render() {
    const { ladder } = this;
    if (!ladder) return html`<p>${say("compare-models-later")}</p>`;
    return html`
      <p .textContent=${this.intro ?? say("compare-models-made")}></p>
      <div class="choices">
        ${SIDES.filter((where) => this.chosen[where] !== undefined).map(
          (where) => html`
            <div>
              <label class=${where} for="${this.name}-${where}">${NAMES[where].title}</label>
              <select
                id="${this.name}-${where}"
                @change=${(/** @type {Event} */ event) => this.#choose(where, event)}
              >
                ${ladder.variants
                  .filter(({ runs }) => runs.includes(where))
                  .map((variant) => this.#option(variant, variant.id === this.chosen[where]))}
              </select>
            </div>
          `,
        )}
      </div>
    `;
  }

  /** @param {Variant} variant @param {boolean} selected */
  #option({ id, bytes, accuracy }, selected) {
    const told = { id, size: words(size(bytes)) };
    const text = accuracy
      ? say("compare-model", { ...told, share: words(percent(accuracy.value, 2)) })
      : say("compare-model-untested", told);
    return html`<option value=${id} .selected=${selected} .textContent=${text}></option>`;
  }

  /** @param {"here" | "there"} where @param {Event} event */
  #choose(where, event) {
    const variant = /** @type {HTMLSelectElement} */ (event.target).value;
    this.dispatchEvent(new CustomEvent("choose", { detail: { where, variant } }));
  }
}

customElements.define("variant-choice", VariantChoice);
