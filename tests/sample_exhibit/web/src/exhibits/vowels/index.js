/** Type a word: a field to type in, and which kind of letters it has more of. */

import { html, render } from "lit";
import { scoreBars } from "../../compare/score-bars.js";
import { about } from "./about.js";
import { WORDS } from "./samples.js";

const LABELS = ["vowels", "consonants"];

/** @param {HTMLElement} root */
const field = (root) => /** @type {HTMLInputElement} */ (root.querySelector("input"));

/** @type {Omit<import("../index.js").AskedView, "id" | "label"> & {about: typeof about}} */
export const exhibit = {
  about,
  things: "words",

  mount(root, ask) {
    const typed = () => ask(field(root).value ? { text: field(root).value } : null);
    const choose = (/** @type {string} */ word) => {
      field(root).value = word;
      typed();
    };
    render(
      html`
        <label class="vowels-field">A word <input maxlength="1000" @input=${typed} /></label>
        <p>
          Or choose
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
        .textContent=${label ?? "nothing typed yet"}
      ></p>
      ${scoreBars(
        LABELS,
        label && LABELS.map((name) => /** @type {Record<string, number>} */ (scores)[name]),
        "How likely each is",
      )}
    `;
  },

  name: ({ label }) => label,
};
