/** Measures this device with a plug-in meter: two phases of half a minute, and a reading at the end of each. */

import { html } from "lit";
import { countdown } from "./calibration-countdown.js";
import { focusWrong, MOST_W, numberField, readNumbers, reason } from "./calibration-field.js";
import { LightElement } from "../../shared/light-element.js";
import { number, say } from "../../shared/messages.js";
import { plainly } from "../../shared/typed-number.js";

/** @typedef {import("../calibration.js").Phase} Phase */
/** @typedef {import("../calibration.js").Tick} Tick */
/** @typedef {(phase: Phase, options: {seconds: number, signal: AbortSignal, onTick: (tick: Tick) => void}) =>
 *   Promise<void>} Soak */
/** @typedef {"start" | "idle" | "idle-read" | "load" | "load-read" | "load-over" | "done"} Step */

const PHASE_S = 30;
/** The model goes on for so much longer, so that the meter can be read while it works. */
const READING_S = 60;
const STEPS_W = [1, 0.1, 0.01];

/** Says `calibrate` {method, idle_w, load_w, step_w}. */
export class CalibratePlug extends LightElement {
  static properties = {
    name: {},
    loadPhase: { attribute: false },
    step: { state: true },
    text: { state: true },
    tick: { state: true },
    wrong: { state: true },
  };

  /** @type {AbortController | null} */
  #stop = null;
  #idleW = 0;
  /** What takes the focus after the next change. */
  #focus = "";

  constructor() {
    super();
    /** Tells its fields from those of others on the page. */
    this.name = "plug";
    /** Keeps this device idle or at work. @type {Soak | undefined} */
    this.loadPhase = undefined;
    /** @type {Step} */
    this.step = "start";
    this.text = "";
    /** @type {Tick} */
    this.tick = { left: 0, done: 0 };
    /** What is wrong with a reading. */
    this.wrong = "";
  }

  render() {
    return html`
      <details>
        <summary>${say("calibrate-plug-title")}</summary>
        <div class="calibrate">
          <p>${say("calibrate-plug-needs")}</p>
          ${this.#stepWidth()}
          <ol class="calibrate-steps">
            ${this.#mark(say("calibrate-idle"), ["idle", "idle-read"])}
            ${this.#mark(say("calibrate-load"), ["load", "load-read", "load-over"])}
          </ol>
          <div class="calibrate-stage">
            <p
              role="status"
              .textContent=${this.text || say(`calibrate-step-${this.step}`, { seconds: PHASE_S })}
            ></p>
            ${this.#stage()}
          </div>
        </div>
      </details>
    `;
  }

  updated() {
    if (!this.#focus) return;
    /** @type {HTMLElement | null} */ (this.querySelector(this.#focus))?.focus();
    this.#focus = "";
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#stop?.abort();
  }

  #stepWidth() {
    const id = `${this.name}-step`;
    return html`
      <div class="power-field">
        <label for=${id}>${say("calibrate-plug-digit")}</label>
        <select id=${id}>
          ${STEPS_W.map(
            (step) =>
              html`<option value=${step} ?selected=${step === 0.1}>${number(step)} W</option>`,
          )}
        </select>
      </div>
    `;
  }

  /** @param {string} label @param {Step[]} steps */
  #mark(label, steps) {
    const current = steps.includes(this.step);
    return html`<li aria-current=${current ? "step" : "false"}>${label}</li>`;
  }

  #stage() {
    switch (this.step) {
      case "start":
      case "done":
        return html`<button
          type="button"
          class="calibrate-start"
          ?disabled=${!this.loadPhase}
          .textContent=${say(this.step === "done" ? "calibrate-plug-again" : "calibrate-plug-start-idle")}
          @click=${this.#begin}
        ></button>`;
      case "idle":
        return html`${countdown({ name: say("calibrate-left-idle"), ...this.tick })}
        ${this.#cancel()}`;
      case "idle-read":
        return this.#reading(
          say("calibrate-plug-idle"),
          say("calibrate-plug-start-load"),
          this.#readIdle,
        );
      case "load":
        return html`${countdown({ name: say("calibrate-left-load"), ...this.tick })}
        ${this.#cancel()}`;
      default:
        return html`
          ${
            this.step === "load-read"
              ? countdown({ name: say("calibrate-left-model"), ...this.tick })
              : ""
          }
          ${this.#reading(say("calibrate-plug-load"), say("calibrate-plug-use"), this.#readLoad)}
        `;
    }
  }

  #cancel() {
    return html`<div class="power-buttons">
      <button type="button" class="calibrate-cancel" @click=${this.#quit}>
        ${say("calibrate-cancel")}
      </button>
    </div>`;
  }

  /** @param {string} label @param {string} next @param {(event: SubmitEvent) => void} read */
  #reading(label, next, read) {
    const idle = this.step === "idle-read";
    return html`
      <form novalidate @submit=${read}>
        ${numberField({
          id: `${this.name}-${idle ? "idle" : "load"}`,
          name: "watts",
          label,
          unit: "W",
          hint: say("calibrate-plug-hint"),
          wrong: this.wrong,
          least: 0,
          most: MOST_W,
          value: (idle && this.#idleW) || null,
        })}
        <div class="power-buttons">
          <button type="submit" .textContent=${next}></button>
          ${
            this.step === "load-over"
              ? html`<button type="button" @click=${() => this.#run("load")}>
                  ${say("calibrate-plug-load-again")}
                </button>`
              : ""
          }
          <button type="button" class="calibrate-cancel" @click=${this.#quit}>
            ${say("calibrate-cancel")}
          </button>
        </div>
      </form>
    `;
  }

  /** @param {SubmitEvent} event */
  #readIdle(event) {
    const watts = this.#read(event);
    if (watts === null) return;
    this.#idleW = watts;
    void this.#run("load");
  }

  /** @param {SubmitEvent} event */
  #readLoad(event) {
    const watts = this.#read(event);
    if (watts === null) return;
    if (watts <= this.#idleW) {
      this.wrong = say("calibrate-plug-not-more", { watts: plainly(this.#idleW) });
      return this.#focusOn("[aria-invalid=true]");
    }
    this.#stop?.abort();
    const select = /** @type {HTMLSelectElement} */ (this.querySelector("select"));
    const detail = {
      method: "plug",
      idle_w: this.#idleW,
      load_w: watts,
      step_w: Number(select.value),
    };
    this.#go("done");
    this.#focusOn(".calibrate-start");
    this.dispatchEvent(new CustomEvent("calibrate", { detail }));
  }

  /** @param {SubmitEvent} event @returns {number | null} watts; null: it says what is wrong */
  #read(event) {
    event.preventDefault();
    const { values, wrong } = readNumbers(/** @type {HTMLFormElement} */ (event.currentTarget));
    this.wrong = wrong.watts ?? "";
    if (this.wrong) void this.updateComplete.then(() => focusWrong(this));
    return values.watts;
  }

  #begin() {
    this.#idleW = 0;
    void this.#run("idle");
  }

  #quit() {
    this.#stop?.abort();
    this.#go("start", say("calibrate-stopped"));
    this.#focusOn(".calibrate-start");
  }

  /** @param {Phase} phase */
  async #run(phase) {
    if (!this.loadPhase) return;
    const stop = (this.#stop = new AbortController());
    const seconds = phase === "load" ? PHASE_S + READING_S : PHASE_S;
    this.tick = { left: PHASE_S, done: 0 };
    this.#go(phase);
    this.#focusOn(".calibrate-cancel");
    try {
      await this.loadPhase(phase, {
        seconds,
        signal: stop.signal,
        onTick: (tick) => stop === this.#stop && !stop.signal.aborted && this.#show(tick),
      });
      if (stop.signal.aborted) return;
      if (phase === "idle") this.#ask("idle-read");
      else this.#go("load-over");
    } catch (error) {
      if (stop.signal.aborted) return;
      // What was read before still holds: only the phase that failed is to be done again.
      this.#go(phase === "idle" ? "start" : "idle-read", reason(error));
      this.#focusOn(phase === "idle" ? ".calibrate-start" : "input");
    }
  }

  /** @param {Tick} tick */
  #show({ left, done }) {
    if (this.step === "load" && done >= PHASE_S) this.#ask("load-read");
    if (this.step === "load-read") this.tick = { left, done: done - PHASE_S };
    else this.tick = { left: PHASE_S - done, done };
  }

  /** @param {"idle-read" | "load-read"} step */
  #ask(step) {
    this.#go(step);
    this.#focusOn("input");
  }

  /** @param {Step} step @param {string} [text] */
  #go(step, text = "") {
    this.step = step;
    this.text = text;
    this.wrong = "";
  }

  /** @param {string} selector */
  #focusOn(selector) {
    this.#focus = selector;
    this.requestUpdate();
  }
}

customElements.define("calibrate-plug", CalibratePlug);
