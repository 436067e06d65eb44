/** A worker that is started before the page's program is there, and what it says until somebody listens. */

/** @typedef {{worker: Worker, said: MessageEvent[], stop: () => void}} Early */

const page = /** @type {{hundredfoldEarly?: Early}} */ (/** @type {unknown} */ (globalThis));

/** A new worker; its name says whether the site is kept on this device. */
export function newWorker() {
  const name = navigator.serviceWorker?.controller ? "kept" : "new";
  return new Worker(new URL("../worker.js", import.meta.url), { type: "module", name });
}

/** Start one ahead of time. */
export function startWorker() {
  const worker = newWorker();
  /** @type {MessageEvent[]} */
  const said = [];
  const listen = (/** @type {MessageEvent} */ event) => said.push(event);
  worker.addEventListener("message", listen);
  page.hundredfoldEarly = {
    worker,
    said,
    stop: () => worker.removeEventListener("message", listen),
  };
}

/** The one that was started ahead of time, once; null: none was. */
export function takeEarly() {
  const early = page.hundredfoldEarly ?? null;
  delete page.hundredfoldEarly;
  early?.stop();
  return early;
}
