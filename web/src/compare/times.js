/** How long the latest answers of one variant took. */

import { median } from "../shared/statistics.js";

/** @typedef {import("../shared/result.js").Result} Result */
/** @typedef {{n: number, median: number, p95: number | null}} Spread milliseconds; no p95 of a few answers */

const KEPT = 50;
/** Below this many answers the 95th percentile is just the slowest. */
const ENOUGH_FOR_P95 = 20;

/** @param {Result} one @param {Result} other */
const same = (one, other) =>
  one === other || (other.recorded && JSON.stringify(one.timing) === JSON.stringify(other.timing));

export class Times {
  #variant = "";
  #cold = true;
  /** @type {{total: number, model: number, python: number, network: number | null, result: Result}[]} */
  #samples = [];

  /** @param {Result} result @param {number} tookMs from asking to the answer */
  add(result, tookMs) {
    const { model_ms, python_ms, network_ms = 0 } = result.timing;
    if (model_ms.median === null) return; // a blank drawing: the model had nothing to do
    if (result.variant !== this.#variant) this.#restart(result.variant);
    if (this.#samples.some((sample) => same(sample.result, result))) return; // recorded, and told again
    const sample = {
      total: tookMs,
      model: model_ms.median,
      python: python_ms,
      network: network_ms,
      result,
    };
    // The first run of a model is slower than all others: it counts only until there is a second.
    if (this.#cold && this.#samples.length === 1) {
      this.#cold = false;
      this.#samples = [];
    }
    this.#samples = [...this.#samples, sample].slice(-KEPT);
  }

  /** The latest answers, oldest first, with how long each took. */
  get recent() {
    return this.#samples.map(({ result, total }) => ({ result, tookMs: total }));
  }

  /** Count anew; a model that ran stays warm. */
  clear() {
    if (this.#samples.length) this.#cold = false;
    this.#samples = [];
  }

  /**
   * @param {"total" | "model" | "python" | "network"} part
   * @returns {Spread | null}
   */
  of(part) {
    const values = this.#samples
      .map((sample) => sample[part])
      .filter((value) => value !== null)
      .sort((a, b) => a - b);
    const n = values.length;
    if (!n) return null;
    return {
      n,
      median: median(values),
      p95: n < ENOUGH_FOR_P95 ? null : values[Math.ceil(0.95 * n) - 1],
    };
  }

  /** @param {string} variant */
  #restart(variant) {
    this.#variant = variant;
    this.#samples = [];
    this.#cold = true;
  }
}
