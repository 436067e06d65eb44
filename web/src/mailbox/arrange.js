/** Which rows are shown, and in which order: 100,000 of them without a moment in which the page does not answer. */

/** @typedef {import("./rows.js").Rows} Rows */
/**
 * @typedef {object} Wish
 * @property {"order" | "score" | "label"} by
 * @property {boolean} down from the highest to the lowest
 * @property {number | null} label its place among the names; -1: texts without a label; null: all
 * @property {string} words all of which must be in a text's first letters
 */

/** So many rows are looked at before others get their turn. */
const SLICE = 4096;
/** Above every row's place. */
const PLACES = 2 ** 20;
const DECIMALS = 1e4;

/**
 * Yields after each slice, and ends with the places of the rows. Rows without a label come last when they are sorted by
 * what they do not have; those that are alike stay in the order in which they came.
 *
 * @param {Rows} rows
 * @param {Wish} wish
 * @returns {Generator<undefined, Uint32Array, unknown>}
 */
export function* arrange(rows, { by, down, label, words }) {
  const { count, labels, scores, heads } = rows;
  const wanted = words.trim().split(/\s+/).filter(Boolean).map(sought);
  const highest = by === "score" ? DECIMALS : 1;
  const keys = new Float64Array(count);
  let kept = 0;
  for (let at = 0; at < count; at++) {
    if (at % SLICE === SLICE - 1) yield;
    if (label !== null && labels[at] !== label) continue;
    if (!wanted.every((each) => each.test(heads[at]))) continue;
    keys[kept++] = rank(at) * PLACES + at;
  }
  const found = keys.subarray(0, kept);
  // By place alone they are in order already; a typed array without a comparison of ours is sorted in milliseconds.
  if (by === "order" && down) found.reverse();
  if (by !== "order") {
    yield;
    found.sort();
  }
  yield;
  return Uint32Array.from(found, (key) => key % PLACES);

  /** @param {number} at */
  function rank(at) {
    if (by === "order") return 0;
    if (labels[at] < 0) return highest + 1;
    const value = by === "label" ? labels[at] : Math.round(scores[at] * DECIMALS);
    return down ? highest - value : value;
  }
}

/** A word wherever it stands, in capitals or not. @param {string} word */
function sought(word) {
  return new RegExp(word.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&"), "i");
}

/**
 * The whole of it, with others' turns in between; null where it is not wanted any more.
 *
 * @param {Rows} rows
 * @param {Wish} wish
 * @param {() => Promise<unknown>} turn settles when others had theirs
 * @param {() => boolean} wanted
 */
export async function arranged(rows, wish, turn, wanted) {
  const steps = arrange(rows, wish);
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return step.value;
    await turn();
    if (!wanted()) return null;
  }
}
