/** Samples that can not be used: an error whose message says, in the page's language, what to do. */

import { say } from "../../shared/messages.js";

export class Unusable extends Error {
  /** @param {string} code of the message @param {import("../../shared/messages.js").Values} [values] */
  constructor(code, values) {
    super(say(code, values));
    this.name = "Unusable";
    this.code = code;
  }
}
