/**
 * What is done with a visitor's model, and what came of it, without a word of how it is shown: one job at a time, each of
 * which can be ended, and nothing that was there is lost when something new can not be used.
 */

import { toSamples } from "../samples/read.js";

/**
 * @typedef {import("../samples/read.js").Given} Given
 * @typedef {import("../samples/read.js").Samples} Samples
 * @typedef {import("./told.js").Inspection} Inspection
 * @typedef {import("./told.js").Perf} Perf
 * @typedef {import("./told.js").Small} Small
 * @typedef {import("./told.js").Comparison} Comparison
 * @typedef {import("./told.js").Own} Own
 * @typedef {import("./told.js").OpenOwn} OpenOwn
 *
 * @typedef {"open" | "read" | "run" | "shrink"} What
 * @typedef {{what: What, phase: string, done: number, stopping: boolean}} Busy
 * @typedef {{name: string, bytes: Uint8Array, own: Own, inspection: Inspection}} Model
 * @typedef {object} Outcome a smaller model, and both side by side
 * @property {Small} small
 * @property {Perf | null} perf of the small one
 * @property {Comparison | null} comparison
 * @property {Given | null} given what it was compared on
 * @property {Samples | null} samples
 * @property {object | null} report
 */

export const MOST_BYTES = 100e6;
export const REPEATS = 30;
/** The method of a model that is the original, as nothing smaller keeps within the limit. */
export const NONE = "original";
/** Enough of a file of another kind to say what it is. */
const HEAD_BYTES = 65_536;

export class Work {
  /** @type {Model | null} */
  model = null;
  /** @type {Given | null} */
  given = null;
  /** Made of what was given; null: inputs are made up. @type {Samples | null} */
  samples = null;
  /** @type {Perf | null} */
  perf = null;
  /** @type {Outcome | null} */
  outcome = null;
  /** @type {Busy | null} */
  busy = null;
  /** What went wrong last, and with what. @type {{what: What, problem: any} | null} */
  trouble = null;
  /** The job that was ended last, until there is another. @type {What | null} */
  ended = null;
  /** @type {AbortController | null} */
  #stop = null;
  /** @type {Promise<import("./told.js").Opener> | null} */
  #opener = null;

  /**
   * @param {object} parts
   * @param {OpenOwn} parts.openOwn
   * @param {() => void} [parts.onChange]
   */
  constructor({ openOwn, onChange = () => {} }) {
    this.openOwn = openOwn;
    this.onChange = onChange;
  }

  /**
   * Look at a model. What was open stays until the new one is found to be usable.
   *
   * @param {Blob} file
   * @param {string} name
   */
  async open(file, name) {
    const isOther = !/\.onnx$/i.test(name);
    await this.#job("open", async (signal, tell) => {
      if (!isOther && file.size > MOST_BYTES) throw tooLarge(file.size);
      // Of another kind only its beginning is read: it is refused with what converts it.
      const part = isOther ? file.slice(0, HEAD_BYTES) : file;
      const bytes = new Uint8Array(await part.arrayBuffer());
      const own = await this.#opened(bytes, name, signal, tell);
      const before = this.model;
      Object.assign(this, { perf: null, outcome: null });
      this.model = { name, bytes, own, inspection: own.inspection };
      before?.own.close();
      this.#sample();
    });
  }

  /** Read samples. @param {(signal: AbortSignal, inputs: Inspection["inputs"], onProgress: (done: number) => void) => Promise<Given>} reading */
  async read(reading) {
    const { model } = this;
    if (!model) return;
    await this.#job("read", async (signal, tell) => {
      const { inputs } = model.inspection;
      const given = await reading(signal, inputs, (done) => tell({ phase: "read", done }));
      const samples = toSamples(given, inputs);
      signal.throwIfAborted();
      Object.assign(this, { given, samples });
    });
  }

  /** Go on without samples. */
  forget() {
    if (this.busy) return;
    Object.assign(this, { given: null, samples: null, trouble: null });
    this.onChange();
  }

  /** Time it. */
  async run() {
    await this.#job("run", (signal, tell) => this.#measure(signal, tell));
  }

  /**
   * Make a smaller one, time both and compare them. What was made before stays until there is another.
   *
   * @param {string} method
   * @param {number} maxDrop points of accuracy, or of agreement
   */
  async shrink(method, maxDrop) {
    await this.#job("shrink", async (signal, tell) => {
      const { given, samples } = this;
      const { own } = /** @type {Model} */ (this.model);
      const small = await own.quantize({
        method,
        samples,
        labels: samples?.labels,
        maxDrop,
        onProgress: tell,
        signal,
      });
      const isNone = small.method === NONE;
      const both = { small: small.bytes, samples, labels: samples?.labels, layers: false };
      const watched = { onProgress: tell, signal };
      const comparison = isNone ? null : await own.compare({ ...both, ...watched });
      await this.#measure(signal, tell); // one right after the other: this device may have been busy before
      const timed = { samples, small: small.bytes, repeats: REPEATS, ...watched };
      const perf = isNone ? null : await own.perf(timed);
      const report = await own.report();
      signal.throwIfAborted();
      this.outcome = { small, perf, comparison, given, samples, report };
    });
  }

  /** End what is under way; what was there before stays. */
  cancel() {
    if (!this.busy) return;
    this.busy = { ...this.busy, stopping: true };
    this.#stop?.abort();
    this.onChange();
  }

  /** Nobody looks at it any more. */
  close() {
    this.cancel();
    this.model?.own.close();
    this.model = null;
  }

  /** @param {AbortSignal} signal @param {Tell} tell */
  async #measure(signal, tell) {
    const { own } = /** @type {Model} */ (this.model);
    const { samples } = this;
    const perf = await own.perf({ samples, repeats: REPEATS, onProgress: tell, signal });
    const memory_bytes = (await (await this.#opener)?.memory?.()) ?? null;
    signal.throwIfAborted();
    this.perf = { ...perf, memory_bytes };
  }

  /** Of samples that were for another model. */
  #sample() {
    try {
      this.samples = this.given && toSamples(this.given, this.model?.inspection.inputs ?? []);
    } catch {
      Object.assign(this, { given: null, samples: null });
    }
  }

  /** @param {Uint8Array} bytes @param {string} name @param {AbortSignal} signal @param {Tell} tell @returns {Promise<Own>} */
  async #opened(bytes, name, signal, tell) {
    this.#opener ??= Promise.resolve(this.openOwn());
    this.#opener.catch(() => (this.#opener = null)); // the network may be there the next time
    const opener = await this.#opener;
    const own = await opener.open(bytes, { name, onProgress: tell, signal });
    if (!signal.aborted) return own;
    own.close();
    throw signal.reason;
  }

  /**
   * One job; another that is under way is ended by it only if it is to open a model and does.
   *
   * @typedef {(progress: {phase: string, done: number}) => void} Tell
   * @param {What} what
   * @param {(signal: AbortSignal, tell: Tell) => Promise<void>} act
   */
  async #job(what, act) {
    if (this.busy && what !== "open") return;
    while (this.busy) await this.#over();
    const stop = new AbortController();
    this.#stop = stop;
    Object.assign(this, { trouble: null, ended: null });
    this.busy = { what, phase: "", done: 0, stopping: false };
    this.onChange();
    const tell = (/** @type {{phase: string, done: number}} */ { phase, done }) => {
      if (this.#stop !== stop || !this.busy) return;
      this.busy = { ...this.busy, phase, done };
      this.onChange();
    };
    const job = act(stop.signal, tell).catch((problem) => {
      if (stop.signal.aborted) this.ended = what;
      else this.trouble = { what, problem };
    });
    this.#running = job;
    await job;
    if (this.#stop !== stop) return;
    this.#stop = null;
    this.busy = null;
    this.onChange();
  }

  /** @type {Promise<void>} */
  #running = Promise.resolve();

  /** End what is under way, and wait for it. */
  async #over() {
    this.cancel();
    await this.#running;
    await Promise.resolve();
  }
}

/** Before it is read at all. @param {number} bytes */
function tooLarge(bytes) {
  const values = { megabytes: Math.ceil(bytes / 1e6), most: MOST_BYTES / 1e6 };
  return { code: "own-runtime-too-big", values };
}
