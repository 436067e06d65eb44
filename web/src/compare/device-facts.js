/** What the answers were computed with, on this device and on the server. */

import { html } from "lit";
import { ifDefined } from "lit/directives/if-defined.js";
import { size, words } from "../shared/format.js";
import { meterWords } from "./meter-words.js";
import { LightElement } from "../shared/light-element.js";
import { inWords, say } from "../shared/messages.js";
import { said } from "../shared/said.js";

/**
 * @typedef {object} Device
 * @property {number} threads
 * @property {boolean} isolated
 * @property {string} provider
 * @property {string} python
 * @property {string} numpy
 * @property {string} engine
 * @property {number} hardwareConcurrency
 * @property {number | null} deviceMemory
 * @property {string} userAgent
 */

export class DeviceFacts extends LightElement {
  static properties = {
    device: { attribute: false },
    server: { attribute: false },
    recorded: { type: Boolean },
    meter: {},
    memory: { attribute: false },
    limits: { attribute: false },
  };

  constructor() {
    super();
    /** @type {Device | null} */
    this.device = null;
    /** @type {import("../shared/result.js").Result["runtime"] | null} */
    this.server = null;
    /** What it answered was recorded. */
    this.recorded = false;
    /** What the server's energy is read by. @type {import("../shared/messages.js").Message | string} */
    this.meter = "";
    /** @type {{wasm_bytes: number, total_bytes: number | null} | null} */
    this.memory = null;
    /** What was learned from tabs that stopped. @type {import("../runtime/page/crash-guard.js").Limits | null} */
    this.limits = null;
  }

  render() {
    return html`
      <dl class="device">
        ${this.device ? this.#here(this.device) : fact(say("compare-fact-device"), say("compare-fact-device-later"))}
        ${
          this.server
            ? fact(
                say(this.recorded ? "compare-fact-server-ran" : "compare-fact-server-runs"),
                say("compare-fact-runs-with", {
                  provider: this.server.provider,
                  threads: this.server.threads,
                }),
              )
            : fact(say("compare-fact-server"), say("compare-fact-server-later"))
        }
        ${this.meter ? this.#metered(`${this.meter}`) : ""}
      </dl>
    `;
  }

  /** @param {string} says */
  #metered(says) {
    const words = meterWords(says);
    return fact(say("compare-fact-meter"), words ?? says, words ? undefined : "en");
  }

  /** @param {import("../runtime/page/crash-guard.js").Limits} limits */
  #learned({ why }) {
    const again = () => this.dispatchEvent(new CustomEvent("all-threads"));
    return html`<div>
      <dt>${say("compare-fact-why")}</dt>
      <dd>
        ${said(say("compare-fact-because", { why: inWords(why) }))}
        <button type="button" @click=${again}>${say("compare-use-all")}</button>
      </dd>
    </div>`;
  }

  /** @param {Device} device */
  #here(device) {
    const { threads, hardwareConcurrency: cores, deviceMemory: gigabytes } = device;
    return html`
      ${fact(say("compare-fact-threads"), say("compare-threads", { threads }))}
      ${fact(say("compare-fact-cores"), say("compare-cores", { cores }))}
      ${this.limits && this.limits.threads !== "many" ? this.#learned(this.limits) : ""}
      ${gigabytes ? fact(say("compare-fact-memory"), say("compare-memory", { gigabytes })) : ""}
      ${this.memory ? fact(say("compare-fact-used"), memory(this.memory)) : ""}
      ${fact(
        say("compare-fact-isolated"),
        say(device.isolated ? "compare-isolated" : "compare-not-isolated"),
      )}
      ${fact(say("compare-fact-engine"), device.engine)}
      ${fact(say("compare-fact-python"), `${device.python}, numpy ${device.numpy}`)}
      ${fact(say("compare-fact-browser"), device.userAgent)}
    `;
  }
}

/** @param {{wasm_bytes: number, total_bytes: number | null}} memory */
function memory({ wasm_bytes, total_bytes }) {
  const parts = words(size(wasm_bytes));
  return total_bytes === null
    ? say("compare-used", { parts })
    : say("compare-used-all", { parts, all: words(size(total_bytes)) });
}

customElements.define("device-facts", DeviceFacts);

/** @param {string} name @param {string} value @param {string} [lang] that of a value which is in another than the page */
function fact(name, value, lang) {
  return html`<div>
    <dt .textContent=${name}></dt>
    <dd lang=${ifDefined(lang)} .textContent=${value}></dd>
  </div>`;
}
