/** Where a visitor types, pastes, drops or picks a text; says `entered` with it whenever it changed. */

import { html } from "lit";
import { LightElement } from "../shared/light-element.js";
import { say } from "../shared/messages.js";
import { openFile } from "./file.js";
import { lettersIn } from "./marks.js";

/** @typedef {{name: string, text: string}} Sample a ready-made text and what it is called, as on its button */

/** Texts that undo remembers. */
const REMEMBERED = 20;

export class TextEntry extends LightElement {
  static properties = {
    name: {},
    label: {},
    hint: {},
    choose: {},
    accept: {},
    rows: { type: Number },
    samples: { attribute: false },
    text: { state: true },
    told: { state: true },
    over: { state: true },
  };

  /** Texts that were replaced as a whole, for undo. @type {string[]} */
  #past = [];
  /** It was changed by hand since it was put in. */
  #typed = false;
  /** Counts what was put in, so that a file which is read slowly does not replace something newer. */
  #turn = 0;

  constructor() {
    super();
    /** Tells its fields from those of others on the page. */
    this.name = "";
    this.label = "";
    this.hint = "";
    /** Names the ready-made texts. */
    this.choose = "";
    /** Which files are offered to be opened, as an input of type file takes it. */
    this.accept = "";
    this.rows = 2;
    /** @type {Sample[]} */
    this.samples = [];
    /** What is in the field. */
    this.text = "";
    /** What came of a file. */
    this.told = "";
    /** A file is held over it. */
    this.over = false;
  }

  /** Put a text in, which an undo takes back. @param {string} text */
  replace(text) {
    this.#remember();
    this.show(text);
  }

  /** Put a text in. @param {string} text */
  show(text) {
    this.#field.value = text;
    this.#typed = false;
    this.#changed();
  }

  clear() {
    this.replace("");
    this.#field.focus();
  }

  undo() {
    const before = this.#past.pop();
    if (before === undefined) return;
    if (this.#typed) this.#remember(); // so that nothing which was typed is lost
    this.show(before);
    this.#field.focus();
  }

  /** Read a file in the place of the text. @param {FileList | null | undefined} files */
  async open(files) {
    if (!files?.length) return;
    const turn = ++this.#turn;
    const [file] = files;
    const opened = files.length > 1 ? { problem: "text-file-one" } : await openFile(file);
    if (turn !== this.#turn) return;
    if ("text" in opened) this.replace(opened.text);
    this.told = "text" in opened ? say("text-file-read", { name: file.name }) : say(opened.problem);
  }

  render() {
    const { name, text } = this;
    return html`
      <div
        class="text-entry ${this.over ? "text-over" : ""}"
        @dragover=${this.#dragged}
        @dragleave=${this.#left}
        @drop=${this.#dropped}
      >
        <label for="${name}-field" .textContent=${this.label}></label>
        <p class="text-hint" id="${name}-hint" .textContent=${this.hint}></p>
        <textarea
          id="${name}-field"
          rows=${this.rows}
          lang="en"
          translate="no"
          spellcheck="false"
          autocapitalize="none"
          autocomplete="off"
          aria-describedby="${name}-hint ${name}-letters"
          @input=${this.#input}
        ></textarea>
        <div class="text-tools">
          <button type="button" ?disabled=${!text} @click=${this.clear}>
            ${say("text-clear")}
          </button>
          <button type="button" ?disabled=${!this.#past.length} @click=${this.undo}>
            ${say("text-undo")}
          </button>
          <button type="button" @click=${() => this.#picker.click()}>${say("text-open")}</button>
          <input type="file" accept=${this.accept} hidden @change=${this.#picked} />
          <p
            id="${name}-letters"
            .textContent=${say("text-letters", { count: lettersIn(text) })}
          ></p>
        </div>
        <p class="text-told" role="status" .textContent=${this.told}></p>
        <p id="${name}-choose" .textContent=${this.choose}></p>
        <div class="text-samples" role="group" aria-labelledby="${name}-choose" lang="en">
          ${this.samples.map(
            (sample) =>
              html`<button type="button" translate="no" @click=${() => this.replace(sample.text)}>
                ${sample.name}
              </button>`,
          )}
        </div>
      </div>
    `;
  }

  get #field() {
    return /** @type {HTMLTextAreaElement} */ (this.querySelector("textarea"));
  }

  get #picker() {
    return /** @type {HTMLInputElement} */ (this.querySelector("input"));
  }

  #input() {
    this.#typed = true;
    this.#changed();
  }

  #changed() {
    this.#turn += 1;
    this.told = "";
    this.text = this.#field.value; // line ends are not what they were
    this.requestUpdate(); // what undo remembers may have changed where the text did not
    this.dispatchEvent(new CustomEvent("entered", { detail: this.text }));
  }

  #remember() {
    if (this.text) this.#past = [...this.#past, this.text].slice(-REMEMBERED);
  }

  async #picked() {
    await this.open(this.#picker.files);
    this.#picker.value = ""; // the same file may be chosen again
  }

  /** @param {DragEvent} event */
  #dragged(event) {
    if (!event.dataTransfer?.types.includes("Files")) return; // words that are dragged go where they are dropped
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
    this.over = true;
  }

  /** @param {DragEvent} event */
  #left({ relatedTarget }) {
    if (!(relatedTarget instanceof Node && this.contains(relatedTarget))) this.over = false;
  }

  /** @param {DragEvent} event */
  #dropped(event) {
    this.over = false;
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    void this.open(event.dataTransfer.files);
  }
}

customElements.define("text-entry", TextEntry);
