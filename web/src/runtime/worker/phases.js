/** When what was done of a start, so that it can be told where the time goes. */

/** @type {{what: string, ms: number}[]} */
const marks = [];
/** Whoever hears of each, at once. */
let tell = () => {};

/** @param {string} what is so from now on */
export function mark(what) {
  marks.push({ what, ms: performance.timeOrigin + performance.now() });
  tell();
}

/** @param {() => void} act called at each mark */
export function onMark(act) {
  tell = act;
}

/** All of them, in milliseconds since 1970, in order. */
export function phases() {
  return marks.toSorted((a, b) => a.ms - b.ms);
}
