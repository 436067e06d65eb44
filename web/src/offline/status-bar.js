/** Whether the site works offline by now, and the switch that proves it; says `switch`, `update`, `install`. */

import { html } from "lit";
import { size, words } from "../shared/format.js";
import { LightElement } from "../shared/light-element.js";
import { inWords, say } from "../shared/messages.js";
import { said } from "../shared/said.js";

/** @typedef {import("./offline.js").Offline} Offline */
/** @typedef {import("./offline.js").Counters} Counters */

export class StatusBar extends LightElement {
  static properties = {
    offline: { attribute: false, hasChanged: () => true },
    counters: { attribute: false },
    installable: { type: Boolean },
  };

  constructor() {
    super();
    /** @type {Offline | undefined} */
    this.offline = undefined;
    /** @type {Counters | null} */
    this.counters = null;
    /** Whether the browser offers to keep the site as an app of its own. */
    this.installable = false;
  }

  render() {
    const { offline } = this;
    if (!offline) return "";
    const { off, phase, update, note } = offline;
    return html`
      <div class="network ${off ? "network-off" : `network-${phase}`}">
        <button
          type="button"
          role="switch"
          aria-checked=${off ? "false" : "true"}
          aria-describedby="network-says"
          ?disabled=${phase !== "ready" && !off}
          @click=${() => this.#say("switch")}
        >
          <span class="network-track" aria-hidden="true"></span>
          ${said(say("offline-network", { network: off ? "off" : "on" }))}
        </button>
        <p id="network-says" role="status">${off ? this.#counted() : says(offline)}</p>
        ${
          update
            ? html`<p class="network-update">
                ${say("offline-update")}
                <button type="button" @click=${() => this.#say("update")}>
                  ${say("offline-use")}
                </button>
              </p>`
            : ""
        }
        ${
          this.installable
            ? html`<p class="network-install">
                <button type="button" @click=${() => this.#say("install")}>
                  ${say("offline-install")}
                </button>
              </p>`
            : ""
        }
        ${note ? html`<p class="network-note" role="status" .textContent=${inWords(note)}></p>` : ""}
      </div>
    `;
  }

  #counted() {
    const { sent_bytes = 0, received_bytes = 0, requests = 0, refused = 0 } = this.counters ?? {};
    const more = say("offline-since", { requests, refused });
    const [sent, received] = [words(size(sent_bytes)), words(size(received_bytes))];
    const passed = say("offline-passed", { sent, received });
    return html`<strong .textContent=${passed}></strong>
      <span class="network-more" .textContent=${more}></span>`;
  }

  /** @param {string} what */
  #say(what) {
    this.dispatchEvent(new CustomEvent(what));
  }
}

customElements.define("status-bar", StatusBar);

/** @param {Offline} offline */
function says({ phase, keptBytes, totalBytes, problem }) {
  if (phase === "ready")
    return html`${say("offline-ready")}
      <span
        class="network-more"
        .textContent=${say("offline-kept", { size: words(size(totalBytes)) })}
      ></span>
      ${say("offline-try")}`;
  if (phase === "missing") return said(problem);
  if (phase === "filling" && totalBytes)
    return said(
      say("offline-filling", { kept: words(size(keptBytes)), total: words(size(totalBytes)) }),
    );
  return said(say("offline-waiting"));
}
