/** The server: asks it, notices when it is lost, and looks quietly until it is back. */

import { address } from "../../shared/address.js";
import { say } from "../../shared/messages.js";
import { ProblemError, secondsToWait } from "../../shared/problem.js";
import { asRecorded } from "../../shared/record.js";
import { understood } from "./understood.js";

/** @typedef {{online: boolean, text: string, retryInMs: number | null}} State */

const API = address("api/v1");
const RETRY_MS = [1000, 2000, 4000, 8000, 15000, 30000];

/** @typedef {import("../../offline/traffic.js").Entry} Entry */

/** @param {{onState: (state: State) => void, onMoved?: (moved: Entry) => void}} options */
export function openThere({ onState, onMoved = () => {} }) {
  return new There(onState, onMoved);
}

class There {
  #online = true;
  #attempt = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {(state: State) => void} onState @param {(moved: Entry) => void} onMoved */
  constructor(onState, onMoved) {
    this.onState = onState;
    this.onMoved = onMoved;
    addEventListener("online", () => this.look());
  }

  /** @returns {Promise<import("../../shared/result.js").Exhibits>} */
  async exhibits() {
    return this.#fetch("/exhibits");
  }

  /** How the server's energy is metered, and what it counts with. */
  power() {
    return this.#fetch("/power");
  }

  /**
   * @param {string} exhibit
   * @param {object} input
   * @param {{variant?: string | null, repeats?: number, signal?: AbortSignal}} [options]
   * @returns {Promise<any>} a Result
   */
  async run(exhibit, input, { variant = null, repeats = 1, signal } = {}) {
    const body = new Blob([JSON.stringify({ input, variant, repeats })], {
      type: "application/json",
    });
    const start = performance.now();
    const result = await this.#fetch(`/exhibits/${encodeURIComponent(exhibit)}/run`, {
      method: "POST",
      body,
      signal,
    });
    const roundTripMs = performance.now() - start;
    result.bytes_received = JSON.stringify(result).length;
    result.bytes_sent = body.size;
    if (result.record) return asRecorded(result, result.record);
    const { python_ms, total_ms } = result.timing; // of one answer: the model ran more often
    const computedMs = python_ms + repeats * (total_ms - python_ms);
    result.timing.network_ms = Math.max(0, roundTripMs - computedMs);
    return result;
  }

  /**
   * @param {string} path
   * @param {RequestInit} [options]
   */
  async #fetch(path, options) {
    const at = performance.timeOrigin + performance.now();
    const response = await this.#reach(path, options);
    const text = await response.text().catch(() => "");
    const sent_bytes = options?.body instanceof Blob ? options.body.size : 0;
    this.onMoved({ at, requests: 1, sent_bytes, received_bytes: new Blob([text]).size });
    const answer = parsed(text);
    if (response.ok && answer) return answer;
    const retryAfterS = secondsToWait(response.headers.get("Retry-After"));
    const problem = answer?.title
      ? understood({ ...answer, status: response.status }, "there")
      : {
          status: response.status,
          title: say("runtime-there-failed"),
          detail: say("runtime-there-silent", { status: `${response.status}` }),
        };
    return ProblemError.orAnswer(problem, { retryAfterS });
  }

  /**
   * @param {string} path
   * @param {RequestInit} [options]
   */
  async #reach(path, options) {
    try {
      const response = await fetch(API + path, options);
      const off = response.headers.get("X-Hundredfold") === "The network is off";
      if (!off) {
        this.#found();
        return response;
      }
      this.#lost("runtime-there-off-alone");
    } catch (error) {
      if (options?.signal?.aborted) throw error;
      this.#lost("runtime-there-lost-alone");
      const detail = say("runtime-there-looking");
      throw new ProblemError(0, say("runtime-there-lost"), detail, { cause: error });
    }
    throw new ProblemError(0, say("runtime-there-off"), say("runtime-there-switch"));
  }

  /** Look now whether it can be reached. */
  look() {
    if (!this.#online) void this.#look();
  }

  #found() {
    if (this.#online) return;
    this.#online = true;
    this.#attempt = 0;
    clearTimeout(this.#timer);
    this.onState({ online: true, text: say("runtime-there-back"), retryInMs: null });
  }

  /** @param {string} code of the message that says so */
  #lost(code) {
    this.#online = false;
    clearTimeout(this.#timer);
    const retryInMs = RETRY_MS[Math.min(this.#attempt++, RETRY_MS.length - 1)];
    this.#timer = setTimeout(() => this.#look(), retryInMs);
    this.onState({ online: false, text: say(code), retryInMs });
  }

  async #look() {
    await this.#fetch("/health", { cache: "no-store" }).catch(() => {});
  }
}

/** @param {string} text @returns {any} null: it is no JSON */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
