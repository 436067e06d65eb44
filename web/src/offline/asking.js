/** Asks a service worker, which the browser may end at any moment, and which then says nothing: so it is asked again. */

/** It tells that it is alive every second (offline/service-worker/service-worker.js). */
const SILENT_MS = 10_000;
const TRIES = 3;

export class SilentError extends Error {}

/**
 * @param {() => ServiceWorker | null | undefined} find the one to ask, anew for each try
 * @param {{do: string, url?: string, from?: number}} request what it has done of it already must count at the next try
 * @param {(told: any) => boolean | void} [onTold] true: it got on, so that it may be asked as often again
 * @returns {Promise<any>} rejects with a SilentError when it fell silent several times and did not get on
 */
export async function ask(find, request, onTold = () => {}) {
  for (let left = TRIES; ;) {
    const worker = find();
    if (!worker) throw new Error("Nothing is kept on this device yet.");
    try {
      return await once(worker, request, (told) => {
        if (onTold(told)) left = TRIES;
      });
    } catch (error) {
      if (!(error instanceof SilentError) || --left === 0) throw error;
    }
  }
}

/**
 * @param {ServiceWorker} worker
 * @param {object} request
 * @param {(told: any) => void} onTold
 * @returns {Promise<any>}
 */
function once(worker, request, onTold) {
  return new Promise((resolve, reject) => {
    const { port1, port2 } = new MessageChannel();
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    const end = (/** @type {() => void} */ settle) => {
      clearTimeout(timer);
      port1.close();
      settle();
    };
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(end, SILENT_MS, () => reject(new SilentError("it gave no sign of life")));
    };
    port1.onmessage = ({ data }) => {
      wait();
      if ("done" in data) end(() => resolve(data.done));
      else if ("failed" in data) end(() => reject(new Error(data.failed)));
      else if (!("alive" in data)) onTold(data);
    };
    wait();
    worker.postMessage(request, [port2]);
  });
}
