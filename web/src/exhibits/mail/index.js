/** Sort a mail: a field to paste one into, and whether it is spam, with what its words added to that. */

import { html, render } from "lit";
import { scoreBars } from "../../compare/score-bars.js";
import { percent, words } from "../../shared/format.js";
import { say } from "../../shared/messages.js";

/** In the order of the models' outputs. */
const LABELS = ["ham", "spam"];
const EXAMPLE =
  "Minutes of Tuesday\n\nHi all, here is what we agreed on Tuesday. Priya orders the two desks, Tom asks the landlord " +
  "about the window, and we meet again on the 14th at ten. Please tell me if I got anything wrong. Thanks, Ruth";

const named = (/** @type {string} */ label) => say(`mail-label-${label}`);

/** Settles when the field is there, which is fetched when a visitor first comes. */
let opening = /** @type {Promise<import("../../text/room.js").TextEntry | null>} */ (
  Promise.resolve(null)
);
/** What was asked last. @type {{text: string} | null} */
let asked = null;

/** What stands in the place of the field until then. @param {HTMLElement} root @param {string} text */
function wait(root, text) {
  render(html`<p role="status"><strong>${say("mail-field")}</strong> ${text}</p>`, root);
}

/** @param {HTMLElement} root @param {(input: object | null) => void} ask */
async function open(root, ask) {
  const [{ openEntry }, { MAILS }] = await Promise.all([
    import("../../text/room.js"),
    import("./samples.js"),
  ]);
  return openEntry(root, {
    name: "mail",
    label: say("mail-field"),
    hint: say("mail-hint"),
    choose: say("mail-choose"),
    accept: ".eml,.txt,message/rfc822,text/plain",
    rows: 9,
    samples: MAILS,
    onText: (text) => ask((asked = text.trim() ? { text } : null)),
  });
}

/** @type {Omit<import("../index.js").AskedView, "id" | "label">} */
export const exhibit = {
  get things() {
    return say("mail-things");
  },

  mount(root, ask) {
    wait(root, say("mail-opening"));
    opening = open(root, ask).catch(() => (wait(root, say("mail-not-fetched")), null));
  },

  made: () => asked?.text ?? null,

  restore(_root, made) {
    asked = { text: made };
    void opening.then((entry) => entry?.show(made));
  },

  many: () => ({
    summary: say("mail-many"),
    labels: Object.fromEntries(LABELS.map((label) => [label, named(label)])),
  }),

  further: (input) => ({ ...input, words: true }),

  example: () => ({ text: EXAMPLE }),

  render(result, input = asked) {
    const { label = null, scores = {} } = result?.output ?? {};
    return html`
      <p
        class="answer-label ${label ? "" : "answer-none"}"
        .textContent=${label ? named(label) : say("mail-nothing")}
      ></p>
      <p
        class="text-sure"
        .textContent=${label ? say("mail-sure", { share: words(percent(scores[label])) }) : ""}
      ></p>
      ${scoreBars(LABELS.map(named), label && LABELS.map((each) => scores[each]), say("mail-scores"))}
      <text-words
        .result=${result}
        .input=${input}
        .labels=${LABELS}
        .named=${named}
        .solid=${"spam"}
      ></text-words>
    `;
  },

  name: ({ label }) => label && named(label),
};
