/** The comparison in plain sentences, also where the small model loses. */

import { below } from "../shared/clock.js";
import { fixed } from "../shared/format.js";

/** @typedef {import("./side.js").Side} Side */
/** @typedef {import("../shared/result.js").Variant} Variant */

/** Times that differ by less than this factor are called the same. */
const ABOUT = 1.2;

/**
 * What came out; "" until both sides have answered the same input.
 *
 * @param {Side} here
 * @param {Side} there
 * @param {(output: any) => string | null} name what an output says, null for nothing
 */
export function agreement(here, there, name) {
  if (!here.result || !there.result || here.answered !== there.answered) return "";
  const [one, other] = [name(here.result.output), name(there.result.output)];
  if (one === null || other === null) return "";
  if (one === other) return `Same answer: ${one}.`;
  return `Different answers: ${one} here, ${other} there. You know which is right.`;
}

/**
 * Which side was quicker lately; "" unless both answer.
 *
 * @param {Side} here
 * @param {Side} there
 */
export function speed(here, there) {
  const [one, other] = [here.times.of("total"), there.times.of("total")];
  if (!one || !other || !here.result || !there.result) return "";
  if (tooShort(here, one.median) || tooShort(there, other.median))
    return unsure(here, there, one.median, other.median);
  const ratio = other.median / one.median;
  if (there.result.recorded) return recordedSpeed(ratio);
  if (ratio >= ABOUT) return `Here was ${times(ratio)} quicker, counting the way to the server.`;
  if (ratio <= 1 / ABOUT)
    return `There was ${times(1 / ratio)} quicker, even counting the way to the server.`;
  return "Both took about as long, counting the way to the server.";
}

/** @param {Side} side @param {number} ms */
function tooShort(side, ms) {
  return below(ms, side.stepMs) !== null;
}

/**
 * Where a time is too short for this browser's clock: which was quicker, if that can be told at all; never how much.
 *
 * @param {Side} here
 * @param {Side} there
 * @param {number} one ms
 * @param {number} other ms
 */
function unsure(here, there, one, other) {
  const clock = "how much can not be told, as this browser’s clock has too large steps";
  if (one + here.stepMs < other - there.stepMs) return `Here was quicker; ${clock}.`;
  if (other + there.stepMs < one - here.stepMs) return `There was quicker; ${clock}.`;
  return "Which was quicker can not be told, as this browser’s clock has too large steps.";
}

/** The same where the other side was recorded, so that there was no way to it. @param {number} ratio */
function recordedSpeed(ratio) {
  const way = "There was no way to a server, which would come on top.";
  if (ratio >= ABOUT)
    return `Here was ${times(ratio)} quicker than the machine there was then. ${way}`;
  if (ratio <= 1 / ABOUT) return `The machine there was ${times(1 / ratio)} quicker then. ${way}`;
  return `The machine there took about as long then. ${way}`;
}

/**
 * Which of two variants is right more often on the test set.
 *
 * @param {Variant} here
 * @param {Variant} there
 * @param {string} things what the test set consists of
 */
export function loss(here, there, things) {
  if (here.id === there.id) return "Both sides run the same model.";
  const { n } = here.accuracy;
  const missed = Math.round((there.accuracy.value - here.accuracy.value) * n);
  const test = `Of ${fixed(n, 0)} test ${things}, the model here`;
  if (missed === 0) return `${test} gets exactly as many wrong as the one there.`;
  return `${test} gets ${fixed(Math.abs(missed), 0)} ${missed > 0 ? "more" : "fewer"} wrong than the one there.`;
}

/** @param {number} ratio */
function times(ratio) {
  const rounded = ratio < 10 ? Math.round(ratio * 10) / 10 : Math.round(ratio);
  return `${fixed(rounded, Number.isInteger(rounded) ? 0 : 1)} times`;
}
