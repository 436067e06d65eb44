/** What a visitor should know about one side: why it has no answer, or what is odd about it; says `retry`. */

import { html } from "lit";
import { LightElement } from "../shared/light-element.js";
import { inWords, say } from "../shared/messages.js";
import { said } from "../shared/said.js";
import { NAMES } from "../shared/side-names.js";

/** @typedef {import("./side.js").Side} Side */

export class SideNote extends LightElement {
  static properties = { side: { attribute: false, hasChanged: () => true } };

  constructor() {
    super();
    /** @type {Side | undefined} */
    this.side = undefined;
  }

  render() {
    if (!this.side) return "";
    const { where, phase, problem, recorded } = this.side;
    const text = note(this.side);
    return html`
      <div class="note note-${where}">
        <p role="status">
          ${text ? html`<strong class=${where}>${NAMES[where].title}:</strong> ${said(text)}` : ""}
        </p>
        ${
          phase === "failed" || (problem && !recorded)
            ? html`<button type="button" @click=${this.#retry}>${say("compare-try-again")}</button>`
            : ""
        }
      </div>
    `;
  }

  #retry() {
    this.dispatchEvent(new CustomEvent("retry"));
  }
}

customElements.define("side-note", SideNote);

/** @param {Side} side */
function note({ phase, text, problem, note, recorded }) {
  if (phase === "loading") return ""; // told where the answer will be
  if (phase !== "ready") return sentence(inWords(text));
  if (!problem) return inWords(note);
  const why = `${sentence(inWords(problem.title))} ${inWords(problem.detail)}`;
  return recorded ? why : `${why} ${say("compare-or-another")}`;
}

/** @param {string} text */
function sentence(text) {
  return text.endsWith(".") ? text : `${text}.`;
}
