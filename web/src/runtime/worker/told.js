/** Errors that a visitor may read: the page says them in the visitor's language, which this worker does not know. */

/** @typedef {import("../../shared/messages.js").Message} Message */

export class ToldError extends Error {
  /**
   * @param {Message | string} told
   * @param {string} message in English, for whoever reads programs
   * @param {ErrorOptions} [options]
   */
  constructor(told, message, options) {
    super(message, options);
    this.told = told;
  }
}

/** What the page is to say of it. @param {unknown} error @returns {Message | string} */
export function toldBy(error) {
  if (error instanceof ToldError) return error.told;
  return error instanceof Error ? error.message : String(error);
}
