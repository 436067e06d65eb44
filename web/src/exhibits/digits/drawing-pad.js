/** The paper: draws what a mouse, a finger or a pen does on it, with undo and clear; says `drawing` when it changed. */

import { html } from "lit";
import { LightElement } from "../../shared/light-element.js";
import { say } from "../../shared/messages.js";
import { onColours } from "../../shared/on-colours.js";
import { followPresses } from "../../shared/press.js";
import { draw, toImage } from "./strokes.js";
import { isUndo } from "./undo-key.js";

/** @typedef {import("./strokes.js").Point} Point */
/** @typedef {import("./strokes.js").Stroke} Stroke */

/** How long a sample takes to draw itself. */
const REPLAY_MS = 450;
/** Drawings that undo remembers. */
const REMEMBERED = 100;

export class DrawingPad extends LightElement {
  static properties = { hint: {}, strokes: { state: true } };

  /** Drawings before this one, for undo. @type {Stroke[][]} */
  #past = [];
  /** The stroke under way. @type {Stroke | null} */
  #pen = null;
  #frame = 0;
  #replay = 0;
  #endColours = () => {};
  #sizes = new ResizeObserver(() => this.#paint());

  constructor() {
    super();
    this.hint = "";
    /** @type {Stroke[]} */
    this.strokes = [];
  }

  /** Nothing is drawn. */
  get blank() {
    return this.strokes.length === 0;
  }

  /** Nothing is drawing itself or waits to be painted: the last `drawing` told of all that is on the paper. */
  get still() {
    return !this.#replay && !this.#frame;
  }

  /** The drawing for the core. @param {number} side in pixels */
  image(side) {
    return toImage(this.strokes, side);
  }

  /** Draw a finished drawing, a bit at a time. @param {Stroke[]} strokes */
  play(strokes) {
    this.#remember();
    this.#stop();
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
      this.show(strokes);
      return;
    }
    const points = strokes.reduce((sum, stroke) => sum + stroke.length, 0);
    const start = performance.now();
    const step = (/** @type {number} */ now) => {
      const share = Math.min(1, (now - start) / REPLAY_MS);
      this.show(share < 1 ? first(strokes, share * points) : strokes);
      this.#replay = share < 1 ? requestAnimationFrame(step) : 0;
    };
    this.#replay = requestAnimationFrame(step);
  }

  undo() {
    this.#stop();
    const before = this.#past.pop();
    if (before) this.show(before);
  }

  clear() {
    if (this.blank) return;
    this.#remember();
    this.#stop();
    this.show([]);
  }

  connectedCallback() {
    super.connectedCallback();
    document.addEventListener("keydown", this.#key);
    this.#endColours = onColours(this.#paint);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    document.removeEventListener("keydown", this.#key);
    this.#endColours();
    this.#sizes.disconnect();
  }

  firstUpdated() {
    this.#sizes.observe(this.#canvas);
    followPresses(this.#canvas, {
      begin: (event) => this.#down(event),
      move: (event) => this.#move(event),
      end: () => (this.#pen = null),
    });
  }

  render() {
    return html`
      <div class="paper">
        <canvas
          role="img"
          aria-label=${say(this.blank ? "digits-paper-empty" : "digits-paper-drawn")}
        ></canvas>
        ${this.blank ? html`<p class="paper-hint" .textContent=${this.hint}></p>` : ""}
      </div>
      <div class="paper-tools">
        <button
          type="button"
          aria-keyshortcuts="Control+Z Meta+Z"
          ?disabled=${!this.#past.length}
          @click=${this.undo}
        >
          ${say("digits-undo")}
        </button>
        <button type="button" ?disabled=${this.blank} @click=${this.clear}>
          ${say("digits-clear")}
        </button>
      </div>
    `;
  }

  get #canvas() {
    return /** @type {HTMLCanvasElement} */ (this.querySelector("canvas"));
  }

  #key = (/** @type {KeyboardEvent} */ event) => {
    if (!this.#past.length || !isUndo(event, this)) return;
    event.preventDefault();
    this.undo();
  };

  /** @param {PointerEvent} event */
  #down(event) {
    this.#remember();
    this.#stop();
    this.#pen = [this.#point(event)];
    this.show([...this.strokes, this.#pen]);
    return true;
  }

  /** @param {PointerEvent} event */
  #move(event) {
    if (!this.#pen) return; // it was undone or wiped away meanwhile
    const events = event.getCoalescedEvents?.() ?? [];
    for (const part of events.length ? events : [event]) this.#pen.push(this.#point(part));
    this.show([...this.strokes]);
  }

  /** @param {PointerEvent} event @returns {Point} */
  #point(event) {
    const { left, top, width } = this.#canvas.getBoundingClientRect();
    const w = event.pointerType === "pen" && event.pressure ? 0.6 + 0.8 * event.pressure : 1;
    return { x: (event.clientX - left) / width, y: (event.clientY - top) / width, w };
  }

  /** End what is being drawn, by a hand or by a replay. */
  #stop() {
    cancelAnimationFrame(this.#replay);
    this.#replay = 0;
    this.#pen = null;
  }

  #remember() {
    this.#past = [...this.#past, this.strokes].slice(-REMEMBERED);
  }

  /** Show these strokes; at most once per frame, paint them and say so. @param {Stroke[]} strokes */
  show(strokes) {
    this.strokes = strokes;
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#paint();
      this.dispatchEvent(new CustomEvent("drawing"));
    });
  }

  #paint = () => {
    const canvas = this.#canvas;
    const side = Math.round(canvas.clientWidth * devicePixelRatio);
    if (!side) return;
    canvas.width = canvas.height = side; // also wipes it
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    context.strokeStyle = getComputedStyle(canvas).color;
    draw(context, this.strokes, side);
  };
}

customElements.define("drawing-pad", DrawingPad);

/**
 * The first so many points of a drawing.
 *
 * @param {Stroke[]} strokes
 * @param {number} points
 */
function first(strokes, points) {
  const shown = [];
  for (const stroke of strokes) {
    if (points < 1) break;
    shown.push(stroke.slice(0, Math.ceil(points)));
    points -= stroke.length;
  }
  return shown;
}
