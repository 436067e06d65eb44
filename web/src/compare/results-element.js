/** What was measured of an exhibit's models beyond how often they are right, fetched when its element is first shown. */

import { html } from "lit";
import { address } from "../shared/address.js";
import { LightElement } from "../shared/light-element.js";
import { say } from "../shared/messages.js";

/** An exhibit's own element of that kind says in `shown()` how its models/<exhibit>/results.json is drawn. */
export class ResultsElement extends LightElement {
  /** @type {import("lit").PropertyDeclarations} */
  static properties = { results: { state: true }, problem: { state: true } };

  /** @param {string} exhibit */
  constructor(exhibit) {
    super();
    this.exhibit = exhibit;
    /** What the file holds. @type {any} */
    this.results = null;
    this.problem = "";
  }

  async firstUpdated() {
    try {
      const response = await fetch(address(`models/${this.exhibit}/results.json`));
      if (!response.ok)
        throw new Error(say("compare-results-status", { status: `${response.status}` }));
      this.results = await response.json();
    } catch (problem) {
      const { message } = /** @type {Error} */ (problem);
      this.problem = say("compare-results-lost", { problem: message });
    }
  }

  render() {
    const { results, problem } = this;
    if (results) return this.shown(results);
    return html`<p
      class="results-none"
      .textContent=${problem || say("compare-results-loading")}
    ></p>`;
  }

  /** @param {any} _results what the file holds @returns {unknown} */
  shown(_results) {
    return "";
  }
}
