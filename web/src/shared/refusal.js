/** Says in an exhibit's place that it has no models which can be used, and why. */

import { html } from "lit";
import { say } from "./messages.js";

/** @param {string} reason in English, from the core; "" where it has */
export function refusal(reason) {
  return reason
    ? html`<p class="refusal" role="status">
        ${say("shared-refused")}
        <span lang="en" translate="no" .textContent=${reason}></span>
      </p>`
    : "";
}
