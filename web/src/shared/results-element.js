/** What was measured of an exhibit's models beyond how often they are right, fetched when its element is first shown. */

import { html } from "lit";
import { address } from "./address.js";
import { LightElement } from "./light-element.js";
import { say } from "./messages.js";

/** An element of that kind says in `shown()` how a file of models/<exhibit>/ is drawn. */
export class ResultsElement extends LightElement {
  /** @type {import("lit").PropertyDeclarations} */
  static properties = { results: { state: true }, problem: { state: true } };

  /** @param {string} exhibit @param {string} [file] */
  constructor(exhibit, file = "results.json") {
    super();
    this.exhibit = exhibit;
    this.file = file;
    /** What the file holds. @type {any} */
    this.results = null;
    this.problem = "";
  }

  async firstUpdated() {
    try {
      const response = await fetch(address(`models/${this.exhibit}/${this.file}`));
      if (!response.ok)
        throw new Error(say("shared-results-status", { status: `${response.status}` }));
      this.results = await response.json();
    } catch (problem) {
      const { message } = /** @type {Error} */ (problem);
      this.problem = say("shared-results-lost", { problem: message });
    }
  }

  render() {
    const { results, problem } = this;
    if (results) return this.shown(results);
    return html`<p
      class="results-none"
      .textContent=${problem || say("shared-results-loading")}
    ></p>`;
  }

  /** @param {any} _results what the file holds @returns {unknown} */
  shown(_results) {
    return "";
  }
}
