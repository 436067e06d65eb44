/**
 * A visitor's own model, for the page and for scripts: a worker is started when the first one is opened, and asked. It holds
 * nothing between requests, so it may die at any time: the next request starts another.
 */

import { wrap } from "comlink";
import { crashGuard } from "../runtime/page/early.js";
import { understood } from "../runtime/page/understood.js";
import { gone, lifeline } from "../shared/life.js";
import { inWords, say } from "../shared/messages.js";
import { ProblemError } from "../shared/problem.js";
import { serviceWorkers } from "../shared/registration.js";
import { Own } from "./own.js";

/** @typedef {import("./own-model.js").Remote} Remote */
/** @typedef {import("./own-model.js").Told} Told */
/** @typedef {import("./own-model.js").Watched} Watched */
/** @typedef {Record<string, Uint8Array>} Files */
/**
 * @typedef {object} Options
 * @property {() => Promise<object | null>} [device] what energy is counted with, as energy.requests.device() takes it
 * @property {(moved: import("../offline/traffic.js").Entry) => void} [onMoved] hears what the worker moved over the network
 */

/** A larger model is refused before anything is copied; py_src/hundredfold/compress/load.py holds it too. */
export const MOST_BYTES = 100e6;
const MOST_THREADS = 4;
/** A worker whose Python does not look whether it shall stop is ended after so long. */
const STOPS_WITHIN_MS = 2000;
/** Neither Python nor the engine gives memory back: a worker that has taken more is not asked again. */
const MOST_MEMORY_BYTES = 800e6;

/**
 * @typedef {object} Running a worker
 * @property {Worker} worker
 * @property {Remote} remote
 * @property {Promise<never>} lost rejects with why it is gone
 * @property {(error: Error) => void} lose
 * @property {boolean} seen a service worker saw, and so kept, what it fetched
 */

export class Client {
  /** @type {Options} */
  options = {};
  /** @type {Running | null} */
  #running = null;
  /** @type {Promise<unknown>} */
  #last = Promise.resolve();
  /** What it needs is kept for use without a network. @type {Promise<void> | null} */
  #kept = null;
  /** Hears of progress. @type {(progress: import("./own-model.js").Progress) => void} */
  #tell = () => {};

  /**
   * Look at a model.
   *
   * @param {Uint8Array} bytes kept, not copied: they must stay as they are
   * @param {{name?: string} & Watched} [options]
   */
  async open(bytes, { name = "model.onnx", ...watched } = {}) {
    if (bytes.byteLength > MOST_BYTES) {
      const megabytes = Math.ceil(bytes.byteLength / 1e6);
      const values = { megabytes, most: MOST_BYTES / 1e6 };
      const detail = say("own-runtime-too-big", values);
      throw new ProblemError(413, say("own-runtime-unusable"), detail, { values });
    }
    const { answer } = await this.ask({ do: "inspect", name }, { model: bytes }, watched);
    return new Own(this, bytes, name, answer);
  }

  /**
   * One request of compress/requests.py, after those before it; rejects with a ProblemError, or with the reason of the
   * signal.
   *
   * @param {object} request
   * @param {Files} files
   * @param {Watched} [watched]
   * @returns {Promise<{answer: any, files: Files}>}
   */
  ask(request, files, watched = {}) {
    const answer = this.#last.then(() => this.#ask(request, files, watched));
    this.#last = answer.catch(() => {});
    const { signal } = watched;
    return signal ? Promise.race([answer, aborted(signal)]) : answer;
  }

  /** Bytes that Python and the engine hold in there; 0 without a worker. */
  async memory() {
    const running = this.#running;
    if (!running) return 0;
    return Promise.race([running.remote.memory(), running.lost]).catch(() => 0);
  }

  /** End the worker, as nobody needs it any more. */
  close() {
    this.#end();
  }

  /** End the worker as a crash would. */
  terminate() {
    this.#running?.worker.terminate();
    this.#lost(this.#running, say("own-runtime-why-ended"));
  }

  /** Whether there is a worker. */
  get isRunning() {
    return this.#running !== null;
  }

  /** @param {object} request @param {Files} files @param {Watched} watched */
  async #ask(request, files, { onProgress, signal }) {
    signal?.throwIfAborted();
    const running = (this.#running ??= this.#start());
    const stop = globalThis.crossOriginIsolated ? new SharedArrayBuffer(1) : null;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let patience;
    const cancel = () => {
      if (stop) Atomics.store(new Int8Array(stop), 0, 1);
      else void running.remote.stop();
      patience = setTimeout(
        () => this.#lost(running, say("own-runtime-why-ended")),
        STOPS_WITHIN_MS,
      );
    };
    signal?.addEventListener("abort", cancel);
    this.#tell = onProgress ?? (() => {});
    try {
      const used = await this.#of(running, running.remote.ready());
      if (!running.seen) this.#kept ??= keep(used);
      const text = JSON.stringify(request);
      const told = await this.#of(running, running.remote.ask(text, files, stop));
      signal?.throwIfAborted();
      const answer = ProblemError.orAnswer(understood(JSON.parse(told.answer), "here"));
      delete answer.made;
      return { answer, files: told.files };
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    } finally {
      clearTimeout(patience);
      signal?.removeEventListener("abort", cancel);
      this.#tell = () => {};
      await this.#weigh(running);
    }
  }

  /**
   * What a worker comes to, or why it can not: one in which Python or the engine itself failed is ended.
   *
   * @template T
   * @param {Running} running
   * @param {Promise<T>} work
   * @returns {Promise<T>}
   */
  async #of(running, work) {
    try {
      return await Promise.race([work, running.lost]);
    } catch (error) {
      if (error instanceof ProblemError) throw error;
      const told = /** @type {any} */ (error)?.told;
      const why = told ? inWords(told) : `${/** @type {any} */ (error)?.message ?? error}`;
      this.#lost(running, why);
      return running.lost;
    }
  }

  /** @returns {Running} */
  #start() {
    const lock = lifeline();
    const seen = Boolean(serviceWorkers()?.controller);
    const name = JSON.stringify({
      kept: seen,
      threads: threads(),
      lifeline: lock,
    });
    const worker = new Worker(new URL("./worker/worker.js", import.meta.url), {
      type: "module",
      name,
    });
    const remote = /** @type {Remote} */ (/** @type {unknown} */ (wrap(worker)));
    /** @type {(error: Error) => void} */
    let lose = () => {};
    /** @type {Promise<never>} */
    const lost = new Promise((_, reject) => (lose = reject));
    lost.catch(() => {}); // whoever asks hears of it
    const running = { worker, remote, lost, lose, seen };
    worker.addEventListener("message", ({ data }) => this.#hear(running, data));
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      this.#lost(running, event.message || say("runtime-why-unloaded"));
    });
    return running;
  }

  /** @param {Running} running @param {Told & {holds?: string}} told */
  #hear(running, { progress, moved, holds }) {
    if (running !== this.#running) return;
    if (progress) this.#tell(progress);
    if (moved) this.options.onMoved?.(moved);
    if (holds)
      void gone(holds).then(
        () => this.#lost(running, say("own-runtime-why-ended")),
        () => {}, // it can not tell
      );
  }

  /** @param {Running | null} running @param {string} why a sentence without its point */
  #lost(running, why) {
    if (!running) return;
    running.worker.terminate();
    const detail = say("own-runtime-again", { why: why.replace(/\.$/, "") });
    running.lose(new ProblemError(503, say("own-runtime-lost"), detail));
    if (running === this.#running) this.#running = null;
  }

  /** End a worker that has taken too much memory. @param {Running} running */
  async #weigh(running) {
    if (running !== this.#running) return;
    const bytes = await this.memory();
    if (bytes > MOST_MEMORY_BYTES && running === this.#running) this.#end();
  }

  #end() {
    const running = this.#running;
    this.#running = null;
    running?.worker.terminate();
    running?.lose(new ProblemError(503, say("own-runtime-lost"), say("own-runtime-closed")));
  }
}

/**
 * Rejects when it is stopped.
 *
 * @param {AbortSignal} signal
 * @returns {Promise<never>}
 */
function aborted(signal) {
  return new Promise((_, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
}

/**
 * Have files kept on this device that were fetched before there was a service worker, as on a first visit: they are asked
 * for again when there is one, which the browser's own cache answers.
 *
 * @param {string[]} urls
 */
async function keep(urls) {
  const workers = serviceWorkers();
  if (!workers) return;
  if (!workers.controller)
    await new Promise((resolve) =>
      workers.addEventListener("controllerchange", resolve, { once: true }),
    );
  for (const url of urls) await fetch(url).catch(() => {}); // it is kept the next time
}

/** As many as the page's own engine gets, see runtime/worker/worker.js. */
function threads() {
  const many = globalThis.crossOriginIsolated && crashGuard.limits.threads === "many";
  return many ? Math.min(MOST_THREADS, Math.ceil(navigator.hardwareConcurrency / 2)) : 1;
}

/** @type {Client | null} */
let client = null;

/** The page's one client. @param {Options} [options] those that are given hold from now on */
export function openOwn(options = {}) {
  client ??= new Client();
  Object.assign(client.options, options);
  return client;
}
