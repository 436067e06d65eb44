/** A picture as both sides take it: {width, height, pixels}, base64 of red, green and blue, row by row. */

/** @typedef {{width: number, height: number, pixels: string}} Picture */

const CHUNK = 0x8000;

/**
 * @param {Uint8ClampedArray} rgba as a canvas gives it, without transparency
 * @param {number} width
 * @param {number} height
 * @returns {Picture}
 */
export function toPicture(rgba, width, height) {
  const rgb = new Uint8Array(3 * width * height);
  for (let from = 0, to = 0; from < rgba.length; from += 4, to += 3)
    rgb.set(rgba.subarray(from, from + 3), to);
  let text = "";
  for (let at = 0; at < rgb.length; at += CHUNK)
    text += String.fromCharCode(...rgb.subarray(at, at + CHUNK));
  return { width, height, pixels: btoa(text) };
}

/** @param {Picture} picture @returns {Uint8ClampedArray<ArrayBuffer>} as a canvas takes it */
export function toRgba({ width, height, pixels }) {
  const text = atob(pixels);
  const rgba = new Uint8ClampedArray(4 * width * height).fill(255);
  for (let from = 0, to = 0; from < text.length; from += 3, to += 4)
    for (let part = 0; part < 3; part++) rgba[to + part] = text.charCodeAt(from + part);
  return rgba;
}

/**
 * The size that a picture is sent in: as it is, or with its longer side made as long as is taken.
 *
 * @param {number} width
 * @param {number} height
 * @param {number} largest
 */
export function sizeSent(width, height, largest) {
  const scale = Math.min(1, largest / Math.max(width, height));
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
}
