/** Where a visitor opens, drops, pastes or picks a picture; says `picture` with it, as both sides take it. */

import { html } from "lit";
import { LightElement } from "../shared/light-element.js";
import { say } from "../shared/messages.js";
import { sizeSent, toPicture, toRgba } from "./pixels.js";

/** @typedef {import("./pixels.js").Picture} Picture */

const MOST_BYTES = 50e6;

export class PictureEntry extends LightElement {
  static properties = {
    name: {},
    label: {},
    largest: { type: Number },
    samples: { attribute: false },
    picture: { state: true },
    told: { state: true },
    over: { state: true },
  };

  /** Counts what was chosen, so that a file which is read slowly does not replace something newer. */
  #turn = 0;

  constructor() {
    super();
    /** Tells its fields from those of others on the page. */
    this.name = "";
    this.label = "";
    /** Pixels of the longer side that are sent at most. */
    this.largest = 512;
    /** @type {{name: string, input: {image: Picture}}[]} */
    this.samples = [];
    /** @type {Picture | null} */
    this.picture = null;
    /** What came of a file. */
    this.told = "";
    /** A file is held over it. */
    this.over = false;
  }

  /** @param {{image: Picture}} input */
  show(input) {
    this.#turn += 1;
    this.told = "";
    this.picture = input.image;
    this.dispatchEvent(new CustomEvent("picture", { detail: input }));
  }

  render() {
    const { name } = this;
    return html`
      <div
        class="picture-entry ${this.over ? "picture-over" : ""}"
        @dragover=${this.#dragged}
        @dragleave=${() => (this.over = false)}
        @drop=${this.#dropped}
        @paste=${this.#pasted}
      >
        <p id="${name}-question" class="picture-question" .textContent=${this.label}></p>
        <div class="picture-frame">
          <canvas
            role="img"
            aria-label=${say(this.picture ? "added-picture" : "added-picture-none")}
          ></canvas>
        </div>
        <button type="button" @click=${() => this.#picker.click()}>${say("added-open")}</button>
        <input type="file" accept="image/*" hidden @change=${this.#picked} />
        <p class="picture-told" role="status" .textContent=${this.told}></p>
        <p id="${name}-choose">${say("added-choose")}</p>
        <div class="picture-samples" role="group" aria-labelledby="${name}-choose">
          ${this.samples.map(
            (sample) => html`
              <button
                type="button"
                translate="no"
                aria-label=${sample.name}
                @click=${() => this.show(sample.input)}
              >
                <canvas class="picture-small" aria-hidden="true"></canvas>
              </button>
            `,
          )}
        </div>
      </div>
    `;
  }

  /** @param {Map<string, unknown>} changed */
  updated(changed) {
    if (changed.has("picture") && this.picture) paint(this.#canvas, this.picture);
    if (!changed.has("samples")) return;
    const small = /** @type {NodeListOf<HTMLCanvasElement>} */ (
      this.querySelectorAll(".picture-small")
    );
    for (const [index, canvas] of small.entries()) paint(canvas, this.samples[index].input.image);
  }

  get #canvas() {
    return /** @type {HTMLCanvasElement} */ (this.querySelector(".picture-frame canvas"));
  }

  get #picker() {
    return /** @type {HTMLInputElement} */ (this.querySelector("input"));
  }

  /** @param {FileList | null | undefined} files */
  async open(files) {
    if (!files?.length) return;
    const turn = ++this.#turn;
    const [file] = files;
    const read = files.length > 1 ? "added-file-one" : await this.#read(file);
    if (turn !== this.#turn) return;
    if (typeof read === "string") this.told = say(read);
    else this.show({ image: read });
  }

  /** @param {File} file @returns {Promise<Picture | string>} or the message that says what is wrong with it */
  async #read(file) {
    if (file.size > MOST_BYTES) return "added-file-large";
    const bitmap = await createImageBitmap(file).catch(() => null);
    if (!bitmap) return "added-file-unread";
    const { width, height } = sizeSent(bitmap.width, bitmap.height, this.largest);
    const canvas = Object.assign(document.createElement("canvas"), { width, height });
    const context = canvas.getContext("2d", { willReadFrequently: true });
    if (!context) return "added-file-unread";
    context.fillStyle = "white";
    context.fillRect(0, 0, width, height);
    context.imageSmoothingQuality = "high";
    context.drawImage(bitmap, 0, 0, width, height);
    bitmap.close();
    return toPicture(context.getImageData(0, 0, width, height).data, width, height);
  }

  async #picked() {
    await this.open(this.#picker.files);
    this.#picker.value = ""; // the same file may be chosen again
  }

  /** @param {DragEvent} event */
  #dragged(event) {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
    this.over = true;
  }

  /** @param {DragEvent} event */
  #dropped(event) {
    this.over = false;
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    void this.open(event.dataTransfer.files);
  }

  /** @param {ClipboardEvent} event */
  #pasted(event) {
    if (event.clipboardData?.files.length) void this.open(event.clipboardData.files);
  }
}

/** @param {HTMLCanvasElement} canvas @param {Picture} picture */
function paint(canvas, picture) {
  const { width, height } = picture;
  Object.assign(canvas, { width, height });
  canvas.getContext("2d")?.putImageData(new ImageData(toRgba(picture), width, height), 0, 0);
}

customElements.define("picture-entry", PictureEntry);
