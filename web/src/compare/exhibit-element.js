/** What every exhibit's page has one click away, whether it is asked or played, and the facts that it is shown with. */

import { html } from "lit";
import "../energy/calibrate/calibrate-battery.js";
import "../energy/calibrate/calibrate-plug.js";
import "../energy/device-choice.js";
import { LightElement } from "../shared/light-element.js";
import { say } from "../shared/messages.js";
import "./device-facts.js";
import "./embed-snippet.js";
import "./variant-choice.js";

/**
 * Says `choose` {where, variant}, `weigh` when its memory is looked at, `all-threads`, and what device-choice and the
 * calibrations say. Whoever changes `energy` asks for an update.
 */
export class ExhibitElement extends LightElement {
  /** @type {import("lit").PropertyDeclarations} */
  static properties = {
    ladder: { attribute: false },
    device: { attribute: false },
    server: { attribute: false },
    battery: { attribute: false },
    memory: { attribute: false },
    limits: { attribute: false },
    refused: { type: String },
  };

  constructor() {
    super();
    /** @type {import("../shared/result.js").Ladder | null} */
    this.ladder = null;
    /** @type {import("./device-facts.js").Device | null} */
    this.device = null;
    /** What answered there last. @type {import("../shared/result.js").Result["runtime"] | null} */
    this.server = null;
    /** @type {import("../energy/energy.js").Energy | undefined} */
    this.energy = undefined;
    /** @type {import("../energy/battery.js").Battery | null} */
    this.battery = null;
    /** @type {{wasm_bytes: number, total_bytes: number | null} | null} */
    this.memory = null;
    /** @type {import("../runtime/page/crash-guard.js").Limits | null} */
    this.limits = null;
    /** Why it has no models that can be used. */
    this.refused = "";
    /** Keeps this device busy for a while, or leaves it alone. @type {any} */
    this.loadPhase = undefined;
    /** @type {any} */
    this.batteryPhases = undefined;
    /** Disclosures that were opened. @type {Set<string>} */
    this.opened = new Set();
    /** Why the program of a disclosure is not here: it is on its way, or it never came; "" once it is. @type {Map<string, string>} */
    this.programs = new Map();
    this.pass = (/** @type {CustomEvent} */ { type, detail }) =>
      void this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  /** A visitor comes to it. @returns {void | Promise<void>} */
  open() {}

  /** Another one is shown. */
  leave() {}

  /**
   * One click away, and made when it is first opened: a page that nobody opens further starts the sooner.
   *
   * @param {string} summary
   * @param {() => unknown} content
   * @param {object} [more]
   * @param {string} [more.event] said when it is opened
   * @param {boolean} [more.open] from the first on
   * @param {() => Promise<unknown>} [more.program] fetches what draws it; one that never came is fetched again when it is
   *   opened again
   */
  disclosure(summary, content, { event = "", open = false, program } = {}) {
    const make = () => {
      this.opened.add(summary);
      this.requestUpdate();
    };
    const toggled = (/** @type {Event} */ { target }) => {
      if (!(/** @type {HTMLDetailsElement} */ (target).open)) return;
      make();
      if (event) this.dispatchEvent(new CustomEvent(event));
      if (program && this.programs.get(summary) !== "") void this.#fetch(summary, program);
    };
    const waits = this.programs.get(summary) ?? say("compare-program-comes");
    return html`<details ?open=${open} @toggle=${toggled}>
      <summary @click=${make}>${summary}</summary>
      ${this.opened.has(summary) && program ? html`<p role="status" .textContent=${waits}></p>` : ""}
      ${this.opened.has(summary) ? content() : ""}
    </details>`;
  }

  /** @param {string} summary @param {() => Promise<unknown>} program */
  async #fetch(summary, program) {
    const lost = () => say("compare-program-lost");
    this.programs.set(summary, await program().then(() => "", lost));
    this.requestUpdate();
  }

  /**
   * @param {string} id
   * @param {{here?: string, there?: string}} chosen the variant of each side on which there is a choice
   * @param {string} [intro]
   * @param {(variant: import("../shared/result.js").Variant) => boolean} [able] which ones there is a choice of
   */
  models(id, chosen, intro, able = () => true) {
    return this.disclosure(
      say("compare-models"),
      () =>
        html`<variant-choice
          name="${id}-variant"
          .ladder=${this.ladder && { ...this.ladder, variants: this.ladder.variants.filter(able) }}
          .chosen=${chosen}
          .intro=${intro}
          @choose=${this.pass}
        ></variant-choice>`,
    );
  }

  /** One answer's energy on each way to it, for the bill. @returns {Promise<import("../bill/ways.js").Ways>} */
  async ways() {
    return { boundary: "marginal", first: "bill-first", counted: "", ways: [] };
  }

  /**
   * What a month of it costs. Its program is fetched when this is first opened; a link that has a bill in it opens it.
   *
   * @param {string} id
   * @param {(request: object) => Promise<any>} ask the core
   * @param {unknown[]} facts when one of them changes, so may the bill
   */
  bill(id, ask, facts) {
    const { energy } = this;
    if (!energy) return "";
    const content = () =>
      html`<month-bill
        exhibit=${id}
        .energy=${energy}
        .ask=${ask}
        .ways=${() => this.ways()}
        .facts=${[...facts, energy.choice, energy.country, energy.boundary, energy.server]}
      ></month-bill>`;
    const open = location.hash.startsWith(`#${id}?`);
    const program = () => import("../bill/month-bill.js");
    return this.disclosure(say("compare-bill"), content, { open, program });
  }

  /** What energy is counted with here, and how to measure it. @param {string} id */
  power(id) {
    return this.energy ? this.disclosure(say("compare-power"), () => this.#power(id)) : "";
  }

  /**
   * @param {boolean} recorded what the server ran was recorded
   * @param {import("../shared/result.js").Result["runtime"] | null} server what answered there last
   */
  ran(recorded, server) {
    return this.disclosure(
      say("compare-ran"),
      () =>
        html`<device-facts
          .device=${this.device}
          .server=${server}
          ?recorded=${recorded}
          .meter=${this.energy?.server?.meter?.says ?? ""}
          .memory=${this.memory}
          .limits=${this.limits}
          @all-threads=${this.pass}
        ></device-facts>`,
      { event: "weigh" },
    );
  }

  /** @param {string} id @param {string} label */
  snippet(id, label) {
    return this.disclosure(
      say("compare-snippet"),
      () =>
        html`<embed-snippet
          exhibit=${id}
          label=${label}
          .devices=${this.ladder?.devices ?? []}
        ></embed-snippet>`,
    );
  }

  /** @param {string} id whose fields are told from those of others on the page by it */
  #power(id) {
    const { energy, battery, pass } = this;
    if (!energy) return "";
    const { profiles, proposed, choice, calibration, deleted, problem, kept } = energy;
    return html`<device-choice
        name="${id}-power"
        .profiles=${profiles}
        .proposed=${proposed}
        .choice=${choice}
        .calibration=${calibration}
        .deleted=${deleted}
        .problem=${problem}
        .kept=${kept}
        @choose-device=${pass}
        @delete-calibration=${pass}
        @restore-calibration=${pass}
        @import-calibration=${pass}
      ></device-choice>
      <calibrate-plug
        name="${id}-plug"
        .loadPhase=${this.loadPhase}
        @calibrate=${pass}
      ></calibrate-plug>
      <calibrate-battery
        name="${id}-battery"
        .battery=${battery}
        .batteryPhases=${this.batteryPhases}
        @calibrate=${pass}
      ></calibrate-battery> `;
  }
}
