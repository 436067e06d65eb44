/** What goes wrong, as RFC 9457 problem details: the form in which both sides, and this page itself, report errors. */

import { say } from "./messages.js";

export class ProblemError extends Error {
  /**
   * @param {number} status an HTTP status; 0: no answer at all
   * @param {string} title what went wrong
   * @param {string} detail what to do about it
   * @param {{retryAfterS?: number, field?: string, code?: string,
   *   values?: import("./messages.js").Values, cause?: unknown}} [extra]
   */
  constructor(status, title, detail, { retryAfterS, field, code, values, cause } = {}) {
    super(`${title}: ${/[.!?…]$/.test(detail) ? detail : `${detail}.`}`, { cause });
    this.name = "ProblemError";
    this.status = status;
    this.title = title;
    this.detail = detail;
    /** Seconds after which it is worth trying again, if the server said so. */
    this.retryAfterS = retryAfterS;
    /** The part of the input that can not be used, as a dotted path. */
    this.field = field;
    /** The message that says what `detail` does in the visitor's language, where there is one, and its values. */
    this.code = code;
    this.values = values;
  }

  /**
   * The answer itself, unless it is a problem, which is thrown.
   *
   * @param {any} answer
   * @param {{retryAfterS?: number}} [extra]
   */
  static orAnswer(answer, extra = {}) {
    if (typeof answer.status !== "number") return answer;
    const { status, title, detail, field, code, values } = answer;
    throw new ProblemError(status, title, detail ?? say("runtime-again"), {
      field,
      code,
      values,
      ...extra,
    });
  }
}

/**
 * What a Retry-After says, in seconds: a number, or as proxies may write it, a date. At least one; undefined: nothing.
 *
 * @param {string | null} header
 */
export function secondsToWait(header) {
  if (!header) return undefined;
  const seconds = Number(header);
  const wait = Number.isNaN(seconds) ? (Date.parse(header) - Date.now()) / 1000 : seconds;
  return Number.isFinite(wait) ? Math.max(1, wait) : undefined;
}
