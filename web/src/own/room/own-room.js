/** "Your own model": a model of a visitor's own is looked at, timed, made smaller and compared, all on this device. */

import "./words.js";
import "../own.css";
import { html, render } from "lit";
import runtime from "virtual:runtime";
import "./own-samples.js";
import { dropped, chosen } from "../samples/dropped.js";
import { isSamples, read, readPictures } from "../samples/read.js";
import { address } from "../../shared/address.js";
import { size, words } from "../../shared/format.js";
import { LightElement } from "../../shared/light-element.js";
import { say } from "../../shared/messages.js";
import { inspection } from "./inspection.js";
import { outcome } from "./outcome.js";
import { readShrink, runForm, shrinkForm } from "./forms.js";
import { pageModel } from "./page-model.js";
import { sentence } from "./sentences.js";
import { ending, state } from "./state.js";
import { MOST_BYTES, Work } from "./work.js";
import { printed } from "./take.js";

/** @typedef {import("../samples/read.js").Found} Found */
/** @typedef {import("./work.js").What} What */
/**
 * @typedef {object} Parts what the room needs of the page
 * @property {import("./told.js").OpenOwn} openOwn
 * @property {() => {requests: number, sent_bytes: number}} [moved] what this page moved over the network so far
 * @property {{id: string, exhibits: () => Promise<import("../../shared/result.js").Exhibits>}} [example] an exhibit whose
 *   model can be tried
 */

const MODEL = /\.onnx$/i;
/** What is answered with how to convert it. */
const OTHERS = ".onnx,.tflite,.h5,.keras,.pt,.pth,.pkl,.joblib,.safetensors,.gguf";

export class OwnRoom extends LightElement {
  static properties = { over: { state: true }, wrong: { state: true }, note: { state: true } };

  constructor() {
    super();
    /** @type {Parts} */
    this.parts = { openOwn: () => Promise.reject(new Error()) };
    /** @type {Work} */
    this.work = new Work(this.parts);
    /** Something is held over it. */
    this.over = false;
    /** What is wrong with what was typed, by field. @type {Record<string, string>} */
    this.wrong = {};
    /** What became of what was dropped or chosen, beside the work itself. */
    this.note = "";
    /** What was moved before the model that is open. */
    this.since = { requests: 0, sent_bytes: 0 };
    /** Files that were given before there was a model. @type {Found[]} */
    this.waiting = [];
  }

  connectedCallback() {
    super.connectedCallback();
    for (const type of ["dragover", "drop"]) addEventListener(type, missed);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    for (const type of ["dragover", "drop"]) removeEventListener(type, missed);
  }

  /** @param {Parts} parts */
  begin(parts) {
    this.parts = parts;
    this.work = new Work({ openOwn: parts.openOwn, onChange: () => this.requestUpdate() });
  }

  render() {
    const { work } = this;
    const { model, busy } = work;
    return html`
      <div
        class="own ${this.over ? "own-over" : ""}"
        @dragover=${this.#hold}
        @dragleave=${this.#left}
        @drop=${this.#drop}
      >
        ${model ? inspection(model, this.#modelButton()) : this.#choice()} ${state(work, "open")}
        <p class="own-problem" .textContent=${this.note}></p>
        ${model ? this.#workbench(model) : ""}
        ${work.outcome ? outcome(work.outcome, work, { print: () => this.#print() }) : ""}
        ${model ? html`<p class="own-moved" .textContent=${this.#movedSince()}></p>` : ""}
        <p role="status" class="visually-hidden" .textContent=${busy ? "" : this.#heard()}></p>
      </div>
    `;
  }

  updated() {
    const { outcome: made } = this.work;
    if (made === this.#seen) return;
    this.#seen = made;
    const title = /** @type {HTMLElement | null} */ (this.querySelector(".own-outcome h3"));
    title?.focus({ preventScroll: true });
    title?.scrollIntoView({ block: "start", behavior: calm() ? "auto" : "smooth" });
  }

  /** @type {Work["outcome"]} */
  #seen = null;

  #choice() {
    const { example } = this.parts;
    return html`
      <label class="own-choice">
        <strong>${say("own-drop")}</strong>
        <input
          type="file"
          accept=${OTHERS}
          ?disabled=${this.work.busy !== null}
          @change=${this.#chosen}
        />
        <small .textContent=${say("own-limits", { megabytes: MOST_BYTES / 1e6 })}></small>
      </label>
      ${
        example
          ? html`<p class="own-example">
              <button type="button" ?disabled=${this.work.busy !== null} @click=${this.#try}>
                ${say("own-try")}
              </button>
              <span .textContent=${say("own-try-note")}></span>
            </p>`
          : ""
      }
    `;
  }

  #modelButton() {
    return html`<label class="own-button">
      <input type="file" class="visually-hidden" accept=${OTHERS} @change=${this.#chosen} />
      <span>${say("own-another")}</span>
    </label>`;
  }

  /** @param {import("./work.js").Model} model */
  #workbench(model) {
    const { work } = this;
    const { busy } = work;
    const able = model.inspection.missing_here.length === 0;
    const about = { busy, able, state: (/** @type {What} */ what) => state(work, what) };
    return html`
      <own-samples
        .given=${work.given}
        .samples=${work.samples}
        .inputs=${model.inspection.inputs}
        ?busy=${busy !== null}
        @found=${(/** @type {CustomEvent<Found[]>} */ { detail }) => this.#samples(detail)}
        @reading=${(/** @type {CustomEvent} */ { detail }) => work.read(detail)}
        @forget=${() => work.forget()}
      ></own-samples>
      ${state(work, "read")} ${runForm(work, about, () => (busy ? work.cancel() : void work.run()))}
      ${shrinkForm(work, about, this.wrong, (event) => this.#shrink(event))}
    `;
  }

  /** What somebody hears who does not see the page change. */
  #heard() {
    const { model, outcome, perf, given } = this.work;
    const bad = [this.note, ending(this.work)].filter(Boolean);
    if (bad.length) return bad.join(" ");
    if (outcome) return say("own-heard-outcome");
    if (perf) return say("own-heard-perf");
    if (given) return say("own-heard-samples");
    return model ? say("own-heard-model", { name: model.name }) : "";
  }

  #movedSince() {
    const { requests, sent_bytes } = this.parts.moved?.() ?? this.since;
    return say("own-moved", {
      requests: requests - this.since.requests,
      size: words(size(sent_bytes - this.since.sent_bytes)),
    });
  }

  /** @param {DragEvent} event */
  #hold(event) {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    this.over = true;
  }

  /** @param {DragEvent} event */
  #left({ relatedTarget }) {
    if (!(relatedTarget instanceof Node && this.contains(relatedTarget))) this.over = false;
  }

  /** @param {DragEvent} event */
  #drop(event) {
    this.over = false;
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    void dropped(event.dataTransfer).then(
      (found) => this.take(found),
      (problem) => (this.note = sentence(problem)),
    );
  }

  /** @param {Event} event */
  #chosen({ target }) {
    const input = /** @type {HTMLInputElement} */ (target);
    const found = chosen(input.files);
    input.value = ""; // the same file may be chosen again
    void this.take(found);
  }

  /**
   * A model, samples, or both: by their names.
   *
   * @param {Found[]} found
   */
  async take(found) {
    if (!found.length) return;
    this.note = "";
    const models = found.filter(({ file }) => MODEL.test(file.name));
    const others = found.filter(({ file }) => !MODEL.test(file.name) && isSamples(file.name));
    const model = models[0] ?? (others.length ? null : found[0]);
    if (models.length > 1) this.note = say("own-one-model", { name: models[0].file.name });
    if (model) await this.#open(model.file, model.file.name);
    if (!others.length) return;
    if (this.work.model) await this.#samples(others);
    else {
      this.waiting = others;
      this.note = say("own-model-first");
    }
  }

  /** @param {Blob} file @param {string} name */
  async #open(file, name) {
    const before = this.work.model;
    await this.work.open(file, name);
    if (this.work.model === before) return;
    this.since = this.parts.moved?.() ?? this.since;
    const { waiting } = this;
    this.waiting = [];
    if (waiting.length && !this.work.given) await this.#samples(waiting);
    this.requestUpdate();
  }

  /** @param {Found[]} found */
  async #samples(found) {
    if (this.work.busy) return void (this.note = say("own-busy"));
    await this.work.read((signal, inputs, onProgress) =>
      read(found, inputs, { signal, onProgress }),
    );
  }

  async #try() {
    const { example } = this.parts;
    if (!example) return;
    this.note = "";
    try {
      const { file, name, pictures } = await pageModel(example.id, example.exhibits);
      await this.#open(file, name);
      if (this.work.model?.name !== name || !pictures.length) return;
      await this.work.read((signal, inputs, onProgress) =>
        readPictures(pictures, inputs, { signal, onProgress }),
      );
    } catch {
      this.note = say("own-try-lost");
    }
  }

  /** @param {SubmitEvent} event */
  #shrink(event) {
    event.preventDefault();
    if (this.work.busy) return this.work.cancel();
    const { method, maxDrop, wrong } = readShrink(
      /** @type {HTMLFormElement} */ (event.currentTarget),
    );
    this.wrong = wrong;
    if (maxDrop !== null) void this.work.shrink(method, maxDrop);
  }

  #print() {
    printed(this);
  }
}

customElements.define("own-room", OwnRoom);

/** @param {HTMLElement} place @param {Parts} parts */
export function openRoom(place, parts) {
  const room = new OwnRoom();
  room.begin(parts);
  render(room, place);
  // What its worker needs, so that the network may go from here on; without it, whoever opens a model hears why.
  void fetch(address(runtime.own.url)).then(
    (response) => response.arrayBuffer(),
    () => {},
  );
  return room;
}

/** A file that misses the room: the browser would go to it, and all that was made here would be gone. @param {any} event */
function missed(event) {
  if (event.defaultPrevented || !event.dataTransfer?.types.includes("Files")) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = "none";
}

function calm() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
