/** The lines that put an exhibit into a page of one's own, to be copied. */

import { html } from "lit";
import { address } from "../shared/address.js";
import { LightElement } from "../shared/light-element.js";
import { say } from "../shared/messages.js";

export class EmbedSnippet extends LightElement {
  static properties = {
    exhibit: {},
    label: {},
    devices: { attribute: false },
    said: { state: true },
  };

  constructor() {
    super();
    this.exhibit = "";
    this.label = "";
    /** What it may ask the visitor for. @type {readonly string[]} */
    this.devices = [];
    /** What came of the copying: a message's code. */
    this.said = "";
  }

  get text() {
    const source = address(`embed/${this.exhibit}/`);
    return `<iframe src="${source}" title="${quoted(this.label)}" width="100%" height="720" style="border: 0" allow="${["cross-origin-isolated", ...this.devices].join("; ")}"></iframe>`;
  }

  render() {
    return html`
      <div class="snippet">
        <p>${say("compare-embed")}</p>
        <textarea
          readonly
          translate="no"
          rows="3"
          aria-label=${say("compare-embed-lines")}
          .value=${this.text}
          @focus=${(/** @type {Event} */ { target }) => /** @type {HTMLTextAreaElement} */ (target).select()}
        ></textarea>
        <button type="button" @click=${this.#copy}>${say("compare-copy")}</button>
        <span role="status" .textContent=${this.said && say(this.said)}></span>
      </div>
    `;
  }

  async #copy() {
    try {
      await navigator.clipboard.writeText(this.text);
      this.said = "compare-copied";
    } catch {
      this.querySelector("textarea")?.select();
      this.said = "compare-selected";
    }
  }
}

customElements.define("embed-snippet", EmbedSnippet);

/** As it stands in an attribute. @param {string} text */
function quoted(text) {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}
