/** Samples to try models on: chosen or dropped, with what they are read as; says `found`, `reading` and `forget`. */

import { html } from "lit";
import "./sample-picture.js";
import { picturePlan, readPlan, tableChoice } from "./reading.js";
import { chosen } from "../samples/dropped.js";
import { ACCEPTED, labelsOf, replanned } from "../samples/read.js";
import { shown } from "../samples/shown.js";
import { LightElement } from "../../shared/light-element.js";
import { list, number, say } from "../../shared/messages.js";

/** @typedef {import("../samples/read.js").Given} Given */

const PREVIEW = 8;
const NAMES = 12;
const FEW = 64;
const FOLDERS = "webkitdirectory" in HTMLInputElement.prototype;

export class OwnSamples extends LightElement {
  static properties = {
    given: { attribute: false },
    samples: { attribute: false },
    inputs: { attribute: false },
    busy: { type: Boolean },
    wrong: { state: true },
  };

  constructor() {
    super();
    /** @type {Given | null} */
    this.given = null;
    /** @type {import("../samples/read.js").Samples | null} */
    this.samples = null;
    /** Of the model. @type {import("../samples/picture-plan.js").Input[]} */
    this.inputs = [];
    /** Something is under way. */
    this.busy = false;
    /** What is wrong with what was typed, by field. @type {Record<string, string>} */
    this.wrong = {};
  }

  render() {
    const { given, samples } = this;
    return html`
      <section class="own-part" aria-labelledby="own-samples-title">
        <h3 id="own-samples-title">${say("own-samples-title")}</h3>
        ${given && samples ? this.#given(given, samples) : this.#choice()}
      </section>
    `;
  }

  #choice() {
    return html`
      <p>${say("own-samples-why")}</p>
      <div class="own-choice">
        <label>
          <strong>${say("own-samples-drop")}</strong>
          <input
            type="file"
            multiple
            accept=${ACCEPTED}
            ?disabled=${this.busy}
            @change=${this.#chosen}
          />
        </label>
        ${
          FOLDERS
            ? html`<label class="own-button ${this.busy ? "own-off" : ""}">
                <input
                  type="file"
                  class="visually-hidden"
                  multiple
                  .webkitdirectory=${true}
                  ?disabled=${this.busy}
                  @change=${this.#chosen}
                />
                <span>${say("own-samples-folder")}</span>
              </label>`
            : ""
        }
        <small>${say("own-samples-kinds")}</small>
      </div>
      <p class="own-note">${say("own-samples-none")}</p>
    `;
  }

  /** @param {Given} given @param {import("../samples/read.js").Samples} samples */
  #given(given, samples) {
    const count = Object.values(samples.inputs)[0]?.dims[0] ?? 0;
    const known = labelsOf(given);
    return html`
      <p .textContent=${say("own-samples-are", { count, name: given.name })}></p>
      <p .textContent=${labelWords(samples, known)}></p>
      ${
        count < FEW
          ? html`<p class="own-note" .textContent=${say("own-samples-few", { few: FEW })}></p>`
          : ""
      }
      ${given.kind === "pictures" ? this.#leftOut(given) : ""}
      <ul class="own-preview" aria-label=${say("own-preview")}>
        ${Array.from({ length: Math.min(PREVIEW, count) }, (_, index) =>
          this.#one(given, samples, Math.floor((index * count) / Math.min(PREVIEW, count))),
        )}
      </ul>
      ${
        given.kind === "pictures" || given.kind === "table" || known
          ? html`<details class="own-reading">
              <summary>${say("own-reading")}</summary>
              <form novalidate @submit=${this.#submit} @change=${this.#change}>
                ${given.kind === "pictures" ? picturePlan(given.plan, this.wrong) : ""}
                ${given.kind === "table" ? tableChoice(given, this.inputs) : ""}
                ${known ? this.#order(given, known) : ""}
              </form>
            </details>`
          : ""
      }
      <div class="own-buttons">
        <button type="button" ?disabled=${this.busy} @click=${this.#forget}>
          ${say("own-samples-other")}
        </button>
      </div>
    `;
  }

  /** @param {Given & import("../samples/read.js").Pictures} given */
  #leftOut({ given, pictures, unread }) {
    const left = given - pictures.length - unread.length;
    return html`
      ${left > 0 ? html`<p class="own-note" .textContent=${say("own-samples-left", { count: left })}></p>` : ""}
      ${
        unread.length
          ? html`<p
              class="own-note"
              .textContent=${say("own-samples-unread", { count: unread.length, name: unread[0] })}
            ></p>`
          : ""
      }
    `;
  }

  /** @param {Given} given @param {import("../samples/read.js").Samples} samples @param {number} at */
  #one(given, samples, at) {
    const { seen, text } = shown(given, samples, this.inputs, at);
    const label = samples.labels ? className(samples, samples.labels[at]) : "";
    const name = say("own-sample", { number: at + 1 });
    return html`<li>
      ${
        seen
          ? html`<sample-picture
              .seen=${seen}
              label=${label ? `${name}: ${label}` : name}
            ></sample-picture>`
          : html`<span class="own-sample-text" translate="no" .textContent=${text}></span>`
      }
      ${label ? html`<span class="own-label" translate="no" .textContent=${label}></span>` : ""}
    </li>`;
  }

  /** What the model's outputs are called. @param {Given} given @param {import("../samples/labels.js").Labelled} known */
  #order(given, known) {
    const proposed = given.order.length ? given.order : (known.classes ?? []);
    return html`<div class="own-order">
      <label for="own-order">${say("own-order")}</label>
      <textarea
        id="own-order"
        name="order"
        rows=${Math.min(10, Math.max(3, proposed.length))}
        translate="no"
        spellcheck="false"
        aria-describedby="own-order-note"
        .value=${proposed.join("\n")}
      ></textarea>
      <p id="own-order-note" class="own-note">
        ${say("own-order-note", { sorted: `${known.classes !== null}` })}
      </p>
    </div>`;
  }

  /** @param {Event} event */
  #chosen({ target }) {
    const input = /** @type {HTMLInputElement} */ (target);
    const found = chosen(input.files);
    input.value = ""; // the same may be chosen again
    this.dispatchEvent(new CustomEvent("found", { detail: found }));
  }

  /** @param {Event} event */
  #submit(event) {
    event.preventDefault();
    this.#change(event);
  }

  /** @param {Event} event */
  #change(event) {
    const form = /** @type {HTMLFormElement} */ (event.currentTarget);
    const { given } = this;
    if (!given || this.busy) return;
    const asked = new FormData(form);
    const order = `${asked.get("order") ?? ""}`
      .split("\n")
      .map((line) => line.trim())
      .filter(Boolean);
    const proposed = labelsOf(given)?.classes ?? [];
    const same = order.join("\n") === proposed.join("\n");
    const next = { ...given, order: same ? [] : order };
    if (next.kind === "pictures") {
      const { plan, wrong } = readPlan(form, next.plan);
      this.wrong = wrong;
      if (!plan) return;
      this.#read((signal, onProgress) => replanned(next, plan, { signal, onProgress }));
      return;
    }
    if (next.kind === "table") {
      const choice = {
        labels: Number(asked.get("labels") ?? -1),
        text: Number(asked.get("text") ?? -1),
      };
      const changed = choice.labels !== next.choice.labels;
      this.#read(async () => ({ ...next, choice, order: changed ? [] : next.order }));
      return;
    }
    this.#read(async () => next);
  }

  /** @param {(signal: AbortSignal, onProgress: (done: number) => void) => Promise<Given>} act */
  #read(act) {
    const detail = (
      /** @type {AbortSignal} */ signal,
      /** @type {unknown} */ _,
      /** @type {(done: number) => void} */ onProgress,
    ) => act(signal, onProgress);
    this.dispatchEvent(new CustomEvent("reading", { detail }));
  }

  #forget() {
    this.wrong = {};
    this.dispatchEvent(new CustomEvent("forget"));
    void this.updateComplete.then(() => this.querySelector("input")?.focus());
  }
}

customElements.define("own-samples", OwnSamples);

/** A label in words. @param {{classes?: string[]}} samples @param {number} label */
export function className({ classes }, label) {
  return classes?.[label] ?? number(label, { useGrouping: false });
}

/** @param {import("../samples/read.js").Samples} samples @param {import("../samples/labels.js").Labelled | null} known */
function labelWords({ labels, classes }, known) {
  if (!labels || !known) return say("own-labels-none");
  const used = [...new Set(labels)].sort((a, b) => a - b);
  const names = used
    .slice(0, NAMES)
    .map((label) => classes?.[label] ?? number(label, { useGrouping: false }));
  const more = used.length - names.length;
  return say("own-labels-are", {
    count: used.length,
    names: list(more > 0 ? [...names, "…"] : names),
  });
}
