/** Type a word: a field to type in, and which kind of letters it has more of. */

import { html, render } from "lit";
import { scoreBars } from "../../compare/score-bars.js";
import { say } from "../../shared/messages.js";
import { WORDS } from "./samples.js";

const LABELS = ["vowels", "consonants"];
const named = (/** @type {string} */ label) => say(`vowels-label-${label}`);

/** @param {HTMLElement} root */
const field = (root) => /** @type {HTMLInputElement} */ (root.querySelector("input"));

/** @type {Omit<import("../index.js").AskedView, "id" | "label">} */
export const exhibit = {
  get things() {
    return say("vowels-things");
  },

  mount(root, ask) {
    const typed = () => ask(field(root).value ? { text: field(root).value } : null);
    const choose = (/** @type {string} */ word) => {
      field(root).value = word;
      typed();
    };
    render(
      html`
        <label class="vowels-field">
          ${say("vowels-field")}
          <input maxlength="1000" @input=${typed} />
        </label>
        <p>
          ${say("vowels-choose")}
          ${WORDS.map((word) => html`<button type="button" @click=${() => choose(word)}>${word}</button> `)}
        </p>
      `,
      root,
    );
  },

  made: (root) => field(root).value,

  restore(root, made) {
    field(root).value = made;
    field(root).dispatchEvent(new Event("input"));
  },

  example: () => ({ text: WORDS[0] }),

  render(result) {
    const { label = null, scores = {} } = result?.output ?? {};
    return html`
      <p
        class="answer-label ${label ? "" : "answer-none"}"
        .textContent=${label ? named(label) : say("vowels-nothing")}
      ></p>
      ${scoreBars(
        LABELS.map(named),
        label && LABELS.map((name) => /** @type {Record<string, number>} */ (scores)[name]),
        say("vowels-scores"),
      )}
    `;
  },

  name: ({ label }) => label && named(label),
};
