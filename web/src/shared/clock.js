/**
 * How finely this browser tells the time: 5 µs when the page is isolated, 100 µs or a millisecond when not, and up to
 * 100 ms where a setting against fingerprinting rounds it.
 */

/** Steps of the clock in a time that is told as such; of one with fewer, it is only known that it is below so much. */
export const ENOUGH_STEPS = 5;
/** Of a clock with steps above it one step is enough to know it: to look longer would hold the page up. */
const COARSE_MS = 5;

/** @type {number | undefined} */
let stepMs;

/** The step that performance.now() takes, here and where the models run, in ms; the larger of both. */
export function clockStep() {
  return (stepMs ??= measureStep());
}

/** What the worker found of its own clock. @param {number | undefined} ms */
export function noteStep(ms) {
  if (ms && ms > clockStep()) stepMs = ms;
}

/** The smallest of a few whole steps, from one reading to the next that is another. */
export function measureStep(now = () => performance.now()) {
  const change = (/** @type {number} */ before) => {
    let after = now();
    while (after === before) after = now();
    return after;
  };
  let at = change(now()); // the step that is under way has begun before
  let smallest = Infinity;
  for (let turn = 0; turn < 5; turn++) {
    const next = change(at);
    smallest = Math.min(smallest, next - at);
    at = next;
    if (smallest >= COARSE_MS) break;
  }
  return smallest;
}

/**
 * The time below which it lies, where it is too short for the clock: each reading may be a step late. null: it is known.
 *
 * @param {number} ms
 * @param {number} stepMs
 */
export function below(ms, stepMs) {
  return ms < ENOUGH_STEPS * stepMs ? ms + stepMs : null;
}
