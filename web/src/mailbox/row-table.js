/** A table of very many rows, of which only those in sight are in the page; says `sort` {by}. */

import { html } from "lit";
import { number, say } from "../shared/messages.js";
import { LightElement } from "../shared/light-element.js";
import { inSight } from "./window.js";

/** @typedef {import("./rows.js").Rows} Rows */
/** @typedef {import("./arrange.js").Wish["by"]} By */

/** As mailbox.css has it. */
const ROW_PX = 36;
const SPARE = 8;
const COLUMNS = /** @type {{name: string, by: By | null}[]} */ ([
  { name: "number", by: "order" },
  { name: "label", by: "label" },
  { name: "score", by: "score" },
  { name: "text", by: null },
]);

export class RowTable extends LightElement {
  static properties = {
    rows: { attribute: false },
    places: { attribute: false },
    labels: { attribute: false },
    by: {},
    down: { type: Boolean },
    top: { state: true },
    height: { state: true },
  };

  /** @type {ResizeObserver | null} */
  #watch = null;

  constructor() {
    super();
    /** @type {Rows | null} */
    this.rows = null;
    /** Which rows, in their order. @type {Uint32Array} */
    this.places = new Uint32Array();
    /** The labels' names in words. @type {Record<string, string>} */
    this.labels = {};
    /** @type {By} */
    this.by = "order";
    this.down = false;
    this.top = 0;
    this.height = 400;
  }

  render() {
    const { places, top, height } = this;
    const { from, to } = inSight(places.length, top, height, ROW_PX, SPARE);
    const shown = Array.from(places.subarray(from, to));
    return html`
      <div
        class="mailbox-table"
        role="table"
        aria-label=${say("mailbox-table")}
        aria-rowcount=${places.length + 1}
        tabindex="0"
        @scroll=${this.#scrolled}
      >
        <div class="mailbox-row mailbox-names" role="row" aria-rowindex="1">
          ${COLUMNS.map((column) => this.#name(column))}
        </div>
        <div class="mailbox-all" role="rowgroup" .style=${`height: ${places.length * ROW_PX}px`}>
          ${shown.map((place, index) => this.#row(place, from + index))}
        </div>
      </div>
    `;
  }

  firstUpdated() {
    const table = /** @type {HTMLElement} */ (this.querySelector(".mailbox-table"));
    this.#watch = new ResizeObserver(() => (this.height = table.clientHeight));
    this.#watch.observe(table);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#watch?.disconnect();
  }

  /** @param {{name: string, by: By | null}} column */
  #name({ name, by }) {
    const text = say(`mailbox-column-${name}`);
    if (!by) return html`<span role="columnheader" .textContent=${text}></span>`;
    const sorted = by !== this.by ? "none" : this.down ? "descending" : "ascending";
    return html`
      <span role="columnheader" aria-sort=${/** @type {"none"} */ (sorted)}>
        <button type="button" @click=${() => this.#sort(by)} .textContent=${text}></button>
      </span>
    `;
  }

  /** @param {number} place @param {number} index among those that are listed */
  #row(place, index) {
    if (!this.rows) return "";
    const { number: at, file, label, score, note, head } = this.rows.row(place);
    const style = `transform: translateY(${index * ROW_PX}px)`;
    const words = label === null ? say("mailbox-none") : (this.labels[label] ?? label);
    const said = note ? say(`mailbox-note-${note}`) : "";
    return html`
      <div class="mailbox-row" role="row" aria-rowindex=${index + 2} .style=${style}>
        <span role="cell" title=${file} .textContent=${number(at)}></span>
        <span role="cell" .textContent=${words}></span>
        <span role="cell" .textContent=${score === null ? "–" : percent(score)}></span>
        <span role="cell" class="mailbox-head" title=${said}>
          <span translate="no" .textContent=${head}></span>
          ${said ? html`<small .textContent=${said}></small>` : ""}
        </span>
      </div>
    `;
  }

  /** @param {Event} event */
  #scrolled({ target }) {
    this.top = /** @type {HTMLElement} */ (target).scrollTop;
  }

  /** @param {By} by */
  #sort(by) {
    this.dispatchEvent(new CustomEvent("sort", { detail: { by } }));
  }
}

customElements.define("row-table", RowTable);

/** @param {number} score */
function percent(score) {
  return number(score, { style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1 });
}
