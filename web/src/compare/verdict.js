/** The comparison in plain sentences, also where the small model loses. */

import { below } from "../shared/clock.js";
import { fixed } from "../shared/format.js";
import { say } from "../shared/messages.js";

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
  if (one === other) return say("compare-same-answer", { answer: one });
  return say("compare-other-answers", { here: one, there: other });
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
  if (ratio >= ABOUT) return say("compare-quicker-here", { ratio: rounded(ratio) });
  if (ratio <= 1 / ABOUT) return say("compare-quicker-there", { ratio: rounded(1 / ratio) });
  return say("compare-as-quick");
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
  if (one + here.stepMs < other - there.stepMs) return say("compare-unsure-here");
  if (other + there.stepMs < one - here.stepMs) return say("compare-unsure-there");
  return say("compare-unsure");
}

/** The same where the other side was recorded, so that there was no way to it. @param {number} ratio */
function recordedSpeed(ratio) {
  if (ratio >= ABOUT) return say("compare-recorded-here", { ratio: rounded(ratio) });
  if (ratio <= 1 / ABOUT) return say("compare-recorded-there", { ratio: rounded(1 / ratio) });
  return say("compare-recorded-as-quick");
}

/**
 * Which of two variants is right more often on the test set.
 *
 * @param {Variant} here
 * @param {Variant} there
 * @param {string} things what the test set consists of
 */
export function loss(here, there, things) {
  if (here.id === there.id) return say("compare-same-model");
  if (!here.accuracy || !there.accuracy) return say("compare-untested");
  if (there.accuracy.n !== here.accuracy.n) return share(here.accuracy, there.accuracy, things);
  const missed = Math.round((there.accuracy.value - here.accuracy.value) * here.accuracy.n);
  const n = fixed(here.accuracy.n, 0);
  if (missed === 0) return say("compare-loss-none", { n, things });
  const code = missed > 0 ? "compare-loss-more" : "compare-loss-fewer";
  return say(code, { n, things, missed: fixed(Math.abs(missed), 0) });
}

/**
 * The same where one was asked about a part of the test set only: of 100 of them.
 *
 * @param {import("../shared/result.js").Accuracy} here
 * @param {import("../shared/result.js").Accuracy} there
 * @param {string} things
 */
function share(here, there, things) {
  const missed = Math.round((there.value - here.value) * 1000) / 10;
  const said = { things, missed: fixed(Math.abs(missed), 1), n: fixed(there.n, 0) };
  if (missed === 0) return say("compare-share-none", said);
  return say(missed > 0 ? "compare-share-more" : "compare-share-fewer", said);
}

/** @param {number} ratio */
function rounded(ratio) {
  const value = ratio < 10 ? Math.round(ratio * 10) / 10 : Math.round(ratio);
  return fixed(value, Number.isInteger(value) ? 0 : 1);
}
