/** What the answers were computed with, on this device and on the server. */

import { html } from "lit";
import { LightElement } from "./light-element.js";

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
    meter: {},
  };

  constructor() {
    super();
    /** @type {Device | null} */
    this.device = null;
    /** @type {import("../lib/result.js").Result["runtime"] | null} */
    this.server = null;
    /** What the server's energy is read by. */
    this.meter = "";
  }

  render() {
    return html`
      <dl class="device">
        ${this.device ? this.#here(this.device) : fact("Your device", "known once it is ready")}
        ${
          this.server
            ? fact("The server runs", `${this.server.provider}, ${threads(this.server.threads)}`)
            : fact("The server", "known after its first answer")
        }
        ${this.meter ? fact("The server’s energy", this.meter) : ""}
      </dl>
    `;
  }

  /** @param {Device} device */
  #here(device) {
    const cores = `${device.hardwareConcurrency} offered by this browser`;
    return html`
      ${fact("Threads in use here", threads(device.threads))} ${fact("Processor cores", cores)}
      ${device.deviceMemory ? fact("Memory", `${device.deviceMemory} GB or more`) : ""}
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

customElements.define("device-facts", DeviceFacts);

/** @param {string} name @param {string} value */
function fact(name, value) {
  return html`<div>
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div>`;
}

/** @param {number} count */
function threads(count) {
  return count === 1 ? "1 thread" : `${count} threads`;
}
