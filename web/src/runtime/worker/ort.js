/**
 * The engine for Python: onnxruntime-web sessions whose arrays cross from and to Pyodide with one copy each way.
 * Its other half is py_src/hundredfold/adapters/web.py. Nothing here knows what a model is for.
 *
 * Pyodide turns a promise that a call returns into a future of its own event loop, and 0.1 ms is lost in there. So
 * everything here that takes time returns `{promise}`, which Python hands to whoever drives it (see rpc.js).
 */

import { measureStep } from "../../shared/clock.js";
import { VIEWS } from "../../shared/element-types.js";
import { imported } from "./imported.js";
import { mark } from "./phases.js";

/**
 * @typedef {object} Pending what Python waits for
 * @property {Promise<[string, ...any]>} promise never rejects: [what went wrong or "", results...]
 */

/**
 * @typedef {import("pyodide/ffi").PyBufferView} PyBufferView
 * @typedef {typeof import("onnxruntime-web")} Ort
 * @typedef {import("onnxruntime-web").InferenceSession} OrtSession
 * @typedef {import("onnxruntime-web").Tensor} Tensor
 * @typedef {import("onnxruntime-web").Tensor.Type} ElementType
 */

/** A model that copies one float: creating a session with it makes the engine start. */
const SMALLEST_MODEL =
  "CAg6NgoQCgF4EgF5IghJZGVudGl0eRIAWg8KAXgSCgoICAESBAoCCAFiDwoBeRIKCggIARIECgIIAUIECgAQDQ==";

/**
 * Load the engine and start it.
 *
 * @param {{script: string, module: string, version: string}} address `module` is what the script loads
 * @param {number} threads
 */
export async function openEngine({ script, module, version }, threads) {
  /** @type {Ort} */
  const ort = await imported(script);
  ort.env.wasm.wasmPaths = { mjs: module };
  ort.env.wasm.numThreads = threads;
  ort.env.logLevel = "error";
  const first = await ort.InferenceSession.create(
    Uint8Array.from(atob(SMALLEST_MODEL), (character) => character.charCodeAt(0)),
  );
  await first.release();
  mark("the engine runs");
  return new Engine(ort, { provider: `onnxruntime-web ${version} wasm`, threads });
}

/** Opens sessions; all of them share one queue, because the engine runs one at a time. */
export class Engine {
  /** @type {Promise<unknown>} */
  #last = Promise.resolve();
  /** Sessions created ahead of time, by their model. @type {WeakMap<Uint8Array, Promise<OrtSession>>} */
  #ahead = new WeakMap();

  /**
   * @param {Ort} ort
   * @param {{provider: string, threads: number}} facts
   */
  constructor(ort, facts) {
    this.ort = ort;
    /** JSON, because Python reads one string faster than it walks an object. */
    this.facts = JSON.stringify({
      ...facts,
      isolated: globalThis.crossOriginIsolated === true,
      clock_step_ms: measureStep(),
    });
  }

  /**
   * Load a model: bytes of JavaScript, or an object of Python that has them.
   *
   * @param {Uint8Array | import("pyodide/ffi").PyBufferView} model
   * @returns {Pending} [error, Session]
   */
  create(model) {
    const bytes = model instanceof Uint8Array ? model : copyOut(model);
    const ahead = this.#ahead.get(bytes);
    return this.queue(async () => [
      new Session(this, await (ahead ?? this.ort.InferenceSession.create(bytes))),
    ]);
  }

  /** Create a session while whoever will ask for it still starts up. @param {Uint8Array} model */
  createAhead(model) {
    const session = this.#last.then(() => this.ort.InferenceSession.create(model));
    this.#last = session.catch(() => {}); // whoever asks for it will hear
    this.#ahead.set(model, session);
  }

  /**
   * Do a job after all jobs before it, whether they succeed or not.
   *
   * @param {() => Promise<any[]>} job
   * @returns {Pending}
   */
  queue(job) {
    const result = this.#last.then(job);
    this.#last = result.catch(() => {});
    return pending(result);
  }
}

/** One loaded model. */
export class Session {
  /**
   * @param {Engine} engine
   * @param {OrtSession} session
   */
  constructor(engine, session) {
    this.engine = engine;
    this.session = session;
    this.metadata = JSON.stringify([session.inputMetadata, session.outputMetadata]);
  }

  /**
   * A function that computes the outputs called `names` (JSON) from all inputs in the model's order: arrays of Python,
   * or JSON `[shape, texts]` for text. It answers [error, shape, bytes, shape, bytes...] with shapes as "2,3", and
   * JSON in place of bytes for text.
   *
   * @param {string} names
   */
  runner(names) {
    /** @type {string[]} */
    const wanted = JSON.parse(names);
    return (/** @type {(string | PyArray)[]} */ ...values) => {
      // Python takes its arguments back when this call returns, and the queue may come to them later.
      const kept = values.map((value) => (typeof value === "string" ? value : value.copy()));
      return this.engine.queue(() => this.#run(kept, wanted));
    };
  }

  /**
   * @param {(string | PyArray)[]} values
   * @param {string[]} wanted
   */
  async #run(values, wanted) {
    /** @type {PyBufferView[]} */
    const views = [];
    /** @type {Record<string, Tensor>} */
    const feeds = {};
    try {
      for (const [position, value] of values.entries()) {
        const { name, type } = /** @type {{name: string, type: ElementType}} */ (
          this.session.inputMetadata[position]
        );
        feeds[name] = this.#tensor(type, value, views);
      }
      const outputs = await this.session.run(feeds, wanted);
      return wanted.flatMap((name) => crossing(outputs[name]));
    } finally {
      for (const view of views) view.release();
      for (const value of values) if (typeof value !== "string") value.destroy();
    }
  }

  /**
   * A tensor over Python's own memory, which the engine copies into its heap before Python gets another turn. The view
   * is taken anew for each run, since it dies whenever Python's memory grows.
   *
   * @param {ElementType} type
   * @param {string | PyArray} value
   * @param {PyBufferView[]} views where the view is noted, to be released
   * @returns {Tensor}
   */
  #tensor(type, value, views) {
    const { Tensor } = this.engine.ort;
    if (typeof value === "string") {
      const [shape, texts] = JSON.parse(value);
      return new Tensor("string", texts, shape);
    }
    const view = value.getBuffer("u8");
    views.push(view);
    const { buffer, byteOffset } = view.data;
    const View = VIEWS[type];
    return new Tensor(
      type,
      new View(buffer, byteOffset, view.nbytes / View.BYTES_PER_ELEMENT),
      view.shape,
    );
  }

  /** @returns {Pending} */
  release() {
    return this.engine.queue(async () => {
      await this.session.release();
      return [];
    });
  }
}

/** @typedef {{getBuffer(type: string): PyBufferView, copy(): PyArray, destroy(): void}} PyArray */

/**
 * @param {Tensor} tensor
 * @returns {[string, string | Uint8Array]} its shape and content, as Python reads them
 */
function crossing({ type, dims, data }) {
  const shape = dims.join(",");
  if (type === "string") return [shape, JSON.stringify(data)];
  const { buffer, byteOffset, byteLength } = /** @type {Uint8Array} */ (data);
  return [shape, new Uint8Array(buffer, byteOffset, byteLength)];
}

/** @param {any} model */
function copyOut(model) {
  const view = model.getBuffer("u8");
  try {
    return /** @type {Uint8Array} */ (view.data.slice());
  } finally {
    view.release();
  }
}

/**
 * @param {Promise<any[]>} work
 * @returns {Pending}
 */
export function pending(work) {
  return {
    promise: work.then(
      (values) => ["", ...values],
      (error) => [error instanceof Error ? error.message : String(error)],
    ),
  };
}
