/** How the energy of a server is counted, which tells that in English. */

import { say } from "../shared/messages.js";

/** In the visitor's words, where no counter tells it; null: otherwise. @param {string} says */
export function meterWords(says) {
  const share =
    /^No energy counter can be read: CPU seconds, times a core's share of ([\d.]+) W TDP\.$/;
  const found = share.exec(says);
  if (found) return say("compare-meter-share", { watts: Number(found[1]) });
  const unknown = /^No energy counter can be read: .* an unknown server draws\.$/;
  return unknown.test(says) ? say("compare-meter-unknown") : null;
}
