/** Measures this device by its battery: what it loses in minutes of rest, and in as many of work. */

import { html } from "lit";
import { batteryAdvice } from "../battery.js";
import { countdown } from "./calibration-countdown.js";
import { focusWrong, numberField, readNumbers, reason } from "./calibration-field.js";
import { LightElement } from "../../shared/light-element.js";
import { say } from "../../shared/messages.js";

/** @typedef {import("../battery.js").Battery} Battery */
/** @typedef {import("../calibration.js").Drain} Drain */
/** @typedef {import("../calibration.js").BatteryTick} BatteryTick */
/** @typedef {(options: {battery: Battery, minutes: number, signal: AbortSignal,
 *   onProgress: (tick: BatteryTick) => void}) => Promise<{idle: Drain, load: Drain}>} BatterySoak */

const MINUTES = [5, 10, 20];
const CAPACITIES_WH = /** @type {[string, number][]} */ ([
  ["small-phone", 12],
  ["phone", 15],
  ["tablet", 30],
  ["small-laptop", 38],
  ["laptop", 50],
  ["large-laptop", 70],
]);

/** Says `calibrate` {method, capacity_wh, idle, load}. */
export class CalibrateBattery extends LightElement {
  static properties = {
    name: {},
    battery: { attribute: false },
    batteryPhases: { attribute: false },
    tick: { state: true },
    text: { state: true },
    wrong: { state: true },
  };

  /** @type {AbortController | null} */
  #stop = null;
  #endWatch = () => {};
  /** What takes the focus after the next change. */
  #focus = "";

  constructor() {
    super();
    /** Tells its fields from those of others on the page. */
    this.name = "battery";
    /** null: the browser tells nothing of it. @type {Battery | null} */
    this.battery = null;
    /** @type {BatterySoak | undefined} */
    this.batteryPhases = undefined;
    /** How far it is; null: nothing is under way. @type {BatteryTick | null} */
    this.tick = null;
    this.text = "";
    /** What is wrong with the capacity. */
    this.wrong = "";
  }

  render() {
    return html`
      <details>
        <summary>${say("calibrate-battery-title")}</summary>
        <div class="calibrate">
          ${
            this.battery
              ? this.#able(this.battery)
              : html`<p>${say("calibrate-battery-unable")}</p>`
          }
        </div>
      </details>
    `;
  }

  /** @param {import("lit").PropertyValues<this>} changed */
  willUpdate(changed) {
    if (changed.has("battery")) this.#watch();
  }

  updated() {
    if (!this.#focus) return;
    /** @type {HTMLElement | null} */ (this.querySelector(this.#focus))?.focus();
    this.#focus = "";
  }

  connectedCallback() {
    super.connectedCallback();
    this.#watch();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#endWatch();
    this.#stop?.abort();
  }

  /** @param {Battery} battery */
  #able(battery) {
    const { refusal, warning } = batteryAdvice(battery);
    const { tick } = this;
    return html`
      <p>${say("calibrate-battery-how")}</p>
      <form novalidate @submit=${this.#start}>
        <div class="power-fields" ?inert=${tick !== null}>
          ${this.#capacity()} ${this.#minutes()}
        </div>
        <div class="calibrate-stage">
          <p role="status" .textContent=${this.#status(refusal, warning)}></p>
          ${tick ? countdown({ ...tick, name: say("calibrate-left-in-all", { phase: tick.phase }) }) : ""}
          <div class="power-buttons">
            ${
              tick
                ? html`<button type="button" class="calibrate-cancel" @click=${this.#quit}>
                    ${say("calibrate-cancel")}
                  </button>`
                : html`<button
                    type="submit"
                    class="calibrate-start"
                    aria-disabled=${refusal || !this.batteryPhases ? "true" : "false"}
                  >
                    ${say("calibrate-battery-start")}
                  </button>`
            }
          </div>
        </div>
      </form>
    `;
  }

  /** @param {string} refusal @param {string} warning */
  #status(refusal, warning) {
    if (this.tick) {
      const now = say("calibrate-battery-now", { phase: this.tick.phase });
      return `${now} ${warning || say("calibrate-battery-touch-nothing")}`;
    }
    return (
      [this.text, refusal || warning].filter(Boolean).join(" ") || say("calibrate-battery-ready")
    );
  }

  #capacity() {
    const { name } = this;
    return html`
      <div @input=${this.#asTyped}>
        ${numberField({
          id: `${name}-capacity`,
          name: "capacity_wh",
          label: say("calibrate-battery-holds"),
          unit: "Wh",
          hint: say("calibrate-battery-holds-hint"),
          wrong: this.wrong,
          least: 1,
          most: 1000,
        })}
        <div class="power-field">
          <label for="${name}-like">${say("calibrate-battery-or")}</label>
          <select id="${name}-like" @change=${this.#fill}>
            <option value="">${say("calibrate-battery-as-typed")}</option>
            ${CAPACITIES_WH.map(
              ([like, wh]) =>
                html`<option value=${wh}>${say("calibrate-battery-like", { like, wh })}</option>`,
            )}
          </select>
        </div>
      </div>
    `;
  }

  #minutes() {
    const id = `${this.name}-minutes`;
    return html`
      <div class="power-field">
        <label for=${id}>${say("calibrate-battery-long")}</label>
        <select id=${id} name="minutes" aria-describedby="${id}-note">
          ${MINUTES.map(
            (each) =>
              html`<option value=${each} ?selected=${each === 20}>
                ${say("calibrate-battery-minutes", { minutes: each })}
              </option>`,
          )}
        </select>
        <p id="${id}-note" class="power-hint">${say("calibrate-battery-surer")}</p>
      </div>
    `;
  }

  /** @param {Event} event */
  #fill(event) {
    const { value } = /** @type {HTMLSelectElement} */ (event.target);
    const input = /** @type {HTMLInputElement} */ (this.querySelector("[name=capacity_wh]"));
    if (value) input.value = value;
    this.wrong = "";
  }

  /** @param {Event} event */
  #asTyped({ target }) {
    if (!(target instanceof HTMLInputElement)) return;
    /** @type {HTMLSelectElement} */ (this.querySelector(`#${this.name}-like`)).value = "";
  }

  /** @param {SubmitEvent} event */
  async #start(event) {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.currentTarget);
    const { values, wrong } = readNumbers(form);
    const { battery, batteryPhases } = this;
    if (!battery || !batteryPhases || this.tick || batteryAdvice(battery).refusal) return;
    this.text = "";
    this.wrong = wrong.capacity_wh ?? "";
    if (this.wrong) return void this.updateComplete.then(() => focusWrong(this));
    const minutes = Number(
      /** @type {HTMLSelectElement} */ (form.elements.namedItem("minutes")).value,
    );
    const stop = (this.#stop = new AbortController());
    this.tick = { phase: "idle", left: minutes * 60, done: 0 };
    this.#focus = ".calibrate-cancel";
    try {
      const lost = await batteryPhases({
        battery,
        minutes,
        signal: stop.signal,
        onProgress: (tick) => {
          if (!stop.signal.aborted) this.tick = tick;
        },
      });
      if (!stop.signal.aborted) this.#finish({ capacity_wh: values.capacity_wh, ...lost });
    } catch (error) {
      if (!stop.signal.aborted) this.#end(reason(error));
    }
  }

  /** @param {{capacity_wh: number | null, idle: Drain, load: Drain}} readings */
  #finish(readings) {
    const { idle, load } = readings;
    const found = say("calibrate-battery-lost", { idle: percent(idle), load: percent(load) });
    if (rate(load) <= rate(idle))
      return this.#end(`${found} ${say("calibrate-battery-too-little")}`);
    this.#end(`${found} ${say("calibrate-battery-done")}`);
    this.dispatchEvent(
      new CustomEvent("calibrate", { detail: { method: "battery", ...readings } }),
    );
  }

  #quit() {
    this.#stop?.abort();
    this.#end(say("calibrate-stopped"));
  }

  /** @param {string} text */
  #end(text) {
    this.tick = null;
    this.text = text;
    this.#focus = ".calibrate-start";
  }

  #watch() {
    this.#endWatch();
    const watched = this.isConnected && this.battery;
    this.#endWatch = (watched && watched.onChange(() => this.requestUpdate())) || (() => {});
  }
}

customElements.define("calibrate-battery", CalibrateBattery);

/** @param {Drain} drain */
function rate({ seconds, from, to }) {
  return (from - to) / seconds;
}

/** @param {Drain} drain */
function percent({ from, to }) {
  return `${Math.round((from - to) * 100)}\u00a0%`;
}
