/** The visitor's own measurement of this device: to use, to export as a file, to import from one, to delete. */

import { html } from "lit";
import { sentence } from "./calibration-field.js";
import { reach, watts } from "./calibration-power.js";
import { LightElement } from "../../shared/light-element.js";
import { say, spoken } from "../../shared/messages.js";

/** @typedef {import("../calibration.js").Calibration} Calibration */

/** An export has some 3 kB: a file far above that is another one, and need not be read. */
const MOST_BYTES = 1e6;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Says `use`, `delete-calibration`, `restore-calibration` and `import-calibration` {text}. */
export class CalibrationFile extends LightElement {
  static properties = {
    calibration: { attribute: false },
    deleted: { attribute: false },
    refusal: { attribute: false },
    used: { type: Boolean },
    unread: { state: true },
  };

  constructor() {
    super();
    /** @type {Calibration | null} */
    this.calibration = null;
    /** @type {Calibration | null} */
    this.deleted = null;
    /** Why the imported file can not be used. @type {import("../calibration.js").Refusal | ""} */
    this.refusal = "";
    /** It is what energy is counted with now. */
    this.used = false;
    /** Why a file could not even be read. */
    this.unread = "";
  }

  render() {
    const { calibration, deleted } = this;
    const wrong = this.unread || sentence(this.refusal);
    // Delete and its undo are one button, so that the keyboard's focus stays where it is.
    return html`
      <h4>${say("calibrate-file-title")}</h4>
      <p role="status" .textContent=${this.#status()}></p>
      <div class="power-buttons">
        ${
          calibration || deleted
            ? html`<button
                type="button"
                .textContent=${say(calibration ? "calibrate-file-delete" : "calibrate-file-undo")}
                @click=${() => this.#tell(calibration ? "delete-calibration" : "restore-calibration")}
              ></button>`
            : ""
        }
        ${
          calibration
            ? html`<button type="button" @click=${() => this.#export(calibration)}>
                ${say("calibrate-file-export")}
              </button>`
            : ""
        }
        <button type="button" @click=${this.#pick}>${say("calibrate-file-import")}</button>
        ${
          calibration && !this.used
            ? html`<button type="button" @click=${this.#use}>${say("calibrate-file-use")}</button>`
            : ""
        }
        <input
          type="file"
          accept=".json,application/json"
          aria-label=${say("calibrate-file-pick")}
          hidden
          @change=${this.#import}
        />
      </div>
      <p role="alert" class=${wrong ? "power-wrong" : ""} .textContent=${wrong}></p>
    `;
  }

  #status() {
    const { calibration, deleted } = this;
    if (!calibration) return say(deleted ? "calibrate-file-deleted" : "calibrate-file-none");
    const { one_w } = calibration.device;
    const told = { measured: measuredOn(calibration), watts: watts(one_w.mid) };
    const unsure = reach(one_w);
    return unsure
      ? say("calibrate-measured-range", { ...told, range: unsure })
      : say("calibrate-measured-as", told);
  }

  #use() {
    this.#tell("use");
    // This button goes away then.
    /** @type {HTMLElement | null} */ (this.querySelector("button"))?.focus();
  }

  /** @param {Calibration} calibration */
  #export(calibration) {
    const text = JSON.stringify(calibration, null, 2);
    const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    const link = document.createElement("a");
    link.href = url;
    link.download = `hundredfold-calibration-${day(calibration) || "undated"}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 60_000); // some browsers begin to read it late
  }

  #pick() {
    /** @type {HTMLElement | null} */ (this.querySelector("input[type=file]"))?.click();
  }

  /** @param {Event} event */
  async #import(event) {
    const input = /** @type {HTMLInputElement} */ (event.target);
    const file = input.files?.[0];
    if (!file) return;
    try {
      this.unread = file.size > MOST_BYTES ? say("calibrate-file-large") : "";
      if (!this.unread) this.#tell("import-calibration", { text: await file.text() });
    } catch {
      this.unread = say("calibrate-file-unread");
    } finally {
      input.value = ""; // so that the same file can be chosen once more
    }
  }

  /** @param {string} what @param {object} [detail] */
  #tell(what, detail) {
    this.unread = "";
    this.dispatchEvent(new CustomEvent(what, { detail }));
  }
}

customElements.define("calibration-file", CalibrationFile);

/** "Measured on 2026-01-31 with a plug-in meter" @param {Pick<Calibration, "method" | "date">} calibration */
export function measuredOn(calibration) {
  const method = String(calibration.method);
  const date = day(calibration);
  return date
    ? say("calibrate-measured-on", { method, date: written(date) })
    : say("calibrate-measured", { method });
}

/**
 * A day as the language writes it; English, which has more than one way, takes the one that all read alike.
 *
 * @param {string} date such as 2026-01-31
 */
function written(date) {
  const at = new Date(date);
  if (spoken() === "en" || Number.isNaN(at.getTime())) return date;
  return new Intl.DateTimeFormat(spoken(), { dateStyle: "long", timeZone: "UTC" }).format(at);
}

/** Its date; empty when a file that somebody changed tells none. @param {Pick<Calibration, "date">} calibration */
function day({ date }) {
  return typeof date === "string" && DAY.test(date) ? date : "";
}
