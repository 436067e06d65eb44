/** A worker that is started before the page's program is there, and what it says until somebody listens. */

import { CrashGuard } from "./crash-guard.js";
import { lifeline } from "../../shared/life.js";
import { serviceWorkers } from "../../shared/registration.js";

/** @typedef {{worker: Worker, said: MessageEvent[], stop: () => void}} Early */

export const crashGuard = new CrashGuard();
/** @type {Early | null} */
let early = null;
/** @type {Promise<void> | null} */
let starting = null;

/**
 * A new worker; its name says whether the site is kept on this device, how many threads it may use, and which lock it
 * holds. Where the browser starts none, something that only says so.
 */
export function newWorker() {
  const { threads } = crashGuard.limits;
  if (threads !== "none") crashGuard.begin({ what: "start", threads });
  const kept = Boolean(serviceWorkers()?.controller);
  const name = JSON.stringify({ kept, threads, lifeline: lifeline() });
  try {
    return new Worker(new URL("../worker/worker.js", import.meta.url), { type: "module", name });
  } catch (error) {
    return noWorker(/** @type {Error} */ (error));
  }
}

/** @param {Error} error */
function noWorker({ message }) {
  /** @type {import("../status.js").Failure} */
  const data = { failed: { code: "runtime-no-worker" }, reason: message };
  const silent = Object.assign(new EventTarget(), { postMessage() {}, terminate() {} });
  setTimeout(() => silent.dispatchEvent(new MessageEvent("message", { data })));
  return /** @type {Worker} */ (/** @type {unknown} */ (silent));
}

/**
 * Start one ahead of time: at once, or when it is known what became of earlier tabs.
 *
 * @param {Promise<void> | null} before to be waited for first
 */
export function startWorker(before) {
  starting = start(before);
  return starting;
}

/** Settles when a worker was started ahead of time; null: it was. */
export function stillStarting() {
  return early ? null : starting;
}

/** @param {Promise<void> | null} before */
async function start(before) {
  if (before) await before;
  const learning = crashGuard.learn();
  if (crashGuard.suspects) await learning;
  const worker = newWorker();
  /** @type {MessageEvent[]} */
  const said = [];
  const listen = (/** @type {MessageEvent} */ event) => said.push(event);
  worker.addEventListener("message", listen);
  early = { worker, said, stop: () => worker.removeEventListener("message", listen) };
}

/** The one that was started ahead of time, once; null: none was. */
export function takeEarly() {
  const taken = early;
  early = null;
  taken?.stop();
  return taken;
}
