/** Two sides are timed in turns. */

import assert from "node:assert/strict";
import test from "node:test";
import { race } from "../../web/src/compare/race.js";

function side(name, log, phase = "ready") {
  return {
    phase,
    times: { clear: () => log.push(`clear ${name}`) },
    time: async (input) => log.push(`${name} ${input}`),
  };
}

const run = (sides, runs, { signal = new AbortController().signal, onProgress = () => {} } = {}) =>
  race(sides, "x", runs, { signal, onProgress });

test("they take turns, and count anew", async () => {
  const log = [];
  const told = [];
  await run([side("a", log), side("b", log)], 2, { onProgress: (done) => told.push(done) });
  assert.deepEqual(log, ["clear a", "clear b", "a x", "b x", "a x", "b x"]);
  assert.deepEqual(told, [1, 2]);
});

test("a side that is not ready is left out, and the other one goes on", async () => {
  const log = [];
  await run([side("a", log), side("b", log, "lost")], 2);
  assert.deepEqual(log, ["clear a", "clear b", "a x", "a x"]);
});

test("it ends when it is told to, after both had their turn", async () => {
  const log = [];
  const stop = new AbortController();
  const onProgress = () => stop.abort();
  await run([side("a", log), side("b", log)], 50, { signal: stop.signal, onProgress });
  assert.deepEqual(log.slice(2), ["a x", "b x"]);
});

test("a run that fails ends it", async () => {
  const log = [];
  const broken = { ...side("b", log), time: () => Promise.reject(new Error("lost")) };
  await assert.rejects(run([side("a", log), broken], 3), { message: "lost" });
  assert.deepEqual(log.slice(2), ["a x"]);
});
