/** Which column of each dropped table has the texts; says `start` and `anew`. */

import { html } from "lit";
import { LightElement } from "../shared/light-element.js";
import { number, say } from "../shared/messages.js";
import { look } from "./job.js";

/** @typedef {import("./job.js").Look} Look */
/** @typedef {Map<File, Look>} Tables what is found of each; its `column` is the one that is chosen */

export class TableColumns extends LightElement {
  static properties = { tables: { attribute: false, hasChanged: () => true } };

  constructor() {
    super();
    /** @type {Tables} */
    this.tables = new Map();
    /** @type {import("./job.js").Ask} */
    this.ask = () => Promise.reject(new Error());
  }

  render() {
    return html`
      <form class="mailbox-columns" @submit=${this.#start}>
        ${[...this.tables].map((each) => this.#table(...each))}
        <div class="mailbox-buttons">
          <button type="submit">${say("mailbox-start")}</button>
          <button type="button" @click=${() => this.#say("anew")}>${say("mailbox-anew")}</button>
        </div>
      </form>
    `;
  }

  /** @param {File} file @param {Look} table */
  #table(file, { columns, column, header }) {
    return html`
      <fieldset>
        <legend translate="no" .textContent=${file.name}></legend>
        <label>
          <span .textContent=${say("mailbox-column")}></span>
          <select @change=${(/** @type {Event} */ event) => this.#pick(file, event)}>
            ${columns.map(
              ({ name, example }, index) =>
                html`<option
                  value=${index + 1}
                  .selected=${index + 1 === column}
                  .textContent=${say("mailbox-column-of", {
                    name: name || number(index + 1),
                    example,
                  })}
                ></option>`,
            )}
          </select>
        </label>
        <label>
          <input
            type="checkbox"
            .checked=${header}
            @change=${(/** @type {Event} */ event) => this.#named(file, event)}
          />
          <span .textContent=${say("mailbox-header")}></span>
        </label>
      </fieldset>
    `;
  }

  /** @param {File} file @param {Event} event */
  #pick(file, { target }) {
    const table = this.tables.get(file);
    if (table) table.column = Number(/** @type {HTMLSelectElement} */ (target).value);
  }

  /** @param {File} file @param {Event} event */
  async #named(file, { target }) {
    const header = /** @type {HTMLInputElement} */ (target).checked;
    const table = this.tables.get(file);
    if (!table) return;
    table.header = header;
    const after = await look(this.ask, file, header).catch(() => null); // its examples alone are not told anew
    if (after) table.columns = after.columns;
    this.requestUpdate();
  }

  /** @param {Event} event */
  #start(event) {
    event.preventDefault();
    this.#say("start");
  }

  /** @param {string} what */
  #say(what) {
    this.dispatchEvent(new CustomEvent(what));
  }
}

customElements.define("table-columns", TableColumns);
