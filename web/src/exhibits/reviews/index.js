/** Weigh a review: a field for a sentence about a film, and whether it is for or against it, with what its words added. */

import { html, render } from "lit";
import { scoreBars } from "../../compare/score-bars.js";
import { percent, words } from "../../shared/format.js";
import { say } from "../../shared/messages.js";

/** In the order of the models' outputs. */
const LABELS = ["negative", "positive"];
const EXAMPLE = "A patient, beautifully acted film that earns every one of its quiet tears.";

const named = (/** @type {string} */ label) => say(`reviews-label-${label}`);

/** Settles when the field is there, which is fetched when a visitor first comes. */
let opening = /** @type {Promise<import("../../text/room.js").TextEntry | null>} */ (
  Promise.resolve(null)
);
/** What was asked last. @type {{text: string} | null} */
let asked = null;

/** What stands in the place of the field until then. @param {HTMLElement} root @param {string} text */
function wait(root, text) {
  render(html`<p role="status"><strong>${say("reviews-field")}</strong> ${text}</p>`, root);
}

/** @param {HTMLElement} root @param {(input: object | null) => void} ask */
async function open(root, ask) {
  const [{ openEntry }, { SENTENCES }] = await Promise.all([
    import("../../text/room.js"),
    import("./samples.js"),
  ]);
  return openEntry(root, {
    name: "reviews",
    label: say("reviews-field"),
    hint: say("reviews-hint"),
    choose: say("reviews-choose"),
    accept: ".txt,text/plain",
    rows: 2,
    samples: SENTENCES,
    onText: (text) => ask((asked = text.trim() ? { text } : null)),
  });
}

/** @type {Omit<import("../index.js").AskedView, "id" | "label">} */
export const exhibit = {
  get things() {
    return say("reviews-things");
  },

  mount(root, ask) {
    wait(root, say("reviews-opening"));
    opening = open(root, ask).catch(() => (wait(root, say("reviews-not-fetched")), null));
  },

  made: () => asked?.text ?? null,

  restore(_root, made) {
    asked = { text: made };
    void opening.then((entry) => entry?.show(made));
  },

  many: () => ({
    summary: say("reviews-many"),
    labels: Object.fromEntries(LABELS.map((label) => [label, named(label)])),
  }),

  further: (input) => ({ ...input, words: true }),

  example: () => ({ text: EXAMPLE }),

  render(result, input = asked) {
    const { label = null, scores = {} } = result?.output ?? {};
    return html`
      <p
        class="answer-label ${label ? "" : "answer-none"}"
        .textContent=${label ? named(label) : say("reviews-nothing")}
      ></p>
      <p
        class="text-sure"
        .textContent=${label ? say("reviews-sure", { share: words(percent(scores[label])) }) : ""}
      ></p>
      ${scoreBars(LABELS.map(named), label && LABELS.map((each) => scores[each]), say("reviews-scores"))}
      <text-words
        .result=${result}
        .input=${input}
        .labels=${LABELS}
        .named=${named}
        .solid=${"negative"}
      ></text-words>
    `;
  },

  name: ({ label }) => label && named(label),
};
