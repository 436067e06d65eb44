/** One exhibit: its paper between the two answers, the sentences and figures below, and everything else one click away. */

import { html } from "lit";
import "./all-figures.js";
import "./device-facts.js";
import "./headline-figures.js";
import "../energy/calibrate/calibrate-battery.js";
import "../energy/calibrate/calibrate-plug.js";
import "../energy/device-choice.js";
import "./embed-snippet.js";
import "../energy/energy-panel.js";
import { LightElement } from "../shared/light-element.js";
import { refusal } from "../shared/refusal.js";
import "./side-answer.js";
import "./side-note.js";
import "./variant-choice.js";
import { agreement, loss, speed } from "./verdict.js";

/** @typedef {import("./side.js").Side} Side */
/** @typedef {import("../shared/result.js").Ladder} Ladder */
/** @typedef {import("../exhibits/index.js").AskedView} ExhibitPanel */

/**
 * Says `retry` with the side, `choose` {where, variant}, `measure` and `cancel`. Whoever changes a side asks for an update.
 */
export class ExhibitView extends LightElement {
  static properties = {
    panel: { attribute: false },
    sides: { attribute: false },
    ladder: { attribute: false },
    device: { attribute: false },
    progress: { attribute: false },
    battery: { attribute: false },
    memory: { attribute: false },
    lesson: { attribute: false },
    refused: { type: String },
  };

  constructor() {
    super();
    /** @type {ExhibitPanel | undefined} */
    this.panel = undefined;
    /** @type {{here: Side, there: Side} | undefined} */
    this.sides = undefined;
    /** @type {Ladder | null} */
    this.ladder = null;
    /** @type {import("./device-facts.js").Device | null} */
    this.device = null;
    /** @type {import("./all-figures.js").Progress} */
    this.progress = { done: 0, runs: 0, running: false, text: "" };
    /** @type {import("../energy/panel-state.js").Balance | undefined} */
    this.balance = undefined;
    /** @type {import("../energy/energy.js").Energy | undefined} */
    this.energy = undefined;
    /** @type {import("../energy/battery.js").Battery | null} */
    this.battery = null;
    /** @type {{wasm_bytes: number, total_bytes: number | null} | null} */
    this.memory = null;
    /** @type {import("../runtime/page/crash-guard.js").Lesson | null} */
    this.lesson = null;
    /** Why it has no models that can be used. */
    this.refused = "";
    /** @type {any} */
    this.soak = undefined;
    /** @type {any} */
    this.batterySoak = undefined;
  }

  /** Drawers that were opened. @type {Set<string>} */
  #opened = new Set();

  /** Where the exhibit puts what a visitor works with. */
  get stage() {
    return /** @type {HTMLElement} */ (this.querySelector(".stage"));
  }

  render() {
    const { panel, sides, ladder } = this;
    if (!panel || !sides) return "";
    const [here, there] = [this.#standing(sides.here), this.#standing(sides.there)];
    return html`
      <section class="exhibit" aria-labelledby="${panel.id}-title">
        <h2 id="${panel.id}-title" class="visually-hidden">${panel.label}</h2>
        ${refusal(this.refused)}
        <div class="triptych">
          <div class="stage"></div>
          ${this.#answer(sides.here)} ${this.#answer(sides.there)}
        </div>
        ${this.#note(sides.here)} ${this.#note(sides.there)}
        <div class="verdict">
          <p role="status" .textContent=${agreement(sides.here, sides.there, panel.name)}></p>
          <p .textContent=${speed(sides.here, sides.there)}></p>
        </div>
        <headline-figures .here=${here} .there=${there} things=${panel.things}></headline-figures>
        <p
          class="loss"
          .textContent=${here.variant && there.variant ? loss(here.variant, there.variant, panel.things) : ""}
        ></p>
        ${this.#energy(sides)}
        <div class="drawers">
          ${this.#drawer(
            "All figures",
            () =>
              html`<all-figures
                .here=${here}
                .there=${there}
                .progress=${this.progress}
                ?able=${sides.here.input !== null && sides.here.phase === "ready"}
                @measure=${this.#pass}
                @cancel=${this.#pass}
              ></all-figures>`,
          )}
          ${this.#drawer(
            "Choose other models",
            () =>
              html`<variant-choice
                name="${panel.id}-variant"
                .ladder=${ladder}
                here=${here.variant?.id ?? ""}
                there=${there.variant?.id ?? ""}
                @choose=${this.#pass}
              ></variant-choice>`,
          )}
          ${this.energy ? this.#drawer("What your device draws", () => this.#power()) : ""}
          ${this.#drawer(
            "Your device and the server",
            () =>
              html`<device-facts
                .device=${this.device}
                .server=${sides.there.result?.runtime ?? null}
                ?recorded=${sides.there.recorded}
                .meter=${this.energy?.server?.meter?.says ?? ""}
                .memory=${this.memory}
                .lesson=${this.lesson}
                @all-threads=${this.#pass}
              ></device-facts>`,
            "weigh",
          )}
          ${this.#drawer(
            "Show this on your own page",
            () => html`<embed-snippet exhibit=${panel.id} label=${panel.label}></embed-snippet>`,
          )}
        </div>
      </section>
    `;
  }

  /**
   * One click away, and made when it is first opened: a page that nobody opens further starts the sooner.
   *
   * @param {string} summary
   * @param {() => unknown} content
   * @param {string} [says] an event when it is opened
   */
  #drawer(summary, content, says = "") {
    const make = () => {
      this.#opened.add(summary);
      this.requestUpdate();
    };
    const toggled = (/** @type {Event} */ { target }) => {
      if (!(/** @type {HTMLDetailsElement} */ (target).open)) return;
      make();
      if (says) this.dispatchEvent(new CustomEvent(says));
    };
    return html`<details @toggle=${toggled}>
      <summary @click=${make}>${summary}</summary>
      ${this.#opened.has(summary) ? content() : ""}
    </details>`;
  }

  /** @param {{here: Side, there: Side}} sides */
  #energy({ here, there }) {
    const { balance, energy } = this;
    if (!balance || !energy) return "";
    const { basis, running, done, text, secondsAsked } = balance;
    return html`<energy-balance
      .balance=${balance.told}
      .state=${{ basis, running, done, text, secondsAsked }}
      .countries=${energy.countries}
      .country=${energy.country}
      .boundary=${energy.boundary}
      ?near=${energy.near}
      ?recorded=${there.recorded}
      ?answered=${here.times.recent.length > 0 && there.times.recent.length > 0}
      ?able=${here.input !== null && here.phase === "ready" && energy.choice !== null}
      @measure-energy=${this.#pass}
      @cancel-energy=${this.#pass}
      @choose-country=${this.#pass}
      @choose-boundary=${this.#pass}
    ></energy-balance>`;
  }

  #power() {
    const { energy, battery } = this;
    if (!energy) return "";
    const { profiles, proposed, choice, calibration, deleted, problem, kept } = energy;
    return html`<device-choice
        .profiles=${profiles}
        .proposed=${proposed}
        .choice=${choice}
        .calibration=${calibration}
        .deleted=${deleted}
        .problem=${problem}
        .kept=${kept}
        @choose-device=${this.#pass}
        @delete-calibration=${this.#pass}
        @restore-calibration=${this.#pass}
        @import-calibration=${this.#pass}
      ></device-choice>
      <calibrate-plug .soak=${this.soak} @calibrate=${this.#pass}></calibrate-plug>
      <calibrate-battery
        .battery=${battery}
        .batterySoak=${this.batterySoak}
        @calibrate=${this.#pass}
      ></calibrate-battery> `;
  }

  /** @param {Side} side */
  #answer(side) {
    return html`<side-answer .side=${side} .answer=${this.panel?.render}></side-answer>`;
  }

  /** @param {Side} side */
  #note(side) {
    const retry = () => this.dispatchEvent(new CustomEvent("retry", { detail: side }));
    return html`<side-note .side=${side} @retry=${retry}></side-note>`;
  }

  /** @param {Side} side @returns {import("./headline-figures.js").Standing} */
  #standing(side) {
    const id = side.result?.variant ?? side.variant ?? this.ladder?.default[side.where];
    return { side, variant: this.ladder?.variants.find((variant) => variant.id === id) };
  }

  /** @param {CustomEvent} event */
  #pass(event) {
    this.dispatchEvent(new CustomEvent(event.type, { detail: event.detail }));
  }
}

customElements.define("exhibit-view", ExhibitView);
