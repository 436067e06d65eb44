/** What the agent here has in mind: what it sees, the symbols that hold, its plan, and why it changed it. */

import { html } from "lit";
import { LightElement } from "../../shared/light-element.js";
import { inWords, number, say } from "../../shared/messages.js";

export class TowerThoughts extends LightElement {
  static properties = {
    thought: { attribute: false },
    asked: { attribute: false },
    operators: {},
  };

  constructor() {
    super();
    /** @type {any} */
    this.thought = null;
    /** What the server was sent last. @type {any} */
    this.asked = null;
    this.operators = "";
  }

  render() {
    const { thought } = this;
    return html`
      <div class="tower-thoughts">
        <section aria-labelledby="tower-sees">
          <h3 id="tower-sees">
            <strong class="here">${say("tower-side-here")}</strong> ${say("tower-sees")}
          </h3>
          <canvas
            class="tower-picture"
            data-of="here"
            role="img"
            aria-label=${seen(thought)}
          ></canvas>
          <p
            class="tower-says"
            .textContent=${thought ? inWords(thought.says) : say("tower-says-nothing")}
          ></p>
        </section>
        <section aria-labelledby="tower-knows">
          <h3 id="tower-knows">${say("tower-knows")}</h3>
          <ul class="tower-facts">
            ${(thought?.facts ?? []).map((/** @type {string} */ fact) => html`<li translate="no" .textContent=${fact}></li>`)}
          </ul>
        </section>
        <section aria-labelledby="tower-plans">
          <h3 id="tower-plans">${say("tower-plans")}</h3>
          <ol class="tower-plan">
            ${steps(thought).map(
              ({ text, state }) =>
                html`<li
                  class=${state}
                  aria-current=${state === "now" ? "step" : "false"}
                  translate="no"
                  .textContent=${text}
                ></li>`,
            )}
          </ol>
          <p class="tower-replans" .textContent=${planned(thought)}></p>
        </section>
        <section aria-labelledby="tower-sent">
          <h3 id="tower-sent">
            <strong class="there">${say("tower-side-there")}</strong> ${say("tower-was-sent")}
          </h3>
          <canvas
            class="tower-picture"
            data-of="there"
            role="img"
            aria-label=${say(this.asked ? "tower-picture-sent" : "tower-picture-none")}
          ></canvas>
          <p class="tower-says">${say("tower-motions")}</p>
        </section>
      </div>
      <details>
        <summary>${say("tower-learned")}</summary>
        <div>
          <p>${say("tower-learned-how")}</p>
          <pre
            class="tower-operators"
            tabindex="0"
            translate="no"
            .textContent=${this.operators}
          ></pre>
        </div>
      </details>
    `;
  }

  updated() {
    paint(this.#picture("here"), this.thought?.picture, this.thought?.boxes ?? []);
    paint(this.#picture("there"), this.asked, []);
  }

  /** @param {string} of */
  #picture(of) {
    return /** @type {HTMLCanvasElement} */ (this.querySelector(`canvas[data-of="${of}"]`));
  }
}

/** @typedef {{text: string, state: string}} Step */

/** The plan's steps around the current one: what is long done need not be read. @param {any} thought @returns {Step[]} */
function steps(thought) {
  if (!thought) return [];
  const first = Math.max(0, Math.min(thought.at - 2, thought.plan.length - 6));
  return thought.plan
    .slice(first, first + 6)
    .map((/** @type {string} */ text, /** @type {number} */ index) => {
      const at = first + index;
      return { text, state: at < thought.at ? "done" : at === thought.at ? "now" : "later" };
    });
}

/** How it came by its plan. @param {any} thought */
function planned(thought) {
  if (thought?.replans) {
    const { replans: times, why } = thought;
    if (!why) return say("tower-replanned", { times });
    return say("tower-replanned-why", {
      times,
      expected: names(why.expected),
      saw: names(why.saw),
    });
  }
  const steps = thought?.plan.length;
  if (!steps) return "";
  return say("tower-planned", { steps, states: number(thought.expanded, { useGrouping: false }) });
}

/** @param {any} thought */
function seen(thought) {
  if (!thought) return say("tower-picture-none");
  const blocks = thought.boxes.map((/** @type {number[]} */ [rank]) => `b${rank}`);
  return say("tower-picture", { blocks: names(blocks) });
}

/** Blocks or facts, whose names are the same in every language. @param {string[]} all */
function names(all) {
  return all.join(", ") || "none";
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {{width: number, height: number, pixels: string} | null | undefined} picture
 * @param {number[][]} boxes rank, left, top, right, bottom and how sure
 */
function paint(canvas, picture, boxes) {
  if (!picture) return;
  const { width, height } = picture;
  const zoom = 4;
  Object.assign(canvas, { width: width * zoom, height: height * zoom });
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const raw = atob(picture.pixels);
  const image = new ImageData(width, height);
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    for (let part = 0; part < 3; part += 1)
      image.data[4 * pixel + part] = raw.charCodeAt(3 * pixel + part);
    image.data[4 * pixel + 3] = 255;
  }
  const small = new OffscreenCanvas(width, height);
  /** @type {OffscreenCanvasRenderingContext2D} */ (small.getContext("2d")).putImageData(
    image,
    0,
    0,
  );
  pen.imageSmoothingEnabled = false;
  pen.drawImage(small, 0, 0, width * zoom, height * zoom);
  pen.font = "600 20px system-ui, sans-serif";
  pen.lineWidth = 3;
  for (const [rank, left, top, right, bottom] of boxes) {
    pen.strokeStyle = pen.fillStyle = "#161616";
    pen.strokeRect(left * zoom, top * zoom, (right - left) * zoom, (bottom - top) * zoom);
    pen.fillText(`b${rank}`, right * zoom + 6, bottom * zoom - 2);
  }
}

customElements.define("tower-thoughts", TowerThoughts);
