/** What was measured of a language model that is only asked: how often it is right, what an answer takes, how it is asked. */

import "./words.js";
import "./language-model.css";
import { html } from "lit";
import { range } from "../energy/energy-format.js";
import { label, sourceWords } from "../energy/figure-label.js";
import { count, fixed, percent, size, time, words } from "../shared/format.js";
import { say } from "../shared/messages.js";
import { origin } from "../shared/record.js";
import { ResultsElement } from "../shared/results-element.js";

/**
 * @typedef {import("../shared/result.js").Accuracy} Share
 * @typedef {import("../shared/result.js").Figure} Figure
 * @typedef {{accuracy: Share, first_wrong: Share, second_wrong: Share}} Scored
 * @typedef {{prompt: string, examples: number, n: number, plain: number, calibrated: number}} Tried
 * @typedef {object} Facts forge/language_model.py writes them
 * @property {{name: string, quantisation: string, params: number, bytes: number, engine: string, threads: number, sha256: string}} model
 * @property {{system: string, question: string, words: string[], letters: number, shots: [string, number][], bias: number}} prompt
 * @property {Tried[]} tried
 * @property {Scored & {of: number}} test
 * @property {Scored} uncalibrated
 * @property {Record<"seconds" | "cpu_s" | "tokens_in" | "tokens_out" | "cached", [number, number, number]>} took quartiles
 * @property {{joules: {low: number, mid: number, high: number}}} energy
 * @property {import("../shared/result.js").Recorded} recorded
 */

export class AskedFacts extends ResultsElement {
  static properties = {
    ...ResultsElement.properties,
    exhibit: {},
    things: {},
    labels: { attribute: false },
    model: { attribute: false },
    student: { attribute: false },
    ask: { attribute: false },
    published: { state: true },
  };

  constructor() {
    super("", "language-model.json");
    /** What the test set consists of. */
    this.things = "";
    /** In words, in the order of the models' outputs. @type {Record<string, string>} */
    this.labels = {};
    /** @type {import("../shared/result.js").LanguageModel | null} */
    this.model = null;
    /** What runs here. @type {import("../shared/result.js").Variant | null} */
    this.student = null;
    /** The core. @type {(request: object) => Promise<any>} */
    this.ask = async () => null;
    /** What is published of hosted ones. @type {Figure[]} */
    this.published = [];
  }

  firstUpdated() {
    const request = { do: "bill", exhibit: this.exhibit, per_month: 1, ways: [] };
    void this.ask(request).then(
      ({ ways }) => (this.published = Object.values(ways.at(-1).answer.inputs)),
      () => {}, // the device stopped: its side says so
    );
    return super.firstUpdated();
  }

  /** @param {Facts} facts */
  shown(facts) {
    const { model } = this;
    if (!model) return "";
    const { name, quantisation, bytes, params } = facts.model;
    const how = { name, quantisation, size: words(size(bytes)), params: words(count(params)) };
    return html`
      <p .textContent=${say("llm-what", how)}></p>
      <p .textContent=${this.#standing(facts, model)}></p>
      <button type="button" @click=${() => this.#choose(model.id)}>${say("llm-ask")}</button>
      ${this.#figures(facts)} ${this.#prompt(facts)} ${tried(facts.tried)}
      ${published(this.published)}
    `;
  }

  /** Whether it runs there, or when it was recorded. @param {Facts} facts @param {import("../shared/result.js").LanguageModel} model */
  #standing({ recorded }, { live, accuracy, name }) {
    if (!live) return say("llm-recorded", origin(recorded));
    return accuracy ? say("llm-live") : say("llm-live-other", { name });
  }

  /** @param {Facts} facts */
  #figures({ test, uncalibrated, took, energy, model }) {
    const { student, things } = this;
    const [first, second] = Object.values(this.labels);
    const [low, median, high] = took.seconds.map((seconds) => words(time(seconds * 1000)));
    const tokens = took.tokens_in[1] - took.cached[1];
    /** @type {[string, string][]} */
    const rows = [
      [
        say("llm-right", { n: fixed(test.accuracy.n, 0), of: fixed(test.of, 0), things }),
        share(test.accuracy),
      ],
      [say("llm-uncalibrated"), share(uncalibrated.accuracy)],
      [say("llm-taken", { one: first, other: second }), share(test.first_wrong)],
      [say("llm-taken", { one: second, other: first }), share(test.second_wrong)],
      ...(student?.accuracy
        ? [
            /** @type {[string, string]} */ ([
              say("llm-student", { id: student.id }),
              share(student.accuracy),
            ]),
          ]
        : []),
      [say("llm-time", { threads: model.threads }), say("llm-time-told", { low, median, high })],
      [say("llm-energy"), range({ ...energy.joules, unit: "J" })],
      [
        say("llm-tokens"),
        say("llm-tokens-told", {
          read: Math.round(tokens),
          kept: Math.round(took.cached[1]),
          written: Math.round(took.tokens_out[1]),
        }),
      ],
      [say("llm-engine"), model.engine],
      [say("llm-file"), model.sha256],
    ];
    return html`<table class="facts asked-figures">
      <caption class="visually-hidden">
        ${say("llm-caption")}
      </caption>
      <tbody>
        ${rows.map(
          ([name, told]) =>
            html`<tr>
              <th scope="row" .textContent=${name}></th>
              <td .textContent=${told}></td>
            </tr>`,
        )}
      </tbody>
    </table>`;
  }

  /** @param {Facts} facts */
  #prompt({ prompt }) {
    const { system, question, words: answers, letters, shots, bias } = prompt;
    return html`
      <h3>${say("llm-how")}</h3>
      <p .textContent=${say("llm-how-says", { letters, one: answers[0], other: answers[1] })}></p>
      <pre
        class="asked-prompt"
        lang="en"
        translate="no"
        .textContent=${[system, question].filter(Boolean).join("\n\n")}
      ></pre>
      <p .textContent=${say("llm-shots", { count: shots.length })}></p>
      <p .textContent=${say("llm-bias", { bias: fixed(bias, 2), answer: answers[1] })}></p>
    `;
  }

  /** @param {string} variant */
  #choose(variant) {
    this.dispatchEvent(new CustomEvent("choose", { detail: { where: "there", variant } }));
  }
}

customElements.define("asked-facts", AskedFacts);

/** @param {Share} accuracy */
function share({ value, low, high }) {
  const ends = { low: percent(low).number, high: words(percent(high)) };
  return say("llm-share", { share: words(percent(value)), ...ends });
}

/** @param {Tried[]} lines */
function tried(lines) {
  return html`
    <h3>${say("llm-tried")}</h3>
    <p>${say("llm-tried-says")}</p>
    <table class="facts asked-tried">
      <thead>
        <tr>
          <th scope="col">${say("llm-tried-prompt")}</th>
          <th scope="col">${say("llm-tried-n")}</th>
          <th scope="col">${say("llm-tried-plain")}</th>
          <th scope="col">${say("llm-tried-calibrated")}</th>
        </tr>
      </thead>
      <tbody>
        ${lines.map(
          ({ prompt, n, plain, calibrated }) =>
            html`<tr>
              <th scope="row" translate="no" .textContent=${prompt}></th>
              <td .textContent=${fixed(n, 0)}></td>
              <td .textContent=${words(percent(plain))}></td>
              <td .textContent=${words(percent(calibrated))}></td>
            </tr>`,
        )}
      </tbody>
    </table>
  `;
}

/** What others tell of theirs: not this model, and not this question. @param {Figure[]} figures */
function published(figures) {
  if (!figures.length) return "";
  return html`
    <h3>${say("llm-published")}</h3>
    <p>${say("llm-published-says")}</p>
    <ul class="asked-published">
      ${figures.map((figure) => {
        const { text, lang } = sourceWords(figure.source);
        return html`<li>
          <span .textContent=${label(figure)}></span>:
          <strong translate="no" .textContent=${range(figure)}></strong>
          <small lang=${lang ?? ""} .textContent=${text}></small>
        </li>`;
      })}
    </ul>
  `;
}
