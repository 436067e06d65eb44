/** What the answers were computed with, on this device and on the server. */

import { html } from "lit";
import { size, words } from "../shared/format.js";
import { LightElement } from "../shared/light-element.js";
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
    lesson: { attribute: false },
  };

  constructor() {
    super();
    /** @type {Device | null} */
    this.device = null;
    /** @type {import("../shared/result.js").Result["runtime"] | null} */
    this.server = null;
    /** What it answered was recorded. */
    this.recorded = false;
    /** What the server's energy is read by. */
    this.meter = "";
    /** @type {{wasm_bytes: number, total_bytes: number | null} | null} */
    this.memory = null;
    /** What was learned from tabs that stopped. @type {import("../runtime/page/crash-guard.js").Lesson | null} */
    this.lesson = null;
  }

  render() {
    return html`
      <dl class="device">
        ${this.device ? this.#here(this.device) : fact("Your device", "known once it is ready")}
        ${
          this.server
            ? fact(
                this.recorded ? "The server ran" : "The server runs",
                `${this.server.provider}, ${threads(this.server.threads)}`,
              )
            : fact("The server", "known after its first answer")
        }
        ${this.meter ? fact("The server’s energy", this.meter) : ""}
      </dl>
    `;
  }

  /** @param {import("../runtime/page/crash-guard.js").Lesson} lesson */
  #learned({ why }) {
    const again = () => this.dispatchEvent(new CustomEvent("all-threads"));
    return html`<div>
      <dt>Why one thread</dt>
      <dd>${said(`${why}.`)} <button type="button" @click=${again}>Use all again</button></dd>
    </div>`;
  }

  /** @param {Device} device */
  #here(device) {
    const cores = `${device.hardwareConcurrency} offered by this browser`;
    return html`
      ${fact("Threads in use here", threads(device.threads))} ${fact("Processor cores", cores)}
      ${this.lesson && this.lesson.threads !== "many" ? this.#learned(this.lesson) : ""}
      ${device.deviceMemory ? fact("Memory", `${device.deviceMemory} GB or more`) : ""}
      ${this.memory ? fact("Memory in use here", memory(this.memory)) : ""}
      ${fact(
        "Isolated from other sites",
        device.isolated ? "yes" : "no: this browser then allows one thread only",
      )}
      ${fact("Engine here", device.engine)}
      ${fact("Python here", `${device.python}, numpy ${device.numpy}`)}
      ${fact("Browser", device.userAgent)}
    `;
  }
}

/** @param {{wasm_bytes: number, total_bytes: number | null}} memory */
function memory({ wasm_bytes, total_bytes }) {
  const parts = `${words(size(wasm_bytes))} for Python and the engine`;
  return total_bytes === null ? parts : `${words(size(total_bytes))} in all, ${parts}`;
}

customElements.define("device-facts", DeviceFacts);

/** @param {string} name @param {string} value */
function fact(name, value) {
  return html`<div>
    <dt .textContent=${name}></dt>
    <dd .textContent=${value}></dd>
  </div>`;
}

/** @param {number} count */
function threads(count) {
  return count === 1 ? "1 thread" : `${count} threads`;
}
