/** What energy is counted with on this device: a device of the table, watts or a TDP that are known, or a calibration. */

import { html } from "lit";
import { guard } from "lit/directives/guard.js";
import { ifDefined } from "lit/directives/if-defined.js";
import { counted } from "./calibrate/calibration-counted.js";
import "./calibrate/calibration-file.js";
import {
  focusWrong,
  MOST_W,
  numberField,
  readNumbers,
  sentence,
} from "./calibrate/calibration-field.js";
import { powerTable } from "./calibrate/calibration-power.js";
import { profileName, sourceWords, whyWords } from "./figure-label.js";
import { LightElement } from "../shared/light-element.js";
import { say } from "../shared/messages.js";
import { said } from "../shared/said.js";

/** @typedef {import("./calibration.js").Profile} Profile */
/** @typedef {import("./calibration.js").Choice} Choice */
/** @typedef {import("./calibration.js").Calibration} Calibration */

const KINDS = /** @type {Profile["kind"][]} */ ([
  "laptop",
  "chromebook",
  "phone",
  "tablet",
  "desktop",
  "board",
]);
const LEAST_W = 0.01;
/** Which fields a wish is about: a refusal of these stands beside them, and any other at the top. */
const FIELDS = /** @type {Record<string, string[]>} */ ({
  watts: ["active_w", "idle_w"],
  tdp: ["tdp_w"],
});

/**
 * Says `choose-device` {choice}, `delete-calibration`, `restore-calibration` and `import-calibration` {text}.
 */
export class DeviceChoice extends LightElement {
  static properties = {
    name: {},
    profiles: { attribute: false },
    proposed: { attribute: false },
    choice: { attribute: false },
    calibration: { attribute: false },
    deleted: { attribute: false },
    problem: { attribute: false },
    kept: { type: Boolean },
    wrong: { state: true },
  };

  /** What was wished for last. @type {"" | "profile" | "watts" | "tdp" | "import"} */
  #asked = "";

  constructor() {
    super();
    /** Tells its fields from those of others on the page. */
    this.name = "power";
    /** @type {Profile[]} */
    this.profiles = [];
    /** @type {import("./calibration.js").Proposed | null} */
    this.proposed = null;
    /** @type {Choice | null} */
    this.choice = null;
    /** @type {Calibration | null} */
    this.calibration = null;
    /** The calibration that an undo brings back. @type {Calibration | null} */
    this.deleted = null;
    /** Why the last wish was refused. @type {import("./calibration.js").Refusal | null} */
    this.problem = null;
    /** What is chosen outlasts this visit. */
    this.kept = true;
    /** What can not be used, by field. @type {Record<string, string>} */
    this.wrong = {};
  }

  render() {
    return html`
      ${this.#now()}
      <div class="power-ways">${this.#table()} ${this.#watts()} ${this.#tdp()} ${this.#own()}</div>
      <p class="power-hint">
        ${say("device-stays")} ${said(this.kept ? "" : say("device-not-kept"))}
      </p>
    `;
  }

  /** @param {import("lit").PropertyValues<this>} changed */
  updated(changed) {
    if (changed.has("wrong") || changed.has("problem")) {
      // Only where a visitor just asked for it: a refusal at the start must not take the focus.
      if (this.#asked in FIELDS) focusWrong(this);
    }
  }

  #now() {
    const { problem } = this;
    const elsewhere =
      problem && !FIELDS[this.#asked]?.includes(problem.field) && this.#asked !== "import";
    const { title, why, figures, source } = counted(this);
    const { text, lang } = sourceWords(source);
    return html`
      <div class="power-now">
        <p class="power-title" role="status">
          <small>${say("device-counted-as")}</small> ${said(title)}
        </p>
        <p .textContent=${whyWords(why)}></p>
        ${figures.length ? powerTable(figures) : ""}
        <p class="power-hint" lang=${ifDefined(lang)} .textContent=${text}></p>
        <p
          role="alert"
          class=${elsewhere ? "power-wrong" : ""}
          .textContent=${elsewhere ? say("device-not-changed", { why: sentence(problem) }) : ""}
        ></p>
      </div>
    `;
  }

  #table() {
    const { name, profiles, proposed, choice } = this;
    const chosen = choice && "profile" in choice ? choice.profile : "";
    const first = profiles.find(({ id }) => id === proposed?.id);
    const option = (/** @type {Profile} */ profile) => html`
      <option
        value=${profile.id}
        .selected=${profile.id === chosen}
        .textContent=${profileName(profile)}
      ></option>
    `;
    const group = (/** @type {string} */ kind, /** @type {Profile[]} */ of) =>
      of.length
        ? html`<optgroup label=${say("device-group", { kind })}>${of.map(option)}</optgroup>`
        : "";
    return html`
      <div class="power-way">
        <label for="${name}-profile">${say("device-of-table")}</label>
        <select id="${name}-profile" aria-describedby="${name}-note" @change=${this.#chooseProfile}>
          ${guard(
            [profiles, proposed, chosen],
            () => html`
              <option value="" disabled hidden .selected=${!chosen}>${say("device-choose")}</option>
              ${group("proposed", first ? [first] : [])}
              ${KINDS.map((kind) =>
                group(
                  kind,
                  profiles.filter((each) => each.kind === kind && each !== first),
                ),
              )}
            `,
          )}
        </select>
        <p id="${name}-note" class="power-hint">${say("device-nearest")}</p>
      </div>
    `;
  }

  #watts() {
    const { name, choice } = this;
    const typed = choice && "active_w" in choice ? choice : null;
    return html`
      <form class="power-way" novalidate @submit=${this.#typeWatts}>
        <h4>${say("device-watts")}</h4>
        <div class="power-fields">
          ${numberField({
            id: `${name}-active`,
            name: "active_w",
            label: say("device-active"),
            unit: "W",
            hint: say("device-active-hint"),
            wrong: this.#wrong("watts", "active_w"),
            least: LEAST_W,
            most: MOST_W,
            value: typed?.active_w,
          })}
          ${numberField({
            id: `${name}-idle`,
            name: "idle_w",
            label: say("device-idle"),
            unit: "W",
            hint: say("device-idle-hint"),
            wrong: this.#wrong("watts", "idle_w"),
            least: LEAST_W,
            most: MOST_W,
            optional: true,
            value: typed?.idle_w,
          })}
        </div>
        <button type="submit">${say("device-use-watts")}</button>
      </form>
    `;
  }

  #tdp() {
    const { name, choice } = this;
    return html`
      <form class="power-way" novalidate @submit=${this.#typeTdp}>
        <h4>${say("device-tdp-title")}</h4>
        ${numberField({
          id: `${name}-tdp`,
          name: "tdp_w",
          label: say("device-tdp-label"),
          unit: "W",
          hint: say("device-tdp-hint"),
          wrong: this.#wrong("tdp", "tdp_w"),
          least: 1,
          most: MOST_W,
          value: choice && "tdp_w" in choice ? choice.tdp_w : null,
        })}
        <button type="submit">${say("device-use-tdp")}</button>
      </form>
    `;
  }

  #own() {
    const { choice, calibration, deleted, problem } = this;
    return html`
      <calibration-file
        class="power-way"
        .calibration=${calibration}
        .deleted=${deleted}
        .refusal=${problem && this.#asked === "import" ? problem : ""}
        ?used=${choice !== null && "calibration" in choice}
        @use=${() => calibration && this.#choose("profile", { calibration })}
        @delete-calibration=${this.#pass}
        @restore-calibration=${this.#pass}
        @import-calibration=${this.#pass}
      ></calibration-file>
    `;
  }

  /** @param {string} wish @param {string} field */
  #wrong(wish, field) {
    if (this.wrong[field]) return this.wrong[field];
    const { problem } = this;
    return this.#asked === wish && problem?.field === field ? sentence(problem) : "";
  }

  /** @param {Event} event */
  #chooseProfile(event) {
    const profile = /** @type {HTMLSelectElement} */ (event.target).value;
    this.#choose("profile", { profile });
  }

  /** @param {SubmitEvent} event */
  #typeWatts(event) {
    const { active_w, idle_w } = this.#read("watts", event);
    if (typeof active_w === "number" && !this.wrong.idle_w) {
      this.#choose("watts", { active_w, idle_w });
    }
  }

  /** @param {SubmitEvent} event */
  #typeTdp(event) {
    const { tdp_w } = this.#read("tdp", event);
    if (typeof tdp_w === "number") this.#choose("tdp", { tdp_w });
  }

  /** @param {"watts" | "tdp"} wish @param {SubmitEvent} event */
  #read(wish, event) {
    event.preventDefault();
    this.#asked = wish;
    const { values, wrong } = readNumbers(/** @type {HTMLFormElement} */ (event.currentTarget));
    this.wrong = wrong;
    return values;
  }

  /** @param {"profile" | "watts" | "tdp"} wish @param {Choice} choice */
  #choose(wish, choice) {
    this.#asked = wish;
    this.wrong = {};
    this.dispatchEvent(new CustomEvent("choose-device", { detail: { choice } }));
  }

  /** @param {CustomEvent} event */
  #pass({ type, detail }) {
    this.#asked = type === "import-calibration" ? "import" : "";
    this.wrong = {};
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

customElements.define("device-choice", DeviceChoice);
