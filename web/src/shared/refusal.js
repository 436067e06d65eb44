/** Says in an exhibit's place that it has no models which can be used, and why. */

import { html } from "lit";

/** @param {string} reason "" where it has */
export function refusal(reason) {
  return reason
    ? html`<p class="refusal" role="status">
        The models of this exhibit can not be used.
        <span translate="no" .textContent=${reason}></span>
      </p>`
    : "";
}
