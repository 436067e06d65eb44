/** An answer that was recorded, in the place of one that was computed just now. */

import { say, spoken } from "./messages.js";

/** @typedef {import("./result.js").Recorded} Recorded */

/**
 * When and where it was recorded, for a message.
 *
 * @param {Recorded} record
 */
export function origin({ made, cpu, machine }) {
  const language = spoken() === "en" ? "en-GB" : spoken(); // 31 January 2026
  const day = new Date(made).toLocaleDateString(language, { dateStyle: "long", timeZone: "UTC" });
  return { day, where: [cpu, machine].filter(Boolean).join(", ") || "unknown" };
}

/**
 * What it took is what it took then, and there was no network in it.
 *
 * @param {import("./result.js").Result} result
 * @param {Recorded} record
 * @returns {import("./result.js").Result}
 */
export function asRecorded(result, record) {
  const timing = { ...result.timing, network_ms: null };
  const notice = say("recorded-notice", origin(record));
  return { ...result, timing, recorded: true, notice };
}
