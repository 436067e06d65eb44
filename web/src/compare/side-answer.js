/** One side's answer; while it is loading, how far that is. */

import { html } from "lit";
import { fixed, size, words } from "../shared/format.js";
import { LightElement } from "../shared/light-element.js";
import { inWords, say } from "../shared/messages.js";
import { NAMES, recordedPlace } from "../shared/side-names.js";

/** @typedef {import("./side.js").Side} Side */

export class SideAnswer extends LightElement {
  static properties = {
    side: { attribute: false, hasChanged: () => true },
    answer: { attribute: false },
  };

  constructor() {
    super();
    /** @type {Side | undefined} */
    this.side = undefined;
    /** @type {(result: import("../shared/result.js").Result | null, input: any) => unknown} */
    this.answer = () => "";
  }

  render() {
    if (!this.side) return "";
    const { where, recorded } = this.side;
    const { title } = NAMES[where];
    const place = recorded ? recordedPlace() : NAMES[where].place;
    return html`
      <section class="side side-${where}" aria-label="${title}, ${place}">
        <h3>${title} <small .textContent=${place}></small></h3>
        <div class="answer">${this.#content(this.side)}</div>
      </section>
    `;
  }

  /** @param {Side} side */
  #content(side) {
    if (side.phase === "loading") return this.#progress(side);
    if (side.result || (side.input === null && side.phase !== "failed"))
      return this.answer(side.result, side.answered);
    const reads = side.phase === "ready" && !side.problem;
    const text = say(reads ? "compare-reading" : "compare-no-answer");
    return html`<p class="answer-label answer-none" .textContent=${text}></p>`;
  }

  /** @param {Side} side */
  #progress({ text, loadedBytes, totalBytes }) {
    const all = words(size(totalBytes));
    return html`
      <p class="load">
        <span
          class="load-figure"
          translate="no"
          .textContent=${totalBytes ? fixed(loadedBytes / 1e6, 1) : "–"}
        ></span>
        <span .textContent=${totalBytes ? say("compare-load-of", { all }) : ""}></span>
        <span role="status" .textContent=${inWords(text)}></span>
      </p>
      <progress
        value=${totalBytes ? loadedBytes : 0}
        max=${totalBytes || 1}
        aria-label=${say("compare-loading", { all })}
      ></progress>
    `;
  }
}

customElements.define("side-answer", SideAnswer);
