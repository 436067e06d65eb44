/** Which label each sample has: by the folder it lies in, a column, or whole numbers in an array. */

import { Unusable } from "./unusable.js";

/** @typedef {{labels: Int32Array, classes: string[] | null}} Labelled `classes` null: the labels are numbers only */

const WHOLE = /^\d{1,6}$/;
const MOST_CLASSES = 100_000;

/**
 * By name: whole numbers are what they say, other names are numbered in their order, as torchvision's ImageFolder does.
 *
 * @param {string[]} names one for each sample
 * @returns {Labelled}
 */
export function byName(names) {
  const known = [...new Set(names)];
  if (known.every((name) => WHOLE.test(name.trim())))
    return { labels: Int32Array.from(names, Number), classes: null };
  const classes = known.sort((a, b) => (a < b ? -1 : 1));
  const places = new Map(classes.map((name, place) => [name, place]));
  return { labels: Int32Array.from(names, (name) => places.get(name) ?? -1), classes };
}

/**
 * By the folder that each file lies in; null: they do not lie in several.
 *
 * @param {string[]} paths with slashes
 * @returns {Labelled | null}
 */
export function byFolder(paths) {
  const folders = paths.map((path) => path.split("/").at(-2) ?? "");
  return new Set(folders).size > 1 && folders.every(Boolean) ? byName(folders) : null;
}

/**
 * With the names of the model's outputs in its order, as a visitor gave them.
 *
 * @param {Labelled} labelled
 * @param {string[]} order
 * @returns {Labelled}
 */
export function inOrder({ labels, classes }, order) {
  if (!classes) return { labels, classes: order };
  const places = classes.map((name) => order.indexOf(name));
  const missing = classes.filter((_, at) => places[at] < 0);
  if (missing.length) throw new Unusable("own-order-missing", { name: missing[0] });
  return { labels: labels.map((label) => places[label]), classes: order };
}

/** @param {import("./npy.js").Tensor} tensor @returns {Labelled} */
export function fromTensor({ data, dims, dtype }) {
  const flat = dims.length === 1 || (dims.length === 2 && dims[1] === 1);
  if (flat && dtype === "str") return byName(data);
  const values = Array.from(/** @type {ArrayLike<any>} */ (data), Number);
  const usable =
    flat && values.every((each) => Number.isInteger(each) && each >= 0 && each < MOST_CLASSES);
  if (!usable) throw new Unusable("own-labels-kind");
  return { labels: Int32Array.from(values), classes: null };
}
