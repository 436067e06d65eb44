/** An exhibit that is asked about a text and answers with one of two labels: what its index.js makes of its own parts. */

import { html, render } from "lit";
import { scoreBars } from "../compare/score-bars.js";
import { percent, words } from "../shared/format.js";
import { say } from "../shared/messages.js";

/** @typedef {import("./room.js").TextEntry} TextEntry */
/** @typedef {import("./text-entry.js").Sample} Sample */

/**
 * @param {object} own
 * @param {string} own.id
 * @param {Record<"field" | "hint" | "choose" | "things" | "opening" | "notFetched" | "many" | "nothing" | "sure" | "scores", string>}
 *   own.messages
 * @param {(label: string) => string} own.named a label in words
 * @param {string[]} own.labels in the order of the models' outputs
 * @param {string} own.solid the label towards which the line below a word is solid
 * @param {string} own.example
 * @param {string} own.accept which files are offered to be opened
 * @param {number} own.rows of the field
 * @param {() => Promise<Sample[]>} own.samples fetched when a visitor first comes
 * @param {import("../exhibits/index.js").AskedView["results"]} [own.results]
 */
export function textExhibit({
  id,
  messages,
  named,
  labels,
  solid,
  example,
  accept,
  rows,
  samples,
  results,
}) {
  /** Settles when the field is there. @type {Promise<TextEntry | null>} */
  let opening = Promise.resolve(null);
  /** What was asked last. @type {{text: string} | null} */
  let asked = null;

  /** What stands in the place of the field until then. @param {HTMLElement} root @param {string} text */
  const wait = (root, text) =>
    render(html`<p role="status"><strong>${say(messages.field)}</strong> ${text}</p>`, root);

  /** @param {HTMLElement} root @param {(input: object | null) => void} ask */
  const open = async (root, ask) => {
    const [{ openEntry }, chosen] = await Promise.all([import("./room.js"), samples()]);
    return openEntry(root, {
      name: id,
      label: say(messages.field),
      hint: say(messages.hint),
      choose: say(messages.choose),
      accept,
      rows,
      samples: chosen,
      onText: (text) => ask((asked = text.trim() ? { text } : null)),
    });
  };

  return {
    get things() {
      return say(messages.things);
    },

    mount(/** @type {HTMLElement} */ root, /** @type {(input: object | null) => void} */ ask) {
      wait(root, say(messages.opening));
      opening = open(root, ask).catch(() => (wait(root, say(messages.notFetched)), null));
    },

    made: () => asked?.text ?? null,

    restore(/** @type {HTMLElement} */ _root, /** @type {string} */ made) {
      asked = { text: made };
      void opening.then((entry) => entry?.show(made));
    },

    many: () => ({
      summary: say(messages.many),
      labels: Object.fromEntries(labels.map((label) => [label, named(label)])),
    }),

    results,

    further: (/** @type {object} */ input) => ({ ...input, words: true }),

    example: () => ({ text: example }),

    render(
      /** @type {import("../shared/result.js").Result | null} */ result,
      /** @type {any} */ input = asked,
    ) {
      const { label = null, scores = {} } = result?.output ?? {};
      const sure = label ? say(messages.sure, { share: words(percent(scores[label])) }) : "";
      return html`
        <p
          class="answer-label ${label ? "" : "answer-none"}"
          .textContent=${label ? named(label) : say(messages.nothing)}
        ></p>
        <p class="text-sure" .textContent=${sure}></p>
        ${scoreBars(labels.map(named), label && labels.map((each) => scores[each]), say(messages.scores))}
        <text-words
          .result=${result}
          .input=${input}
          .labels=${labels}
          .named=${named}
          .solid=${solid}
        ></text-words>
      `;
    },

    name: (/** @type {{label: string | null}} */ { label }) => label && named(label),
  };
}
