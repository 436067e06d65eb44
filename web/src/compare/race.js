/** Times two sides fairly: they take turns, so that a device that slows down does so for both. */

/** @typedef {import("./side.js").Side} Side */

/**
 * @param {Side[]} sides
 * @param {object} input
 * @param {number} runs for each side
 * @param {{signal: AbortSignal, onProgress: (done: number) => void}} options
 * @returns {Promise<void>} ends early when the signal says so; rejects with the problem of a run that fails
 */
export async function race(sides, input, runs, { signal, onProgress }) {
  for (const side of sides) side.times.clear();
  for (let done = 1; done <= runs && !signal.aborted; done++) {
    for (const side of sides) if (side.phase === "ready") await side.time(input);
    onProgress(done);
  }
}
