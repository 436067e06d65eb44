/** What moved a side's answer: the text that it read, its words shaded; says `further` where they have to be asked for. */

import { html } from "lit";
import { time, words as inUnits } from "../shared/format.js";
import { LightElement } from "../shared/light-element.js";
import { list, say } from "../shared/messages.js";
import { NAMES } from "../shared/side-names.js";
import { piecesOf, spansOf, strongest } from "./marks.js";

/** @typedef {import("../shared/result.js").Result} Result */

/** A model that is asked by leaving words out is asked about so many groups of them at most. */
const GROUPS = 32;
/** An answer tells at most so many words. */
const MOST_WORDS = 100;

export class TextWords extends LightElement {
  static properties = {
    result: { attribute: false },
    input: { attribute: false },
    labels: { attribute: false },
    named: { attribute: false },
    solid: { attribute: false },
    waitsFor: { state: true },
  };

  #hadFocus = false;

  constructor() {
    super();
    /** @type {Result | null} */
    this.result = null;
    /** What it answers. @type {{text: string} | null} */
    this.input = null;
    /** In the order of the model's outputs. @type {string[]} */
    this.labels = [];
    /** A label in words. @type {(label: string) => string} */
    this.named = (label) => label;
    /** The label towards which the line is solid; it is dotted towards the other. */
    this.solid = "";
    /** The answer whose words were asked for. @type {Result | null} */
    this.waitsFor = null;
  }

  willUpdate() {
    this.#hadFocus = this.querySelector("button:focus") !== null;
  }

  /** Whoever asked for the words goes on where they are: the button is gone. */
  updated() {
    const shown = /** @type {HTMLElement | null} */ (this.querySelector(".text-read"));
    if (this.#hadFocus) shown?.focus();
  }

  render() {
    const { result } = this;
    const { label = null, words = [], truncated = false, read = null } = result?.output ?? {};
    if (!result || label === null) return "";
    return html`
      <div class="text-notes">
        ${read === null ? "" : note(say("text-taken-apart"))}
        ${truncated ? note(say("text-truncated")) : ""}
      </div>
      <h4 .textContent=${say("text-moved")}></h4>
      ${words.length ? this.#shaded(result, words) : this.#offer(result)}
    `;
  }

  /** @param {Result} result @param {import("./marks.js").Word[]} words */
  #shaded(result, words) {
    const { where, output } = result;
    const text = output.read ?? this.input?.text ?? "";
    const spans = spansOf(text, words);
    if (!spans) return ""; // of the text before this one: the next answer is on its way
    const { pieces, isCut } = piecesOf(text, spans);
    return html`
      <p class="text-legend">${this.labels.map((label) => this.#key(label))}</p>
      <div
        class="text-read"
        role="region"
        tabindex="0"
        lang="en"
        translate="no"
        dir="auto"
        aria-label=${say("text-region", { side: NAMES[where].title })}
      >
        <span class="text-letters">${pieces.map((piece) => this.#piece(piece))}</span>
      </div>
      <ul class="visually-hidden">
        ${this.#heard(text, spans, 1)} ${this.#heard(text, spans, -1)}
      </ul>
      ${isCut ? note(say("text-cut")) : ""}
      ${words.length >= MOST_WORDS ? note(say("text-most", { count: MOST_WORDS })) : ""}
      ${note(say(result.further ? "text-left-out" : "text-exact"))}
    `;
  }

  /** What a line stands for. @param {string} label */
  #key(label) {
    const line = this.#line(label);
    return html`<span
        class="text-word text-${line} text-step-3"
        .textContent=${say(`text-line-${line}`)}
      ></span>
      <span .textContent=${say("text-towards", { label: this.named(label) })}></span> `;
  }

  /** @param {import("./marks.js").Piece} piece */
  #piece({ text, step, gap }) {
    const line = this.#line(this.labels[step > 0 ? 1 : 0]);
    const moved = step ? `text-word text-${line} text-step-${Math.abs(step)}` : "";
    return html`<span class=${gap ? "text-gap" : moved} .textContent=${text}></span>`;
  }

  /** @param {string} label */
  #line(label) {
    return label === this.solid ? "solid" : "dotted";
  }

  /**
   * The strongest words towards one label, for who hears the page.
   *
   * @param {string} text
   * @param {import("./marks.js").Span[]} spans
   * @param {1 | -1} sign
   */
  #heard(text, spans, sign) {
    const found = strongest(text, spans, sign);
    const label = this.named(this.labels[sign > 0 ? 1 : 0]);
    if (!found.length) return "";
    return html`<li .textContent=${say("text-strongest", { label, words: list(found) })}></li>`;
  }

  /** Its words can be had, but not for nothing. @param {Result} result */
  #offer(result) {
    if (result.output.tokens) return note(say("text-language-model"));
    if (result.recorded) return note(say("text-not-recorded"));
    if (result.further) return note(say("text-no-words"));
    const ms =
      result.timing.total_ms *
      Math.min(GROUPS, wordsIn(result.output.read ?? this.input?.text ?? ""));
    const waits = this.waitsFor === result;
    return html`
      ${note(say("text-by-leaving-out", { time: inUnits(time(Number(ms.toPrecision(1)))) }))}
      <button type="button" aria-disabled=${waits} @click=${this.#explain}>
        ${say(waits ? "text-on-its-way" : "text-show")}
      </button>
    `;
  }

  #explain() {
    if (this.waitsFor === this.result) return;
    this.waitsFor = this.result;
    this.dispatchEvent(new CustomEvent("further", { bubbles: true }));
  }
}

customElements.define("text-words", TextWords);

/** @param {string} text */
function note(text) {
  return html`<p class="text-note" .textContent=${text}></p>`;
}

/** About: of a long text only the beginning is read. @param {string} text */
function wordsIn(text) {
  return text.slice(0, MOST_WORDS * GROUPS).match(/\S+/g)?.length ?? 1;
}
