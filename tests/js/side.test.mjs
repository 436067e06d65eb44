/** One side of a comparison: more of an answer that is shown, and not of one that is shown no longer. */

import "./english.mjs";
import assert from "node:assert/strict";
import test from "node:test";
import { Side } from "../../web/src/compare/side.js";

const answer = (/** @type {object} */ output) => ({
  output,
  timing: { total_ms: 1, model_ms: {} },
  runtime: { threads: 1 },
});
const further = (/** @type {object} */ input) => ({ ...input, words: true });
const settled = () => new Promise((resolve) => setTimeout(resolve, 10));

function opened(run) {
  const side = new Side("here", run, { pauseMs: 0, onChange() {} });
  side.phase = "ready";
  return side;
}

test("more of an answer takes its place, and its time does not count", async () => {
  const side = opened(async (input) => answer({ words: input.words ? ["a"] : [] }));
  side.ask({ text: "a" });
  await settled();
  const counted = side.times.recent.length;
  await side.learn(further);
  assert.deepEqual(side.result?.output, { words: ["a"] });
  assert.deepEqual(side.answered, { text: "a" });
  assert.equal(side.times.recent.length, counted);
});

test("more of an answer that is shown no longer is not shown", async () => {
  let finish = () => {};
  const waiting = new Promise((resolve) => (finish = () => resolve(undefined)));
  const side = opened(async (input) => {
    if (input.words) await waiting;
    return answer({ text: input.text, words: Boolean(input.words) });
  });
  side.ask({ text: "a" });
  await settled();
  const more = side.learn(further);
  side.ask({ text: "b" });
  await settled();
  finish();
  await more;
  assert.deepEqual(side.result?.output, { text: "b", words: false });
});

test("where more can not be had, it says why", async () => {
  const side = opened(async (input) => {
    if (input.words) throw Object.assign(new Error(), { title: "Busy", detail: "Later." });
    return answer({});
  });
  side.ask({ text: "a" });
  await settled();
  await side.learn(further);
  assert.deepEqual(side.problem, { title: "Busy", detail: "Later." });
});
