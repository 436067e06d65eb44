/**
 * Smooth lines as pixels, computed rather than drawn: browsers' canvases differ in their edges, and a drawing has to be
 * the same to the byte everywhere, so that an answer recorded for it is found again.
 *
 * Only +, -, *, / and what IEEE 754 rounds exactly (sqrt) is used: every engine comes to the same.
 */

/** @typedef {{x: number, y: number}} Place */
/** @typedef {[from: Place, control: Place, to: Place, width: number]} Curve in units of the image's side */

/** How far a straight piece may lie beside its curve, in pixels. */
const FLAT = 0.05;

/**
 * How much of each pixel is covered by curves with round ends: uint8 [side, side], row by row, 0 none, 255 all of it.
 *
 * Where curves overlap a pixel has what the one that covers it most gives it, so that more ink never makes it paler.
 *
 * @param {Iterable<Curve>} curves
 * @param {number} side in pixels
 */
export function raster(curves, side) {
  const image = new Uint8Array(side * side);
  for (const [from, control, to, width] of curves) {
    const [p, q, r] = [from, control, to].map(({ x, y }) => ({ x: x * side, y: y * side }));
    const bend = length(p.x - 2 * q.x + r.x, p.y - 2 * q.y + r.y) / 4;
    const pieces = Math.max(1, Math.ceil(Math.sqrt(bend / FLAT)));
    for (let piece = 0, start = p; piece < pieces; piece++) {
      const end = along(p, q, r, (piece + 1) / pieces);
      line(image, side, start, end, width * side);
      start = end;
    }
  }
  return image;
}

/**
 * One straight piece with round ends. A pixel's share is told by how far its middle is from the line, which is what is
 * covered but for a few hundredths; a line thinner than a pixel covers no more of one than it is wide.
 *
 * @param {Uint8Array} image
 * @param {number} side
 * @param {Place} a
 * @param {Place} b
 * @param {number} width
 */
function line(image, side, a, b, width) {
  const reach = width / 2 + 0.5;
  const most = Math.min(1, width);
  const [left, right] = span(a.x, b.x, reach, side);
  const [top, bottom] = span(a.y, b.y, reach, side);
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const square = dx * dx + dy * dy || 1; // of a dot, whose length is nothing
  for (let row = top; row <= bottom; row++) {
    const y = row + 0.5 - a.y;
    for (let column = left; column <= right; column++) {
      const x = column + 0.5 - a.x;
      const share = Math.min(1, Math.max(0, (x * dx + y * dy) / square));
      const across = x - share * dx;
      const down = y - share * dy;
      const apart = across * across + down * down;
      if (apart >= reach * reach) continue;
      const ink = Math.floor(Math.min(most, reach - Math.sqrt(apart)) * 255 + 0.5);
      const at = row * side + column;
      if (ink > image[at]) image[at] = ink;
    }
  }
}

/** The pixels that something around two coordinates can touch. @param {number} a @param {number} b @param {number} reach @param {number} side */
function span(a, b, reach, side) {
  return [
    Math.max(0, Math.floor(Math.min(a, b) - reach)),
    Math.min(side - 1, Math.floor(Math.max(a, b) + reach)),
  ];
}

/** @param {Place} p @param {Place} q @param {Place} r @param {number} t from 0 to 1 */
function along(p, q, r, t) {
  const [one, two, three] = [(1 - t) * (1 - t), 2 * t * (1 - t), t * t];
  return { x: one * p.x + two * q.x + three * r.x, y: one * p.y + two * q.y + three * r.y };
}

/** Math.hypot may differ between engines. @param {number} x @param {number} y */
function length(x, y) {
  return Math.sqrt(x * x + y * y);
}
