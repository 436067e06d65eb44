/** Measures the times of both sides of one exhibit when a visitor asks for it, and tells how far that is. */

import { say } from "../shared/messages.js";
import { race } from "./race.js";

/** @typedef {import("./exhibit-view.js").ExhibitView} ExhibitView */

const RUNS = 50;

/**
 * @param {ExhibitView} view says `cancel` to end it early
 * @param {import("./side.js").Side[]} sides
 * @param {(act: () => Promise<void>) => Promise<void>} alone
 */
export async function measureTimes(view, sides, alone) {
  const { input } = sides[0];
  if (input === null) return;
  const stop = new AbortController();
  view.addEventListener("cancel", () => stop.abort(), { once: true });
  const onProgress = (/** @type {number} */ done) => {
    const text = say("page-measured-of", { done, runs: RUNS });
    view.progress = { done, runs: RUNS, running: true, text };
  };
  onProgress(0);
  try {
    await alone(() => race(sides, input, RUNS, { signal: stop.signal, onProgress }));
    const { done } = view.progress;
    view.progress = idle(
      say(stop.signal.aborted ? "page-stopped-after" : "page-measured", { done }),
    );
  } catch (problem) {
    view.progress = idle(say("page-stopped", { problem: /** @type {Error} */ (problem).message }));
  }
}

/** @param {string} text */
export function idle(text) {
  return { done: 0, runs: RUNS, running: false, text };
}
