/** Pictures from files, brought to the size that a model takes: what no test without a browser can do. */

import { Unusable } from "./unusable.js";
import { length, newTensor, write } from "./picture-plan.js";

/**
 * @typedef {import("./picture-plan.js").Plan} Plan
 * @typedef {{name: string, path: string, source: Blob | ImageData}} Picture
 */

/** What the samples may take of this device's memory. */
export const MOST_BYTES = 256 * 2 ** 20;
/** A picture is decoded whole before it is made small. */
const MOST_FILE = 64 * 2 ** 20;
const PAPER = "#ffffff";

/** How many pictures fit. @param {Plan} plan */
export function mostPictures(plan) {
  return Math.max(1, Math.floor(MOST_BYTES / (4 * length(plan))));
}

/**
 * As many of them as there is room for, from the first to the last, so that each folder has its share.
 *
 * @template T
 * @param {T[]} all
 * @param {number} most
 * @returns {T[]}
 */
export function spread(all, most) {
  if (all.length <= most) return all;
  return Array.from({ length: most }, (_, at) => all[Math.floor((at * all.length) / most)]);
}

/**
 * The pictures at the plan's size, one after the other, with what could not be read left out.
 *
 * @param {Picture[]} pictures
 * @param {Plan} plan
 * @param {{onProgress?: (done: number) => void, signal?: AbortSignal}} [options]
 * @returns {Promise<{pixels: Uint8ClampedArray[], read: Picture[], unread: string[]}>}
 */
export async function decode(pictures, plan, { onProgress = () => {}, signal } = {}) {
  const { width, height } = plan;
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width, height });
  const paper = canvas.getContext("2d", { willReadFrequently: true, alpha: false });
  if (!paper || !isFaithful(paper)) throw new Unusable("own-canvas");
  paper.imageSmoothingQuality = "high";
  const pixels = [];
  const read = [];
  const unread = [];
  for (const [at, each] of pictures.entries()) {
    signal?.throwIfAborted();
    const bitmap = await open(each.source);
    if (bitmap) {
      const [x, y, w, h] = part(bitmap.width, bitmap.height, plan);
      paper.fillStyle = PAPER;
      paper.fillRect(0, 0, width, height);
      paper.drawImage(bitmap, x, y, w, h, 0, 0, width, height);
      bitmap.close();
      pixels.push(paper.getImageData(0, 0, width, height).data);
      read.push(each);
    } else unread.push(each.name);
    onProgress((at + 1) / pictures.length);
  }
  return { pixels, read, unread };
}

/** @param {Blob | ImageData} source @returns {Promise<ImageBitmap | null>} null: it is no picture that this browser can read */
async function open(source) {
  if (source instanceof Blob && source.size > MOST_FILE) return null;
  return createImageBitmap(source).catch(() => null);
}

/** The part of a picture that is shown: all of it, or as much of its middle as has the wanted form. @param {number} w @param {number} h @param {Plan} plan */
export function part(w, h, { width, height, fit }) {
  if (fit === "stretch") return [0, 0, w, h];
  const scale = Math.min(w / width, h / height);
  const [inner, outer] = [width * scale, height * scale];
  return [(w - inner) / 2, (h - outer) / 2, inner, outer];
}

/** @param {Uint8ClampedArray[]} pixels @param {Plan} plan @returns {import("./npy.js").Tensor} */
export function toTensor(pixels, plan) {
  const data = newTensor(plan, pixels.length);
  pixels.forEach((rgba, at) => write(rgba, plan, data, at * length(plan)));
  return { data, dims: [pixels.length, ...plan.dims], dtype: plan.dtype };
}

/** Some browsers, set so against being recognised, read something else from a canvas than what was drawn. @param {CanvasRenderingContext2D} paper */
function isFaithful(paper) {
  paper.fillStyle = "#1b57c3";
  paper.fillRect(0, 0, 4, 4);
  const { data } = paper.getImageData(0, 0, 4, 4);
  return data.every((byte, at) => byte === [0x1b, 0x57, 0xc3, 0xff][at % 4]);
}
