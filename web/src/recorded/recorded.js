/** The there-side of a site without a server: what one answered, and what that took, recorded when it was exported. */

import { address } from "../shared/address.js";
import { recordKey } from "./digest.js";
import { say } from "../shared/messages.js";
import { ProblemError } from "../shared/problem.js";
import { asRecorded, origin } from "../shared/record.js";

/** @typedef {import("../shared/result.js").Result} Result */
/** @typedef {{seed: number, blocks: number, task: string, start: string, goal: string}} Scene */

/**
 * @typedef {object} Recording publish/record.py makes it
 * @property {string} made a day, as 2026-01-31
 * @property {{cpu: string | null, machine: string | null}} machine
 * @property {any} power as the server tells it
 * @property {Record<string, import("../shared/result.js").Ladder>} ladders
 * @property {Record<string, string>} refused why exhibits have no models
 * @property {Record<string, Scene[]>} scenes whole episodes, by exhibit
 * @property {Record<string, Record<string, Result>>} exhibits Results by digest.recordKey()
 */

/** So long an input must stay as it is before it is said that it has no answer: a sample draws itself bit by bit. */
const SETTLED_S = 0.4;

/** The export writes so into the page. */
export function isRecorded() {
  const mark = document.querySelector('meta[name="hundredfold-there"]');
  return mark?.getAttribute("content") === "recorded";
}

export function openRecorded() {
  return new Recorded();
}

/** As There in there.js, and never lost. */
class Recorded {
  /** @type {Promise<Recording> | null} */
  #record = null;
  /** Answers that were told before; the same one again is the same object. @type {Map<string, Result>} */
  #told = new Map();
  #unanswered = "";

  async exhibits() {
    const { ladders, refused } = await this.#read();
    return { exhibits: ladders, refused };
  }

  async power() {
    return (await this.#read()).power;
  }

  /** When and where it was recorded, in words. */
  async says() {
    return say("recorded-says", origin(madeOn(await this.#read())));
  }

  /** Episodes that can be played. @param {string} exhibit */
  async scenes(exhibit) {
    return (await this.#read()).scenes[exhibit] ?? [];
  }

  /**
   * @param {string} exhibit
   * @param {object} input
   * @param {{variant?: string | null, repeats?: number, following?: boolean}} [options] `following` a drawing: one that goes on is not
   *   told at once that it has no answer
   * @returns {Promise<any>} a Result; what it took is what it took then, and there was no network
   */
  async run(exhibit, input, { variant = null, repeats = 1, following = false } = {}) {
    const record = await this.#read();
    if (repeats !== 1)
      throw unusable("repeats", "repeats must be 1 there: what was recorded does not run again");
    const { variants = [], language_model: beside } = record.ladders[exhibit] ?? {};
    const able = variants.filter(({ runs }) => runs.includes("there"));
    if (beside) able.push(/** @type {any} */ (beside));
    if (variant !== null && able.length && !able.some(({ id }) => id === variant)) {
      const ids = able.map(({ id }) => id).join(", ");
      throw unusable(
        "variant",
        `${exhibit} has no variant "${variant}" that runs there: choose one of ${ids}`,
      );
    }
    const key = recordKey(input, variant ?? record.ladders[exhibit]?.default.there);
    const found = record.exhibits[exhibit]?.[key];
    if (found) {
      this.#unanswered = "";
      const made = asRecorded(found, found.record ?? madeOn(record));
      const told = this.#told.get(key) ?? { ...made, bytes_sent: null };
      this.#told.set(key, told);
      return told;
    }
    const title = say("recorded-title");
    const detail = say(record.scenes[exhibit] ? "recorded-episodes" : "recorded-samples");
    const first = following && key !== this.#unanswered;
    this.#unanswered = key;
    throw first
      ? new ProblemError(503, title, detail, { retryAfterS: SETTLED_S })
      : new ProblemError(404, title, detail);
  }

  /** There is nothing to be lost, and nothing to look for. */
  look() {}

  #read() {
    return (this.#record ??= read().catch((error) => {
      this.#record = null; // whoever asks next tries again
      throw error;
    }));
  }
}

/** @param {string} field @param {string} detail */
function unusable(field, detail) {
  return new ProblemError(422, "Input can not be used", `${detail}.`, { field });
}

/** @returns {Promise<Recording>} */
async function read() {
  const response = await fetch(address("recorded.json")).catch((error) => {
    throw new ProblemError(0, say("recorded-lost"), say("recorded-reload"), { cause: error });
  });
  if (response.ok) return response.json();
  const detail = say("recorded-status", { status: `${response.status}` });
  throw new ProblemError(response.status, say("recorded-lost"), detail);
}

/** @param {Recording} record @returns {import("../shared/result.js").Recorded} */
function madeOn({ made, machine }) {
  return { made, cpu: machine.cpu, machine: machine.machine };
}
