/** The texts of a mailbox with their answers: sorted, sifted, and downloaded as they are listed. */

import { html } from "lit";
import "./row-table.js";
import { LightElement } from "../shared/light-element.js";
import { say } from "../shared/messages.js";
import { arranged } from "./arrange.js";
import { asCsv } from "./csv.js";

/** @typedef {import("./arrange.js").Wish} Wish */
/** @typedef {import("./rows.js").Rows} Rows */

/** A download is read by then. */
const READ_AFTER_MS = 10_000;

/** Others have their turn. */
const turn = () => new Promise((resolve) => setTimeout(resolve));

export class MailboxList extends LightElement {
  static properties = {
    rows: { attribute: false },
    count: { attribute: false },
    labels: { attribute: false },
    name: {},
    places: { state: true },
    wish: { state: true },
  };

  /** Counts what is wanted: only the newest is shown. */
  #turn = 0;

  constructor() {
    super();
    /** @type {Rows | null} */
    this.rows = null;
    /** How many rows there are by now. */
    this.count = 0;
    /** The labels' names in words. @type {Record<string, string>} */
    this.labels = {};
    /** What a download is called. */
    this.name = "mailbox";
    /** The rows that are listed, in their order. @type {Uint32Array} */
    this.places = new Uint32Array();
    /** @type {Wish} */
    this.wish = { by: "order", down: false, label: null, words: "" };
  }

  render() {
    const { rows, wish, places } = this;
    if (!rows?.count) return "";
    return html`
      <form
        class="mailbox-filter"
        @submit=${(/** @type {Event} */ event) => event.preventDefault()}
      >
        <label>
          <span .textContent=${say("mailbox-show")}></span>
          <select @change=${this.#showLabel}>
            ${this.#choices(rows)}
          </select>
        </label>
        <label>
          <span .textContent=${say("mailbox-words")}></span>
          <input type="search" .value=${wish.words} @input=${this.#showWords} />
        </label>
        <button type="button" @click=${this.#download}>${say("mailbox-download")}</button>
        <p .textContent=${say("mailbox-shown", { count: places.length })}></p>
      </form>
      <row-table
        .rows=${rows}
        .places=${places}
        .labels=${this.labels}
        .by=${wish.by}
        .down=${wish.down}
        @sort=${this.#sort}
      ></row-table>
    `;
  }

  /** @param {import("lit").PropertyValues<this>} changed */
  updated(changed) {
    if (["rows", "count", "wish"].some((name) => changed.has(/** @type {"rows"} */ (name))))
      void this.#arrange();
  }

  /** @param {Rows} rows */
  #choices({ names, counts, count }) {
    const { label } = this.wish;
    const all = say("mailbox-show-all", { count });
    const none = { place: -1, name: say("mailbox-none"), count: counts[2] };
    const each = names.map((name, place) => ({
      place,
      name: this.labels[name] ?? name,
      count: counts[place],
    }));
    return html`
      <option value="" .selected=${label === null} .textContent=${all}></option>
      ${[...each, none].map(
        ({ place, name, count }) =>
          html`<option
            value=${place}
            .selected=${label === place}
            .textContent=${say("mailbox-show-label", { name, count })}
          ></option>`,
      )}
    `;
  }

  async #arrange() {
    const mine = ++this.#turn;
    const { rows, wish } = this;
    const places = rows && (await arranged(rows, wish, turn, () => mine === this.#turn));
    if (places && mine === this.#turn) this.places = places;
  }

  /** @param {CustomEvent<{by: Wish["by"]}>} event */
  #sort({ detail: { by } }) {
    const down = by === this.wish.by ? !this.wish.down : by === "score";
    this.wish = { ...this.wish, by, down };
  }

  /** @param {Event} event */
  #showLabel({ target }) {
    const { value } = /** @type {HTMLSelectElement} */ (target);
    this.wish = { ...this.wish, label: value === "" ? null : Number(value) };
  }

  /** @param {Event} event */
  #showWords({ target }) {
    this.wish = { ...this.wish, words: /** @type {HTMLInputElement} */ (target).value };
  }

  async #download() {
    if (!this.rows) return;
    const words = (/** @type {string} */ note) => say(`mailbox-note-${note}`);
    const parts = await asCsv(this.rows, this.places, words, turn);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(parts, { type: "text/csv" }));
    link.download = `${this.name}.csv`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), READ_AFTER_MS);
  }
}

customElements.define("mailbox-list", MailboxList);
