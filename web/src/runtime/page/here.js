/** The visitor's device: keeps a worker with Python and the engine running, and asks it. */

import { wrap } from "comlink";
import { crashGuard, newWorker, takeEarly } from "./early.js";
import { gone, Silence } from "../../shared/life.js";
import { inWords, number, say } from "../../shared/messages.js";
import { ProblemError } from "../../shared/problem.js";
import { understood } from "./understood.js";

/**
 * @typedef {import("../status.js").Status} Status
 * @typedef {import("../status.js").Report} Report
 * @typedef {import("../status.js").Failure} Failure
 * @typedef {{ask(request: string): Promise<string>, facts(): Promise<string>, ping(): Promise<boolean>,
 *   memory(): Promise<number>}} Remote
 */

const HEARTBEAT_MS = 1000;
/** Requests that run a model. */
const LONG = new Set(["run", "window", "play", "many", "mailbox"]);
const MOST_RESTARTS = 3;
const MEMORY_BOUND_BYTES = 800e6;
/** Heartbeats from one look at the memory to the next. */
const WEIGH_EVERY = 5;

/**
 * @param {{onStatus: (status: Status) => void, forget: (url: string) => Promise<unknown>,
 *   onMoved?: (moved: import("../../offline/traffic.js").Entry) => void}} options `forget` drops a file that is damaged on this
 *   device, so that it is fetched again; `onMoved` hears what the worker moved over the network
 */
export function openHere(options) {
  return new Here(options);
}

class Here {
  /** Python and the engine are up; rejects when they could not be started; another promise after a restart. */
  /** @type {Promise<void>} */
  ready;
  /** What energy is counted with: a choice as energy.requests.device() takes it. @type {object | null} */
  counted = null;
  /** Seconds from this page's start, or the last restart, until Python was up. */
  startedS = 0;
  /** When what was done of the last start, in milliseconds from the page's own. @type {{what: string, ms: number}[]} */
  phases = [];
  #began = 0;
  /** @type {Worker} */
  #worker;
  /** @type {Remote} */
  #remote;
  /** @type {Status} */
  #status = { phase: "loading", text: "", loadedBytes: 0, totalBytes: 0 };
  #settle = { resolve: () => {}, reject: (/** @type {Error} */ _) => {} };
  /** @type {Set<(reason: Error) => void>} */
  #waiting = new Set();
  /** Models that ran here. @type {Set<string>} */
  #tried = new Set();
  /** Memory of Python and the engine above which the worker is started again: neither ever gives any back. */
  memoryBoundBytes = MEMORY_BOUND_BYTES;
  #weighed = 0;
  /** Files that were found damaged on this device. @type {Set<string>} */
  #damaged = new Set();
  /** Requests under way that may compute for long. */
  #long = 0;
  /** @type {(() => void)[]} */
  #idling = [];
  #silence = new Silence();
  #restarts = 0;

  /** @param {Parameters<typeof openHere>[0]} options */
  constructor({ onStatus, forget, onMoved = () => {} }) {
    this.onStatus = onStatus;
    this.forget = forget;
    this.onMoved = onMoved;
    this.ready = this.#promise();
    [this.#worker, this.#remote] = this.#start();
    setInterval(() => this.#listen(), HEARTBEAT_MS);
  }

  /** @returns {Promise<import("../../shared/result.js").Exhibits>} */
  async exhibits() {
    return this.ask({ do: "exhibits" });
  }

  /**
   * @param {string} exhibit
   * @param {object} input
   * @param {{variant?: string | null, repeats?: number}} [options]
   * @returns {Promise<any>} a Result; its `notice` tells that another variant stood in
   */
  async run(exhibit, input, { variant = null, repeats = 1 } = {}) {
    const device = this.counted;
    const wanted = `${exhibit}/${variant}`;
    const avoided = crashGuard.limits.avoid.includes(wanted);
    const first = variant !== null && !avoided && !this.#tried.has(wanted);
    if (avoided) crashGuard.allow(wanted);
    if (first) crashGuard.begin({ what: "model", variant: wanted });
    const used = avoided ? null : variant;
    try {
      const request = { do: "run", exhibit, input, variant: used, repeats, device, where: "here" };
      const result = await this.ask(request);
      this.#restarts = 0;
      this.#tried.add(wanted);
      if (result.notice) result.notice = inWords(result.notice);
      if (avoided)
        result.notice = say("runtime-stands-in", { used: result.variant, wanted: `${variant}` });
      return result;
    } finally {
      if (first) crashGuard.done();
    }
  }

  /** Bytes of Python and the engine. */
  wasmMemory() {
    return this.#call((remote) => remote.memory());
  }

  /**
   * What this page takes: `wasm_bytes` of Python and the engine, and where the browser tells it, `total_bytes` of the
   * page with its workers, for which it may take half a minute.
   */
  async memory() {
    const wasm_bytes = await this.wasmMemory();
    const { measureUserAgentSpecificMemory: measure } = /** @type {any} */ (performance);
    const told = await measure?.call(performance).catch(() => null);
    return { wasm_bytes, total_bytes: /** @type {number | null} */ (told?.bytes ?? null) };
  }

  /** What this device is, as far as a page can know. */
  async device() {
    const facts = JSON.parse(await this.#call((remote) => remote.facts()));
    const { provider, threads, isolated, python, numpy } = facts;
    return {
      threads,
      isolated,
      provider,
      python,
      numpy,
      engine: provider,
      hardwareConcurrency: navigator.hardwareConcurrency,
      deviceMemory: /** @type {{deviceMemory?: number}} */ (navigator).deviceMemory ?? null,
      userAgent: navigator.userAgent,
    };
  }

  /**
   * End the worker and start a new one: also the only way to give the engine's memory back.
   *
   * @param {string} reason
   */
  restart(reason) {
    this.#restarts = 0;
    crashGuard.tryAgain();
    this.#replace(reason);
    return this.ready;
  }

  /** End the worker as a crash would, without a word to anyone. */
  terminate() {
    this.#worker.terminate();
  }

  /** @returns {[Worker, Remote]} */
  #start() {
    this.#silence.begin();
    const early = takeEarly();
    const worker = early?.worker ?? newWorker();
    const hear = (/** @type {MessageEvent} */ { data }) => {
      if (worker !== this.#worker) return;
      this.#silence.end();
      if (data.status) this.#progress(data.status);
      else if (data.moved) this.onMoved(data.moved);
      else if (data.holds) void this.#miss(worker, data.holds);
      else if (data.booted) this.#booted(data.phases);
      else if (data.damaged && !this.#damaged.has(data.damaged)) void this.#mend(data);
      else if (data.failed)
        this.#fail(whyNot(data), say(data.damaged ? "runtime-changed" : "runtime-advice"));
    };
    worker.addEventListener("message", hear);
    if (early) queueMicrotask(() => early.said.forEach(hear));
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      if (worker === this.#worker) this.#lost(event.message || say("runtime-why-unloaded"));
    });
    return [worker, /** @type {Remote} */ (/** @type {unknown} */ (wrap(worker)))];
  }

  /** Wait until the browser tells that a worker is gone. @param {Worker} worker @param {string} lifeline */
  async #miss(worker, lifeline) {
    await gone(lifeline).catch(() => new Promise(() => {})); // it can not tell
    if (worker === this.#worker) this.#lost(say("runtime-why-ended"));
  }

  /** @param {string} why */
  #lost(why) {
    if (this.#status.phase === "failed") return;
    if (this.#status.phase !== "ready") crashGuard.stepDown();
    if (this.#restarts++ < MOST_RESTARTS) this.#replace(say("runtime-stopped", { why }));
    else this.#fail(say("runtime-stopped-times", { times: this.#restarts, why }));
  }

  /**
   * A kept file is damaged: forget it and start again, which fetches it. Once: a second time it is not the keeping.
   *
   * @param {Failure & {damaged: string}} told
   */
  async #mend(told) {
    this.#damaged.add(told.damaged);
    await this.forget(told.damaged);
    this.#replace(whyNot(told));
  }

  /** @param {string} reason a sentence without its point */
  #replace(reason) {
    this.#worker.terminate();
    this.#rejectAll(
      new ProblemError(503, say("runtime-run-lost"), say("runtime-run-again", { reason })),
    );
    if (this.#status.phase === "ready" || this.#status.phase === "failed")
      this.ready = this.#promise();
    this.#tell({ phase: "restarting", text: say("runtime-starting-again", { reason }) });
    this.#began = performance.now();
    [this.#worker, this.#remote] = this.#start();
  }

  /** @param {string} reason a sentence without its point @param {string} [advice] */
  #fail(reason, advice = say("runtime-advice")) {
    this.#worker.terminate();
    crashGuard.done();
    const problem = new ProblemError(503, say("runtime-nothing-runs"), `${reason}. ${advice}`);
    if (this.#status.phase === "ready") this.ready = this.#promise();
    this.#tell({ phase: "failed", text: problem.detail });
    this.#settle.reject(problem);
    this.#rejectAll(problem);
  }

  /** @param {Here["phases"]} phases */
  #booted(phases) {
    this.phases = phases;
    this.startedS = (performance.now() - this.#began) / 1000;
    crashGuard.done();
    const { threads, why } = crashGuard.limits;
    const hint = threads === "many" ? "" : say("runtime-one-thread", { why: inWords(why) });
    this.#tell({ phase: "ready", text: say("runtime-ready"), hint });
    this.#settle.resolve();
  }

  /** How far its start is, as `onStatus` last heard. */
  get status() {
    return this.#status;
  }

  /** Bytes of Python and the engine as the server sends them. */
  get totalBytes() {
    return this.#status.totalBytes;
  }

  /** @param {Report} status */
  #progress(status) {
    if (this.#status.phase === "ready") return; // the last bytes may be counted after all of them were used
    const phase = this.#status.phase === "restarting" ? "restarting" : status.phase;
    this.#tell({ ...status, text: inWords(status.text), phase });
  }

  /** @param {Partial<Status>} change */
  #tell(change) {
    this.#status = { ...this.#status, ...change };
    this.onStatus(this.#status);
  }

  #promise() {
    /** @type {Promise<void>} */
    const promise = new Promise((resolve, reject) => (this.#settle = { resolve, reject }));
    promise.catch(() => {}); // told through onStatus as well: not an unhandled error
    return promise;
  }

  /** @param {Error} reason */
  #rejectAll(reason) {
    for (const reject of this.#waiting) reject(reason);
    this.#waiting.clear();
  }

  /** One request of the core; rejects with a ProblemError. @param {object} request @returns {Promise<any>} */
  async ask(request) {
    const text = JSON.stringify(request);
    const long = LONG.has(/** @type {{do: string}} */ (request).do);
    if (long) this.#long += 1;
    try {
      const answer = JSON.parse(await this.#call((remote) => remote.ask(text)));
      return ProblemError.orAnswer(understood(answer, "here"));
    } finally {
      if (long) this.#long -= 1;
      if (!this.#long) for (const resolve of this.#idling.splice(0)) resolve();
    }
  }

  /** Settles when no run is under way. @returns {Promise<void>} */
  idle() {
    return this.#long ? new Promise((resolve) => this.#idling.push(resolve)) : Promise.resolve();
  }

  /**
   * Call the worker; rejects when the worker is lost, which Comlink alone would never notice.
   *
   * @template T
   * @param {(remote: Remote) => Promise<T>} method
   * @returns {Promise<T>}
   */
  async #call(method) {
    await this.ready;
    /** @type {(reason: Error) => void} */
    let lost = () => {};
    const loss = new Promise((_, reject) => (lost = reject));
    this.#waiting.add(lost);
    try {
      return await Promise.race([method(this.#remote), /** @type {Promise<never>} */ (loss)]);
    } catch (error) {
      if (error instanceof ProblemError) throw error;
      const again = say("runtime-python-again", { error: errorWords(error) });
      throw new ProblemError(500, say("runtime-python-failed"), again, { cause: error });
    } finally {
      this.#waiting.delete(lost);
    }
  }

  /** Start the worker again when its memory has grown too large. */
  async #weigh() {
    const worker = this.#worker;
    const bytes = await this.#remote.memory();
    if (bytes < this.memoryBoundBytes || this.#long || worker !== this.#worker) return;
    const megabytes = number(Math.round(bytes / 1e6), { useGrouping: false });
    this.#replace(say("runtime-memory", { megabytes }));
  }

  /** One heartbeat: a worker that is gone sends no event, and one that hangs neither. */
  #listen() {
    const { phase } = this.#status;
    if (phase === "failed" || document.hidden) return;
    const ready = phase === "ready";
    const over = this.#silence.goOn(!ready || this.#waiting.size > 0);
    if (over && ready) this.#lost(say("runtime-why-silent"));
    else if (over) this.#fail(say("runtime-silent", { seconds: this.#silence.seconds }));
    if (over || !ready) return;
    this.#remote.ping();
    if (!this.#long && ++this.#weighed % WEIGH_EVERY === 0) void this.#weigh();
  }
}

/** Why it could not be started: a sentence without its point. @param {Failure} told */
function whyNot({ failed, reason = "" }) {
  if (typeof failed === "string") return failed;
  return say(failed.code, { ...failed.values, reason: inWords(reason) });
}

/** What went wrong in the worker, which of its own errors sends what is to be said. @param {any} error */
function errorWords(error) {
  return error?.told ? `Error: ${inWords(error.told)}` : `${error}`;
}
