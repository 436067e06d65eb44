/** What an answer here and one there take in energy, as a label on the wall tells it, with its ranges. */

import { html } from "lit";
import { guard } from "lit/directives/guard.js";
import "./energy-bars.js";
import "./energy-working.js";
import { LightElement } from "../shared/light-element.js";

/** @typedef {import("./breakdown.js").Boundary} Boundary */
/** @typedef {import("./breakdown.js").Sheet} Sheet */

const NOTHING_YET = "Draw something: energy is told once both sides have answered.";
const WORKED_OUT = "Both sides have answered. What it took is being worked out.";
const BOUNDARIES = /** @type {[Boundary, string][]} */ ([
  ["marginal", "What the answer adds"],
  ["idle-inclusive", "All that the devices draw meanwhile"],
]);

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
        <h3 id="${name}-title">Energy</h3>
        <p
          class="energy-words ${sheet?.words ? "" : "quiet"}"
          .textContent=${verdict(sheet, this.answered)}
        ></p>
        ${this.#measure(sheet?.advice ?? "")}
        ${balance?.drift ? html`<p class="energy-drift" .textContent=${balance.drift}></p>` : ""}
        <energy-bars
          .here=${sheet?.here?.total ?? null}
          .there=${sheet?.there?.total ?? null}
          device=${balance?.device ?? ""}
          ?recorded=${this.recorded}
        ></energy-bars>
        ${this.near ? html`<p class="energy-near">${NEAR}</p>` : ""}
        ${this.recorded ? html`<p class="energy-near">${RECORDED}</p>` : ""}
        <div class="energy-everyday">${everyday(sheet)}</div>
        <div class="energy-choices">${this.#co2e(sheet)} ${this.#boundaries()}</div>
        <energy-working class="disclosures" .sheet=${sheet}></energy-working>
      </section>
    `;
  }

  /** @param {string} advice what would make the balance tell more */
  #measure(advice) {
    const { running, done, basis } = this.state;
    const [event, label] = running
      ? ["cancel-energy", "Cancel"]
      : ["measure-energy", basis === "measured" ? "Measure again" : "Measure energy"];
    // One button for both, so that the keyboard's focus stays where it is.
    return html`
      <div class="energy-measure">
        <p role="status" .textContent=${this.#basis(advice)}></p>
        <button
          type="button"
          ?disabled=${!running && !this.able}
          .textContent=${label}
          @click=${() => this.#say(event)}
        ></button>
        <progress
          class=${running ? "" : "waiting"}
          aria-label="Measuring energy"
          value=${done}
          max="1"
        ></progress>
      </div>
    `;
  }

  /** @param {string} advice */
  #basis(advice) {
    const { basis, running, text, secondsAsked } = this.state;
    if (running || basis === "none") return text;
    if (basis === "measured") return `${text || "Measured back to back."} ${advice}`;
    const seconds = secondsAsked === 1 ? "a second" : `${secondsAsked} seconds`;
    const choosing = advice ? ", or choosing your device below," : "";
    const light = `A light estimate from the last answers; measuring for about ${seconds}${choosing} makes it firmer.`;
    return text ? `${text} ${light}` : light;
  }

  /** @param {Sheet | null} sheet */
  #co2e(sheet) {
    const { countries, country, name } = this;
    return html`
      <div class="energy-co2e">
        <label for="${name}-country">Your electricity is that of</label>
        <select id="${name}-country" @change=${this.#chooseCountry}>
          ${guard(
            [countries, country],
            () => html`
              <option value="" .selected=${!country}>the world's average</option>
              ${countries.map(
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
        <p .textContent=${sheet?.co2e?.words ?? ""}></p>
      </div>
    `;
  }

  #boundaries() {
    const { balance, name } = this;
    const unknown = balance !== null && balance.boundaries["idle-inclusive"] === null;
    const chosen = unknown ? "marginal" : this.boundary;
    return html`
      <fieldset class="energy-boundary">
        <legend>What is counted</legend>
        ${BOUNDARIES.map(
          ([boundary, label]) => html`
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
              ${label}
            </label>
          `,
        )}
        <p
          id="${name}-boundary-note"
          .textContent=${
            unknown
              ? "The second needs to know what this device and the server draw at rest, and one of them is not known."
              : "The second adds what the devices would draw anyway, for as long as an answer takes."
          }
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

const NEAR =
  "The server runs on this very computer. Its data centre and the networks are counted as if it were far away, as it would be for others.";

const RECORDED =
  "There was recorded, on the machine named above. What the networks between would take comes on top and can not be told: nothing was sent.";

customElements.define("energy-panel", EnergyPanel);

/** @param {Sheet | null} sheet */
function verdict(sheet, answered = false) {
  if (!sheet || (!sheet.here && !sheet.there)) return answered ? WORKED_OUT : NOTHING_YET;
  if (!sheet.there) {
    return "Only this device's energy is known: the server has not answered yet, or tells none.";
  }
  if (!sheet.here) return "Only the server's energy is known: this device has not answered yet.";
  return sheet.words;
}

/** @param {Sheet | null} sheet */
function everyday(sheet) {
  const sentences = (sheet?.everyday ?? []).map(({ words }) => words);
  if (!sheet?.break_even) {
    return html`<p class="quiet">
      With both sides known, this tells what it comes to in daily life.
    </p>`;
  }
  return [...sentences, sheet.break_even.words].map((words) => html`<p .textContent=${words}></p>`);
}
