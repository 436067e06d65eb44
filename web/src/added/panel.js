/**
 * The view of an exhibit that was added from a folder, by its kind: a picture, a text or numbers in, a label or a number
 * out. What the folder says is put on the page as text, whatever it is.
 */

import { html, render } from "lit";
import "./words.js";
import "./added.css";
import "./picture-entry.js";
import "./number-entry.js";
import { shareBars } from "./share-bars.js";
import { address } from "../shared/address.js";
import { number, say } from "../shared/messages.js";
import { openEntry } from "../text/room.js";

/** @typedef {import("../shared/result.js").Ladder & {added: import("../shared/result.js").Added}} AddedLadder */
/** @typedef {{name: string, input: any}} Sample */
/** @typedef {{show: (input: any) => void, updateComplete: Promise<unknown>}} Entry */

/** A number that is an answer has so many digits that count. */
const DIGITS = 4;

/**
 * @param {string} id
 * @param {AddedLadder} ladder
 * @returns {import("../exhibits/index.js").AskedView}
 */
export function addedPanel(id, { title, question, added }) {
  /** What was asked last. @type {any} */
  let asked = null;
  /** Settles when there is something to work with. @type {Promise<Entry | null>} */
  let opening = Promise.resolve(null);
  /** @type {Sample[]} */
  let samples = [];

  const wait = (/** @type {HTMLElement} */ root, /** @type {string} */ text) =>
    render(
      html`<p role="status"><strong .textContent=${question}></strong> <span>${text}</span></p>`,
      root,
    );

  return {
    id,
    label: title,

    get things() {
      return say("added-things");
    },

    mount(root, ask) {
      const given = (/** @type {any} */ input) => ask((asked = input));
      wait(root, say("added-opening"));
      opening = samplesOf(id)
        .then((found) => ENTRIES[added.kind](root, id, question, added, (samples = found), given))
        .catch(() => (wait(root, say("added-not-fetched")), null));
    },

    get models() {
      return say("added-models");
    },

    made: () => asked,

    restore(_root, made) {
      void opening.then((entry) => entry?.show(made));
    },

    example: () => asked ?? samples[0]?.input ?? example(added),

    render(result) {
      const output = result?.output;
      if (!output) return html`<p class="answer-label answer-none">${say("added-nothing")}</p>`;
      if (!added.labels.length)
        return html`<p
          class="answer-label"
          translate="no"
          .textContent=${amount(output, added)}
        ></p>`;
      return html`
        <p class="answer-label" translate="no" .textContent=${output.label}></p>
        ${shareBars(added.labels, output.scores, say("added-scores"))}
      `;
    },

    name: (output) => (added.labels.length ? output.label : amount(output, added)),
  };
}

/**
 * What stands on the page around it: a link to it, a sentence under the page's title, and where it comes from.
 *
 * @param {string} id
 * @param {AddedLadder} ladder
 * @param {boolean} recorded this copy of the site has no server
 */
export function placeWords(id, { title, added }, recorded) {
  const link = Object.assign(document.createElement("a"), { href: `#${id}`, textContent: title });
  document.querySelector("nav.tabs")?.append(link);
  const lead = Object.assign(document.createElement("p"), {
    className: "lead",
    textContent: say(recorded ? "added-lead-recorded" : "added-lead"),
  });
  const what = document.createElement("section");
  const heading = Object.assign(document.createElement("h2"), { textContent: say("added-what") });
  const says = Object.assign(document.createElement("p"), {
    textContent: say("added-comes-from", { licence: added.licence }),
  });
  const sent = Object.assign(document.createElement("p"), { textContent: say("added-sent") });
  what.append(heading, says, ...(recorded ? [] : [sent]));
  for (const part of [lead, what]) {
    part.dataset.exhibit = id;
    part.hidden = true;
  }
  document.querySelector("nav.tabs")?.before(lead);
  document.querySelector(".story")?.prepend(what);
}

/** @param {string} id @returns {Promise<Sample[]>} */
async function samplesOf(id) {
  const response = await fetch(address(`models/${id}/samples.json`));
  if (!response.ok) throw new Error(`samples of ${id}: ${response.status}`);
  return response.json();
}

/**
 * What a visitor works with, by the exhibit's kind.
 *
 * @type {Record<string, (root: HTMLElement, id: string, question: string, added: import("../shared/result.js").Added,
 *   samples: Sample[], given: (input: any) => void) => Promise<Entry>>}
 */
const ENTRIES = {
  async image(root, id, question, { form }, samples, given) {
    render(
      html`<picture-entry
        .name=${id}
        .label=${question}
        .largest=${form.largest}
        .samples=${samples}
        @picture=${(/** @type {CustomEvent} */ { detail }) => given(detail)}
      ></picture-entry>`,
      root,
    );
    return entryOf(root, "picture-entry");
  },

  async text(root, id, question, _added, samples, given) {
    const entry = await openEntry(root, {
      name: id,
      label: question,
      hint: "",
      choose: say("added-choose"),
      accept: ".txt,text/plain",
      rows: 3,
      samples: samples.map(({ name, input }) => ({ name, text: input.text })),
      onText: (text) => given(text.trim() ? { text } : null),
    });
    return { show: ({ text }) => entry.show(text), updateComplete: entry.updateComplete };
  },

  async numbers(root, id, question, { form }, samples, given) {
    render(
      html`<number-entry
        .name=${id}
        .label=${question}
        .asked=${form.inputs}
        .samples=${samples}
        @numbers=${(/** @type {CustomEvent} */ { detail }) => given(detail)}
      ></number-entry>`,
      root,
    );
    return entryOf(root, "number-entry");
  },
};

/** @param {HTMLElement} root @param {string} name @returns {Promise<Entry>} */
async function entryOf(root, name) {
  const entry = /** @type {HTMLElement & Entry} */ (root.querySelector(name));
  await entry.updateComplete;
  return entry;
}

/** An input to work on when there is no other. @param {import("../shared/result.js").Added} added */
function example({ kind, form }) {
  if (kind === "text") return { text: "a" };
  if (kind === "numbers")
    return { numbers: form.inputs.map((/** @type {{value: number}} */ { value }) => value) };
  return { image: { width: 1, height: 1, pixels: "////" } };
}

/** @param {{value: number}} output @param {import("../shared/result.js").Added} added */
function amount({ value }, { unit }) {
  const digits = number(value, { maximumSignificantDigits: DIGITS });
  return unit ? `${digits}\u00a0${unit}` : digits;
}
