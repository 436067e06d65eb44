/** Drives compress.requests in Python (py_src/hundredfold/adapters/own.py), one request after the other. */

import { pending } from "../../runtime/worker/ort.js";

/** Progress is told so often at most; then messages get a turn, as one may say to stop. */
const TELL_EVERY_MS = 50;

/** @typedef {{answer: string, files: Record<string, Uint8Array>}} Answered */

export class Desk {
  /** @type {Promise<unknown>} */
  #last = Promise.resolve();
  /** @type {Int8Array | null} */
  #shared = null;
  #stopped = false;

  /**
   * @param {any} pyDesk
   * @param {(told: import("../own-model.js").Told) => void} tell
   */
  constructor(pyDesk, tell) {
    this.pyDesk = pyDesk;
    this.tell = tell;
  }

  /**
   * @param {string} request
   * @param {Record<string, Uint8Array>} files
   * @param {SharedArrayBuffer | null} stop
   * @returns {Promise<Answered>}
   */
  ask(request, files, stop) {
    const answer = this.#last.then(() => this.#drive(request, files, stop));
    this.#last = answer.catch(() => {});
    return answer;
  }

  stop() {
    this.#stopped = true;
  }

  /** @param {string} request @param {Record<string, Uint8Array>} files @param {SharedArrayBuffer | null} stop */
  async #drive(request, files, stop) {
    this.#stopped = false;
    this.#shared = stop && new Int8Array(stop);
    const isStopped = () =>
      this.#stopped || (this.#shared !== null && Atomics.load(this.#shared, 0) !== 0);
    const driven = this.pyDesk.ask(request, Object.entries(files), this.#teller(), isStopped);
    try {
      let step = driven.send();
      while (typeof step !== "string") step = driven.send(await step.promise);
      /** @type {string[]} */
      const made = JSON.parse(step).made ?? [];
      return { answer: step, files: Object.fromEntries(made.map((name) => this.#take(name))) };
    } finally {
      driven.destroy();
    }
  }

  /** @returns {(phase: string, done: number) => import("../../runtime/worker/ort.js").Pending} */
  #teller() {
    let last = -Infinity;
    let lastPhase = "";
    return (phase, done) => {
      const now = performance.now();
      if (phase === lastPhase && now - last < TELL_EVERY_MS) return pending(Promise.resolve([]));
      [last, lastPhase] = [now, phase];
      this.tell({ progress: { phase, done } });
      return pending(turn().then(() => []));
    };
  }

  /** @param {string} name @returns {[string, Uint8Array]} */
  #take(name) {
    const pyBytes = this.pyDesk.take(name);
    const view = pyBytes.getBuffer("u8");
    try {
      return [name, view.data.slice()];
    } finally {
      view.release();
      pyBytes.destroy();
    }
  }
}

/** Settles after messages that came meanwhile were heard. @returns {Promise<void>} */
function turn() {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
