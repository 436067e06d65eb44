/** A table seen from the side, drawn on a canvas; a visitor can take a block and let it down elsewhere. */

import { html } from "lit";
import { LightElement } from "../../shared/light-element.js";
import { onColours } from "../../shared/on-colours.js";
import { followPresses } from "../../shared/press.js";

/** @typedef {import("./episode.js").Episode} Episode */

const BELOW_M = 0.03;

/** Says `push` {block, x} with x in metres. Whoever plays the episode calls `draw`. */
export class TowerTable extends LightElement {
  static properties = { episode: { attribute: false }, label: {} };

  constructor() {
    super();
    /** @type {Episode | undefined} */
    this.episode = undefined;
    this.label = "";
    /** @type {{block: number, x: number, z: number} | null} */
    this.dragged = null;
    this.sized = new ResizeObserver(() => this.draw());
  }

  connectedCallback() {
    super.connectedCallback();
    this.endColours = onColours(() => this.draw());
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.endColours?.();
    this.sized.disconnect();
  }

  get canvas() {
    return /** @type {HTMLCanvasElement | null} */ (this.querySelector("canvas"));
  }

  firstUpdated() {
    const { canvas } = this;
    if (!canvas) return;
    this.sized.observe(canvas);
    followPresses(canvas, {
      begin: (event) => this.#take(event),
      move: (event) => this.#carry(event),
      end: (event) => this.#let(event),
    });
  }

  updated() {
    this.draw();
  }

  render() {
    return html`<canvas class="tower-canvas" role="img" aria-label=${this.label}></canvas>`;
  }

  /** Draw what is now, in between two steps. */
  draw() {
    const { canvas, episode } = this;
    if (!canvas || !canvas.clientWidth) return;
    const scale = devicePixelRatio || 1;
    const width = Math.round(canvas.clientWidth * scale);
    const height = Math.round(canvas.clientHeight * scale);
    if (canvas.width !== width || canvas.height !== height)
      Object.assign(canvas, { width, height });
    const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    const style = getComputedStyle(canvas);
    const { color: ink, borderTopColor: line } = style;
    pen.clearRect(0, 0, width, height);
    const table = episode?.facts?.table;
    const unit = width / (table?.width ?? 0.6);
    const floor = height - BELOW_M * unit;
    /** @type {(left: number, bottom: number, right: number, top: number) => void} */
    const box = (left, bottom, right, top) =>
      pen.fillRect(left * unit, floor - top * unit, (right - left) * unit, (top - bottom) * unit);
    pen.fillStyle = line;
    box(0, -BELOW_M, 1, 0);
    if (!table || !episode?.now || !episode.before) return;
    pen.fillStyle = ink;
    for (const x of table.areas)
      box(x - table.area_width / 2, -0.008, x + table.area_width / 2, -0.003);
    for (const [rank, x, z] of between(episode)) {
      const [red, green, blue] = table.colours[rank];
      const half = table.block_widths[rank] / 2;
      const taken = this.dragged?.block === rank ? this.dragged : null;
      pen.globalAlpha = taken ? 0.35 : 1;
      pen.fillStyle = `rgb(${red} ${green} ${blue})`;
      box(x - half, z, x + half, z + table.block_height);
      pen.globalAlpha = 1;
      if (taken) box(taken.x - half, taken.z, taken.x + half, taken.z + table.block_height);
      pen.fillStyle = rank === 1 || rank === 2 ? "#161616" : "#ffffff";
      pen.font = `600 ${0.019 * unit}px system-ui, sans-serif`;
      pen.textAlign = "center";
      pen.textBaseline = "middle";
      pen.fillText(`b${rank}`, x * unit, floor - (z + table.block_height / 2) * unit);
    }
    pen.fillStyle = ink;
    const [x, z, opening] = hand(episode);
    const [thick, long] = table.finger;
    const reach = table.span / 2 + thick;
    box(x - reach, z, x + reach, z + table.palm);
    box(x - opening / 2 - thick, z - long, x - opening / 2, z);
    box(x + opening / 2, z - long, x + opening / 2 + thick, z);
    box(x - 0.006, z + table.palm, x + 0.006, 1);
  }

  /** Whether there is a block to take. @param {PointerEvent} event */
  #take(event) {
    const { episode } = this;
    const table = episode?.facts?.table;
    if (!table || !episode?.now || episode.over) return false;
    const { x, z } = this.#place(event);
    const hit = episode.now.blocks.find(
      ([rank, middle, under]) =>
        Math.abs(x - middle) <= table.block_widths[rank] / 2 + 0.01 &&
        z >= under - 0.008 &&
        z <= under + table.block_height + 0.008,
    );
    if (!hit) return false;
    this.dragged = { block: hit[0], x, z };
    this.draw();
    return true;
  }

  /** @param {PointerEvent} event */
  #carry(event) {
    if (!this.dragged) return;
    Object.assign(this.dragged, this.#place(event));
    this.draw();
  }

  /** @param {PointerEvent | null} event null: where is not known, so the block stays where it was */
  #let(event) {
    const { dragged } = this;
    this.dragged = null;
    this.draw();
    if (!dragged || !event) return;
    const detail = { block: dragged.block, x: this.#place(event).x };
    this.dispatchEvent(new CustomEvent("push", { detail, bubbles: true }));
  }

  /** @param {PointerEvent} event */
  #place(event) {
    const area = /** @type {HTMLCanvasElement} */ (this.canvas).getBoundingClientRect();
    const unit = area.width / 0.6;
    const x = Math.min(0.6, Math.max(0, (event.clientX - area.left) / unit));
    return { x, z: Math.max(0, (area.bottom - event.clientY) / unit - BELOW_M) };
  }
}

/** @param {Episode} episode @returns {[number, number, number][]} */
function between({ before, now, part }) {
  const old = new Map(before?.blocks.map((block) => [block[0], block]));
  return (now?.blocks ?? []).map(([rank, x, z]) => {
    const from = old.get(rank) ?? [rank, x, z];
    return [rank, mixed(from[1], x, part), mixed(from[2], z, part)];
  });
}

/** @param {Episode} episode */
function hand({ before, now, part }) {
  const to = now?.gripper ?? [0, 0, 0];
  return to.map((value, index) => mixed(before?.gripper[index] ?? value, value, part));
}

/** @param {number} from @param {number} to @param {number} part */
function mixed(from, to, part) {
  return from + (to - from) * part;
}

customElements.define("tower-table", TowerTable);
