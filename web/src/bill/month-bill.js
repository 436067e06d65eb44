/** What a month of it costs: how often, then the totals with what is in them, the prices, and the work. */

import "./words.js";
import "./bill.css";
import { html } from "lit";
import { bars } from "./bill-bars.js";
import { monthly } from "./bill.js";
import { countryField, currencyField, PEOPLE, priceFields, timesField } from "./bill-fields.js";
import { inLine, electricity } from "./bill-format.js";
import { work } from "./bill-work.js";
import { MOST, readLink, writeLink } from "./link.js";
import { groupedTimes } from "./typed-times.js";
import { readNumbers } from "../energy/calibrate/calibration-field.js";
import { LightElement } from "../shared/light-element.js";
import { say, spoken } from "../shared/messages.js";
import { toType } from "../shared/typed-number.js";

/** @typedef {import("./bill.js").Options} Options */

const never = () => false;
/** @param {unknown[]} now @param {unknown[] | undefined} before */
const differ = (now, before) =>
  now.length !== before?.length || now.some((v, i) => v !== before[i]);

/** What counts until something is chosen. @returns {Options} */
const first = () => ({ per_month: PEOPLE[0].times, currency: spoken() === "en" ? "USD" : "EUR" });

export class MonthBill extends LightElement {
  static properties = {
    exhibit: {},
    energy: { attribute: false },
    ask: { attribute: false, hasChanged: never },
    ways: { attribute: false, hasChanged: never },
    facts: { attribute: false, hasChanged: differ },
    options: { state: true },
    known: { state: true },
    told: { state: true },
    wrong: { state: true },
    said: { state: true },
  };

  constructor() {
    super();
    this.exhibit = "";
    /** @type {import("../energy/energy.js").Energy | undefined} */
    this.energy = undefined;
    /** The core. @type {(request: object) => Promise<any>} */
    this.ask = async () => null;
    /** One answer's energy on each way to it. @type {() => Promise<import("./ways.js").Ways>} */
    this.ways = async () => ({ boundary: "marginal", first: "bill-first", counted: "", ways: [] });
    /** When one of them changes, so may what `ways` gives. @type {unknown[]} */
    this.facts = [];
    /** What the visitor chose. @type {Options} */
    this.options = first();
    /** What `ways` gave last. @type {import("./ways.js").Ways | null} */
    this.known = null;
    /** @type {import("./month.js").Month | null} */
    this.told = null;
    /** What can not be used, by field. @type {Record<string, string>} */
    this.wrong = {};
    /** What came of copying the link: a message's code. */
    this.said = "";
  }

  connectedCallback() {
    super.connectedCallback();
    addEventListener("hashchange", this.#follow);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener("hashchange", this.#follow);
  }

  firstUpdated() {
    if (this.#follow()) this.closest("details")?.scrollIntoView();
  }

  /** @param {import("lit").PropertyValues<this>} changed */
  updated(changed) {
    if (changed.has("facts") || changed.has("options")) void this.#tell();
  }

  render() {
    const { options, told, known, wrong, exhibit, energy } = this;
    const { per_month } = options;
    return html`
      <section class="bill" aria-label=${say("bill-title")}>
        <h3
          class="bill-title"
          .textContent=${say("bill-title-of", { exhibit: say(`${exhibit}-label`) })}
        ></h3>
        <form novalidate @input=${this.#type} @submit=${this.#type}>
          <div class="bill-often">
            <p class="bill-question">${say("bill-often")}</p>
            <div class="bill-people">
              ${PEOPLE.map(
                ({ who, times }) =>
                  html`<button
                    type="button"
                    aria-pressed=${times === per_month}
                    .textContent=${say(`bill-${who}`, { times })}
                    @click=${() => this.#often(times)}
                  ></button>`,
              )}
            </div>
            ${timesField(exhibit, per_month, wrong.per_month)}
          </div>
          ${told && known ? bars(told, known) : html`<p class="bill-coming">${say("bill-coming")}</p>`}
          ${told && known ? this.#boundary(told, known) : ""}
          <details class="bill-prices">
            <summary>${say("bill-prices")}</summary>
            <div class="bill-fields">
              ${currencyField(exhibit, options.currency, (currency) => this.#choose({ currency }))}
              ${priceFields(exhibit, options, wrong)}
              ${energy ? countryField(exhibit, energy, (code) => this.#live(code)) : ""}
            </div>
          </details>
        </form>
        ${told ? work(told) : ""} ${this.#foot()}
      </section>
    `;
  }

  /** What is in the totals, and what is not. @param {import("./month.js").Month} told @param {import("./ways.js").Ways} known */
  #boundary(told, { counted }) {
    const once = told.ways.find(({ where }) => where === "here")?.once;
    return html`<div class="bill-boundary">
      <p .textContent=${counted ? say(counted) : ""}></p>
      <p>${say("bill-money")}</p>
      <p>${say("bill-hosted-boundary")}</p>
      <p .textContent=${once ? say("bill-once", { energy: inLine(electricity(once)) }) : ""}></p>
    </div>`;
  }

  #foot() {
    const date = new Date().toLocaleDateString("sv"); // the local day as 2026-01-31
    return html`<div class="bill-foot">
      <p class="bill-date" .textContent=${say("bill-date", { date })}></p>
      <p class="bill-address" translate="no" .textContent=${this.#link}></p>
      <div class="bill-buttons">
        <button type="button" @click=${this.#copy}>${say("bill-copy")}</button>
        <button type="button" @click=${() => print()}>${say("bill-print")}</button>
        <span role="status" .textContent=${this.said && say(this.said)}></span>
      </div>
      <p class="bill-link-note">${say("bill-link-note")}</p>
    </div>`;
  }

  /** Where this bill is found again. */
  get #link() {
    const { country = "", boundary = "marginal" } = this.energy ?? {};
    const shown = { ...this.options, country, boundary: boundary === "marginal" ? "" : boundary };
    return new URL(writeLink(this.exhibit, shown), location.href).href;
  }

  /** Take over what the address says. @returns {boolean} whether it says anything of this bill */
  #follow = () => {
    const linked = readLink(location.hash, this.exhibit);
    if (!linked) return false;
    const { country = "", boundary = "", ...options } = linked;
    this.options = { ...first(), ...options };
    this.#fill();
    void this.energy?.ready.then(() => this.#count(country ?? "", boundary));
    return true;
  };

  /** As a link says, for this visit: what a visitor chose stays kept. @param {string} country @param {string} boundary */
  async #count(country, boundary) {
    const { energy } = this;
    if (!energy || !(country || boundary)) return;
    const known = energy.countries.some(({ code }) => code === country);
    if (country && known) energy.country = country;
    if (boundary === "marginal" || boundary === "idle-inclusive") energy.boundary = boundary;
    await energy.onChange();
  }

  /** @param {number} per_month */
  #often(per_month) {
    this.#choose({ per_month });
    this.#fill();
  }

  /** The visitor's electricity. @param {string} code of a country */
  async #live(code) {
    await this.energy?.chooseCountry(code);
    this.#address();
  }

  /** @param {Event} event */
  #type(event) {
    if (event.type === "submit") event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.currentTarget);
    const { values, wrong } = readNumbers(form);
    const grouped = groupedTimes(
      /** @type {HTMLInputElement} */ (form.elements.namedItem("per_month")).value,
    );
    if (grouped !== null) {
      values.per_month = grouped;
      delete wrong.per_month;
    }
    this.wrong = wrong;
    const right = Object.entries(values).filter(([name]) => name in MOST && !wrong[name]);
    this.#choose(Object.fromEntries(right));
  }

  /** @param {Partial<Options>} change */
  #choose(change) {
    const before = /** @type {any} */ (this.options);
    const same = Object.entries(change).every(([name, value]) => (before[name] ?? null) === value);
    if (same) return;
    this.options = { ...this.options, ...change };
    this.said = "";
    this.#address();
  }

  #address() {
    history.replaceState(history.state, "", this.#link);
  }

  /** Put what counts into the fields, over what was typed. */
  #fill() {
    this.wrong = {};
    for (const name of Object.keys(MOST)) {
      const field = /** @type {HTMLInputElement | null} */ (
        this.querySelector(`input[name=${name}]`)
      );
      const value = /** @type {any} */ (this.options)[name];
      if (field) field.value = typeof value === "number" ? toType(value) : "";
    }
  }

  #turn = 0;

  async #tell() {
    const turn = ++this.#turn;
    const { ask, energy, exhibit, options } = this;
    if (!energy) return;
    const known = await this.ways();
    const told = await monthly(ask, energy, exhibit, known, options).catch(() => null); // it stopped: its side says so
    if (told && turn === this.#turn) Object.assign(this, { known, told });
  }

  async #copy() {
    try {
      await navigator.clipboard.writeText(this.#link);
      this.said = "bill-copied";
    } catch {
      getSelection()?.selectAllChildren(
        /** @type {HTMLElement} */ (this.querySelector(".bill-address")),
      );
      this.said = "bill-selected";
    }
  }
}

customElements.define("month-bill", MonthBill);
