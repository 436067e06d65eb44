/** The lines that put an exhibit into a page of one's own, to be copied. */

import { html } from "lit";
import { address } from "../shared/address.js";
import { LightElement } from "../shared/light-element.js";

export class EmbedSnippet extends LightElement {
  static properties = { exhibit: {}, label: {}, said: { state: true } };

  constructor() {
    super();
    this.exhibit = "";
    this.label = "";
    this.said = "";
  }

  get text() {
    const source = address(`embed/${this.exhibit}/`);
    return `<iframe src="${source}" title="${this.label}" width="100%" height="720" style="border: 0" allow="cross-origin-isolated"></iframe>`;
  }

  render() {
    return html`
      <div class="snippet">
        <p>
          These lines show this exhibit alone, in a blog or a course. It then uses one thread unless
          your page is isolated; everything else is the same.
        </p>
        <textarea
          readonly
          translate="no"
          rows="3"
          aria-label="Lines for your own page"
          .value=${this.text}
          @focus=${(/** @type {Event} */ { target }) => /** @type {HTMLTextAreaElement} */ (target).select()}
        ></textarea>
        <button type="button" @click=${this.#copy}>Copy</button>
        <span role="status" .textContent=${this.said}></span>
      </div>
    `;
  }

  async #copy() {
    try {
      await navigator.clipboard.writeText(this.text);
      this.said = "Copied.";
    } catch {
      this.querySelector("textarea")?.select();
      this.said = "Selected: copy it with Ctrl+C.";
    }
  }
}

customElements.define("embed-snippet", EmbedSnippet);
