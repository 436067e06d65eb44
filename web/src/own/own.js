/** One model of a visitor: what can be asked of it, and what was found, for the report. */

import { say } from "../shared/messages.js";
import { ProblemError } from "../shared/problem.js";
import { packed, unpacked } from "./pack-samples.js";

/** @typedef {import("./own-model.js").PerfOptions} PerfOptions */
/** @typedef {import("./own-model.js").QuantizeOptions} QuantizeOptions */
/** @typedef {import("./own-model.js").CompareOptions} CompareOptions */

export class Own {
  /** Whether close() was called. */
  closed = false;
  /** What was found last, by its name in a report. @type {Record<string, any>} */
  #found = {};

  /**
   * @param {import("./client.js").Client} client
   * @param {Uint8Array} bytes
   * @param {string} name
   * @param {any} inspection
   */
  constructor(client, bytes, name, inspection) {
    this.client = client;
    this.bytes = bytes;
    this.name = name;
    /** What the file holds and takes, as compress/inspect.py tells it. */
    this.inspection = inspection;
  }

  /**
   * What the model answers to one sample: {<output>: {data, dims, dtype}}.
   *
   * @param {import("./own-model.js").RunOptions} [options] without samples, inputs are made up
   * @returns {Promise<Record<string, import("./own-model.js").OutputArray>>}
   */
  async run({ samples = null, index = 0, ...watched } = {}) {
    const { files, told } = packed(samples, null);
    const request = { do: "run", name: this.name, samples: told, index };
    const made = await this.#ask(request, { model: this.bytes, ...files }, watched);
    return unpacked(made.answer.outputs, made.files);
  }

  /**
   * How long one answer takes here, and what energy: of this model, or of `small`.
   *
   * @param {PerfOptions} [options] without samples, inputs are made up
   */
  async perf({ samples = null, repeats = 30, warmups = 3, small, ...watched } = {}) {
    const { files, told } = packed(samples, null);
    const device = (await this.client.options.device?.()) ?? null;
    const request = { do: "perf", name: this.name, samples: told, repeats, warmups, device };
    const model = small ?? this.bytes;
    const { answer } = await this.#ask(request, { model, ...files }, watched);
    /** @type {any} */
    const perf = { energy: null, ...answer, wasm_bytes: await this.client.memory() };
    this.#found[small ? "perf_small" : "perf"] = perf;
    return perf;
  }

  /**
   * A smaller model.
   *
   * @param {QuantizeOptions} [options]
   * @returns {Promise<import("./own-model.js").Quantized>}
   */
  async quantize({ method = "auto", samples = null, labels = null, maxDrop = 0.5, ...more } = {}) {
    const { simplify = true, ...watched } = more;
    const { files, told } = packed(samples, labels);
    const limits = { method, max_drop: maxDrop, simplify };
    const request = { do: "quantize", name: this.name, samples: told, ...limits };
    const made = await this.#ask(request, { model: this.bytes, ...files }, watched);
    const { answer } = made;
    this.#found.quantized = answer;
    delete this.#found.perf_small;
    delete this.#found.comparison;
    return { ...answer, bytes: made.files.small };
  }

  /**
   * How far a smaller model answers as this one does.
   *
   * @param {CompareOptions} options
   */
  async compare({ small, samples = null, labels = null, layers = false, ...watched }) {
    const { files, told } = packed(samples, labels);
    const request = { do: "compare", name: this.name, samples: told, layers };
    const { answer } = await this.#ask(request, { model: this.bytes, small, ...files }, watched);
    this.#found.comparison = answer;
    return answer;
  }

  /** All that was found last, as one document with a `schema_version`. */
  async report() {
    const { perf = null, quantized = null, comparison = null, perf_small = null } = this.#found;
    const parts = { inspection: this.inspection, perf, quantized, comparison, perf_small };
    const { answer } = await this.#ask({ do: "report", ...parts }, {}, {});
    return answer;
  }

  /** Let go of it; what is asked of it afterwards is refused. */
  close() {
    this.closed = true;
    this.bytes = new Uint8Array();
  }

  /** @param {object} request @param {Record<string, Uint8Array>} files @param {import("./own-model.js").Watched} watched */
  async #ask(request, files, watched) {
    if (this.closed)
      throw new ProblemError(409, say("own-runtime-unusable"), say("own-runtime-closed"));
    return this.client.ask(request, files, watched);
  }
}
