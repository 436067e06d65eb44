/** When what was done of a start, so that it can be told where the time goes. */

/** @type {{what: string, ms: number}[]} */
const marks = [];

/** @param {string} what is so from now on */
export function mark(what) {
  marks.push({ what, ms: performance.timeOrigin + performance.now() });
}

/** All of them, in milliseconds since 1970, in order. */
export function phases() {
  return marks.toSorted((a, b) => a.ms - b.ms);
}
