/** Strokes of a pen, in units of the paper's side, as smooth lines: on a canvas, as pixels, as an SVG path. */

import { raster } from "./raster.js";

/** @typedef {{x: number, y: number, w: number}} Point `w` widens the pen */
/** @typedef {Point[]} Stroke */

const PEN = 0.07;

/**
 * Draw all strokes with the context's current colour.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {Stroke[]} strokes
 * @param {number} side of the paper in the context's units
 */
export function draw(context, strokes, side) {
  context.lineCap = context.lineJoin = "round";
  for (const stroke of strokes) {
    for (const [from, control, to] of curves(stroke)) {
      context.beginPath();
      context.lineWidth = control.w * PEN * side;
      context.moveTo(from.x * side, from.y * side);
      context.quadraticCurveTo(control.x * side, control.y * side, to.x * side, to.y * side);
      context.stroke();
    }
  }
}

/**
 * The drawing as the core takes it: one byte per pixel, 0 paper, 255 ink, whatever colours are on the screen, and the
 * same bytes in every browser.
 *
 * @param {Stroke[]} strokes
 * @param {number} side in pixels
 */
export function toImage(strokes, side) {
  /** @returns {import("./raster.js").Curve[]} */
  const wide = (/** @type {Stroke} */ stroke) =>
    curves(stroke).map(([from, control, to]) => [from, control, to, control.w * PEN]);
  let bytes = "";
  for (const ink of raster(strokes.flatMap(wide), side)) bytes += String.fromCharCode(ink);
  return { width: side, height: side, pixels: btoa(bytes) };
}

/**
 * @param {Stroke[]} strokes
 * @param {number} side
 */
export function toPath(strokes, side) {
  const at = (/** @type {Point} */ { x, y }) => `${round(x * side)} ${round(y * side)}`;
  return strokes
    .flatMap((stroke) => curves(stroke))
    .map(([from, control, to]) => `M${at(from)}Q${at(control)} ${at(to)}`)
    .join("");
}

/**
 * Curves from the middle between two points to the middle between the next two, so that they join without a corner;
 * a point that is there twice makes one.
 *
 * @param {Stroke} stroke
 * @returns {[from: Point, control: Point, to: Point][]}
 */
function curves(stroke) {
  return stroke.map((point, index) => {
    const before = stroke[index - 1] ?? point;
    const after = stroke[index + 1] ?? point;
    return [
      index === 0 ? point : middle(before, point),
      point,
      index === stroke.length - 1 ? point : middle(point, after),
    ];
  });
}

/** @param {Point} a @param {Point} b @returns {Point} */
function middle(a, b) {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, w: (a.w + b.w) / 2 };
}

/** @param {number} value */
function round(value) {
  return Math.round(value * 10) / 10;
}
