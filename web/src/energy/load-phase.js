/** Timed phases in which this device rests or works, while its power is read from outside. */

import { say } from "../shared/messages.js";

/** @typedef {import("./calibration.js").Phase} Phase */
/** @typedef {import("./calibration.js").Tick} Tick */

/**
 * @typedef {object} Clock
 * @property {() => number} now in ms
 * @property {(ms: number, act: () => void) => () => void} after returns what calls it off
 *
 * @typedef {Pick<Document, "visibilityState" | "addEventListener" | "removeEventListener">} Page
 */

const TICK_MS = 1000;

/** @type {Clock} */
const CLOCK = {
  now: () => performance.now(),
  after(ms, act) {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  },
};

/**
 * Keep this device idle, or at work, for so many seconds; ends with the last piece of work begun in time.
 *
 * @param {object} options
 * @param {Phase} options.phase
 * @param {number} options.seconds
 * @param {() => Promise<void>} options.work some 200 ms of it; called back to back under load, not at all when idle
 * @param {AbortSignal} [options.signal]
 * @param {(tick: Tick) => void} [options.onTick] each second; by the clock, so late ticks add up to nothing
 * @param {Clock} [options.clock]
 * @param {Page} [options.page]
 * @returns {Promise<void>} rejects with the signal's reason, with what went wrong in the work, or when the tab was hidden
 */
export async function loadPhase({
  phase,
  seconds,
  work,
  signal,
  onTick = () => {},
  clock = CLOCK,
  page = document,
}) {
  const end = new AbortController();
  const stop = () => end.abort(signal?.reason);
  const look = () =>
    page.visibilityState === "hidden" && end.abort(new Error(say("energy-hidden-phase")));
  if (signal?.aborted) stop();
  look();
  end.signal.throwIfAborted();

  const start = clock.now();
  const done = () => Math.min(seconds, (clock.now() - start) / 1000);
  const tell = () => onTick({ left: seconds - done(), done: done() });
  let callOff = () => {};
  const tick = () => {
    tell();
    callOff = clock.after(TICK_MS - ((clock.now() - start) % TICK_MS), tick);
  };
  const awake = stayAwake();
  signal?.addEventListener("abort", stop);
  page.addEventListener("visibilitychange", look);
  try {
    tick();
    while (done() < seconds) {
      if (phase === "load") await work();
      else await rest((seconds - done()) * 1000, end.signal, clock);
      end.signal.throwIfAborted();
    }
    tell();
  } finally {
    callOff();
    signal?.removeEventListener("abort", stop);
    page.removeEventListener("visibilitychange", look);
    void awake.then((release) => release());
  }
}

/**
 * @param {number} ms
 * @param {AbortSignal} signal
 * @param {Clock} clock
 * @returns {Promise<void>} ends early when the signal says so
 */
function rest(ms, signal, clock) {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const callOff = clock.after(ms, resolve);
    const early = () => {
      callOff();
      resolve();
    };
    signal.addEventListener("abort", early, { once: true });
  });
}

/** Keep the screen on, where the browser can: it is a part of what is read. Returns what lets it go again. */
async function stayAwake() {
  try {
    const lock = await navigator.wakeLock.request("screen");
    return () => lock.release().catch(() => {});
  } catch {
    return () => {}; // not offered, or refused to save power: then the visitor keeps it on
  }
}
