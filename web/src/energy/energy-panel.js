/** What an answer here and one there take in energy, as a label on the wall tells it, with its ranges. */

import { html } from "lit";
import { guard } from "lit/directives/guard.js";
import "./energy-bars.js";
import "./energy-working.js";
import { countryName } from "./figure-label.js";
import { breakEvenWords, co2eWords, driftWords, everydayWords, ratioWords } from "./words.js";
import { LightElement } from "../shared/light-element.js";
import { say, spoken } from "../shared/messages.js";

/** @typedef {import("./breakdown.js").Boundary} Boundary */
/** @typedef {import("./breakdown.js").Sheet} Sheet */

const BOUNDARIES = /** @type {Boundary[]} */ (["marginal", "idle-inclusive"]);

/** Says `measure-energy`, `cancel-energy`, `choose-country` {country} and `choose-boundary` {boundary}. */
export class EnergyPanel extends LightElement {
  static properties = {
    name: {},
    balance: { attribute: false },
    state: { attribute: false, hasChanged: () => true },
    countries: { attribute: false },
    country: {},
    boundary: {},
    able: { type: Boolean },
    near: { type: Boolean },
    recorded: { type: Boolean },
    answered: { type: Boolean },
  };

  constructor() {
    super();
    /** Tells its fields from those of others on the page. */
    this.name = "energy";
    /** @type {import("./breakdown.js").BalanceSheets | null} */
    this.balance = null;
    /** @type {import("./breakdown.js").BalanceState} */
    this.state = { basis: "none", running: false, done: 0, text: "", secondsAsked: 4 };
    /** @type {import("./breakdown.js").Country[]} */
    this.countries = [];
    /** A country's code; empty: the world's average. */
    this.country = "";
    /** @type {Boundary} */
    this.boundary = "marginal";
    /** There is something to measure with. */
    this.able = false;
    /** The server runs on the visitor's own computer. */
    this.near = false;
    /** There is no server: its answers were recorded. */
    this.recorded = false;
    /** Both sides have answered. */
    this.answered = false;
  }

  render() {
    const { balance, name } = this;
    const sheet = balance && (balance.boundaries[this.boundary] ?? balance.boundaries.marginal);
    return html`
      <section class="energy" aria-labelledby="${name}-title">
        <h3 id="${name}-title">${say("energy-title")}</h3>
        <p
          class="energy-words ${sheet?.here && sheet.there ? "" : "quiet"}"
          .textContent=${verdict(sheet, this.answered)}
        ></p>
        ${this.#measure(sheet?.advice ?? false)}
        ${
          balance?.drift
            ? html`<p class="energy-drift" .textContent=${driftWords(balance.drift)}></p>`
            : ""
        }
        <energy-bars
          .here=${sheet?.here?.total ?? null}
          .there=${sheet?.there?.total ?? null}
          device=${balance?.device ?? ""}
          ?recorded=${this.recorded}
        ></energy-bars>
        ${this.near ? html`<p class="energy-near">${say("energy-near")}</p>` : ""}
        ${this.recorded ? html`<p class="energy-near">${say("energy-recorded")}</p>` : ""}
        <div class="energy-everyday">${everyday(sheet)}</div>
        <div class="energy-choices">${this.#co2e(sheet)} ${this.#boundaries()}</div>
        <energy-working class="disclosures" .sheet=${sheet}></energy-working>
      </section>
    `;
  }

  /** @param {boolean} advice a better known device would make the balance tell more */
  #measure(advice) {
    const { running, done, basis } = this.state;
    const [event, label] = running
      ? ["cancel-energy", "energy-cancel"]
      : ["measure-energy", basis === "measured" ? "energy-measure-again" : "energy-measure"];
    // One button for both, so that the keyboard's focus stays where it is.
    return html`
      <div class="energy-measure">
        <p role="status" .textContent=${this.#basis(advice)}></p>
        <button
          type="button"
          ?disabled=${!running && !this.able}
          .textContent=${say(label)}
          @click=${() => this.#say(event)}
        ></button>
        <progress
          class=${running ? "" : "waiting"}
          aria-label=${say("energy-measuring")}
          value=${done}
          max="1"
        ></progress>
      </div>
    `;
  }

  /** @param {boolean} advice */
  #basis(advice) {
    const { basis, running, text, secondsAsked: seconds } = this.state;
    if (running || basis === "none") return text;
    const told =
      basis === "measured"
        ? [text || say("energy-measured"), advice ? say("energy-advice") : ""]
        : [text, say(advice ? "energy-light-advice" : "energy-light", { seconds })];
    return told.filter(Boolean).join(" ");
  }

  /** @param {Sheet | null} sheet */
  #co2e(sheet) {
    const { countries, country, name } = this;
    return html`
      <div class="energy-co2e">
        <label for="${name}-country">${say("energy-country")}</label>
        <select id="${name}-country" @change=${this.#chooseCountry}>
          ${guard(
            [countries, country],
            () => html`
              <option value="" .selected=${!country}>${say("energy-country-world")}</option>
              ${named(countries).map(
                (each) =>
                  html`<option
                    value=${each.code}
                    .selected=${each.code === country}
                    .textContent=${each.name}
                  ></option>`,
              )}
            `,
          )}
        </select>
        <p .textContent=${sheet?.co2e ? co2eWords(sheet.co2e) : ""}></p>
      </div>
    `;
  }

  #boundaries() {
    const { balance, name } = this;
    const unknown = balance !== null && balance.boundaries["idle-inclusive"] === null;
    const chosen = unknown ? "marginal" : this.boundary;
    return html`
      <fieldset class="energy-boundary">
        <legend>${say("energy-boundary")}</legend>
        ${BOUNDARIES.map(
          (boundary) => html`
            <label>
              <input
                type="radio"
                name="${name}-boundary"
                value=${boundary}
                aria-describedby="${name}-boundary-note"
                .checked=${boundary === chosen}
                ?disabled=${unknown && boundary === "idle-inclusive"}
                @change=${() => this.#say("choose-boundary", { boundary })}
              />
              ${say(`energy-boundary-${boundary}`)}
            </label>
          `,
        )}
        <p
          id="${name}-boundary-note"
          .textContent=${say(unknown ? "energy-second-unknown" : "energy-second")}
        ></p>
      </fieldset>
    `;
  }

  /** @param {Event} event */
  #chooseCountry(event) {
    const country = /** @type {HTMLSelectElement} */ (event.target).value;
    this.#say("choose-country", { country });
  }

  /** @param {string} what @param {object} [detail] */
  #say(what, detail) {
    this.dispatchEvent(new CustomEvent(what, { detail }));
  }
}

customElements.define("energy-panel", EnergyPanel);

/** @param {Sheet | null} sheet */
function verdict(sheet, answered = false) {
  if (sheet?.here && sheet.there) return ratioWords(sheet.ratio);
  if (sheet?.here) return say("energy-here-only");
  if (sheet?.there) return say("energy-there-only");
  return say(answered ? "energy-worked-out" : "energy-nothing-yet");
}

/** @param {Sheet | null} sheet */
function everyday(sheet) {
  if (!sheet?.break_even) return html`<p class="quiet">${say("energy-everyday-none")}</p>`;
  return [...(sheet.everyday ?? []).map(everydayWords), breakEvenWords(sheet.break_even)].map(
    (words) => html`<p .textContent=${words}></p>`,
  );
}

/** By their names in the visitor's language. @param {import("./breakdown.js").Country[]} countries */
export function named(countries) {
  return countries
    .map((each) => ({ code: each.code, name: countryName(each) }))
    .sort((a, b) => a.name.localeCompare(b.name, spoken()));
}
