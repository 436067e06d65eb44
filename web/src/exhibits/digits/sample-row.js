/** Ready-made drawings to choose from, for who cannot or will not draw; says `sample` with the chosen one. */

import { html } from "lit";
import { LightElement } from "../../shared/light-element.js";
import { say } from "../../shared/messages.js";
import { toPath } from "./strokes.js";

/** @typedef {{digit: string, strokes: import("./strokes.js").Stroke[]}} Sample */

const SIDE = 100;

export class SampleRow extends LightElement {
  static properties = { label: {}, samples: { attribute: false } };

  constructor() {
    super();
    this.label = "";
    /** @type {Sample[]} */
    this.samples = [];
  }

  render() {
    return html`
      <div class="samples" role="group" aria-label=${this.label}>
        ${this.samples.map(
          (sample) => html`
            <button
              type="button"
              aria-label=${say("digits-sample", { digit: sample.digit })}
              @click=${() => this.#choose(sample)}
            >
              <svg viewBox="20 5 60 90" aria-hidden="true">
                <path d=${toPath(sample.strokes, SIDE)} />
              </svg>
            </button>
          `,
        )}
      </div>
    `;
  }

  /** @param {Sample} sample */
  #choose(sample) {
    this.dispatchEvent(new CustomEvent("sample", { detail: sample }));
  }
}

customElements.define("sample-row", SampleRow);
