/** An answer keeps up with a drawing: the newest input wins, one run at a time, and a busy server is waited for. */

import assert from "node:assert/strict";
import test from "node:test";
import { follow, patiently } from "../../web/src/shared/follow.js";
import { turns } from "./clock.mjs";

/** A follower whose runs end when the test says so. */
function followed({ pauseMs = 0 } = {}) {
  const runs = [];
  const told = [];
  const run = (input) =>
    new Promise((resolve, reject) => runs.push({ input, answer: resolve, fail: reject }));
  const follower = follow(run, {
    pauseMs,
    onAnswer: (answer, input) => told.push({ answer, input }),
    onProblem: (problem) => told.push({ problem }),
  });
  return { ...follower, runs, told };
}

const busy = (retryAfterS, status = 503) =>
  Object.assign(new Error("busy"), { status, retryAfterS });

test("one run at a time, and the newest input wins", async (t) => {
  const clock = turns(t);
  const { ask, runs, told } = followed();
  for (const input of ["a", "b", "c"]) ask(input);
  assert.deepEqual(
    runs.map(({ input }) => input),
    ["a"],
  );
  runs[0].answer("A");
  await clock.pass(1);
  assert.deepEqual(
    runs.map(({ input }) => input),
    ["a", "c"],
    "b was overtaken",
  );
  runs[1].answer("C");
  await clock.pass(1);
  assert.deepEqual(told, [
    { answer: "A", input: "a" },
    { answer: "C", input: "c" },
  ]);
  assert.equal(runs.length, 2, "what was answered is not asked again");
});

test("between the starts of two runs lies the pause", async (t) => {
  const clock = turns(t);
  const { ask, runs } = followed({ pauseMs: 300 });
  ask("a");
  runs[0].answer("A");
  ask("b");
  await clock.pass(299);
  assert.equal(runs.length, 1);
  await clock.pass(1);
  assert.equal(runs.length, 2);
});

for (const status of [429, 503])
  test(`a server that is busy (${status}) for a moment is waited for without a word`, async (t) => {
    const clock = turns(t);
    const { ask, runs, told } = followed();
    ask("a");
    runs[0].fail(busy(2, status));
    await clock.pass(1999);
    assert.equal(runs.length, 1);
    await clock.pass(1);
    assert.equal(runs.length, 2);
    runs[1].answer("A");
    await clock.pass(1);
    assert.deepEqual(told, [{ answer: "A", input: "a" }]);
  });

test("a long wait is told, and waited for", async (t) => {
  const clock = turns(t);
  const { ask, runs, told } = followed();
  ask("a");
  const problem = busy(6);
  runs[0].fail(problem);
  await clock.pass(1);
  assert.deepEqual(told, [{ problem }]);
  await clock.pass(6000);
  assert.equal(runs.length, 2);
});

test("any other problem is told and not tried again until asked", async (t) => {
  const clock = turns(t);
  const { ask, runs, told } = followed();
  ask("a");
  const problem = Object.assign(new Error("wrong"), {
    status: 422,
    retryAfterS: 1,
  });
  runs[0].fail(problem);
  await clock.pass(10_000);
  assert.deepEqual(told, [{ problem }]);
  assert.equal(runs.length, 1);
  ask("b");
  assert.equal(runs.length, 2);
});

test("what is forgotten is not run", async (t) => {
  const clock = turns(t);
  const { ask, forget, runs } = followed();
  ask("a");
  ask("b");
  forget();
  runs[0].answer("A");
  await clock.pass(1000);
  assert.equal(runs.length, 1);
  ask("c");
  assert.deepEqual(runs[1].input, "c");
});

test("patiently waits as long as it is told to, and no longer than five seconds at once", async (t) => {
  const clock = turns(t);
  let runs = 0;
  const answer = patiently(async () => {
    runs += 1;
    if (runs < 3) throw busy(1);
    return "A";
  });
  await clock.pass(2000);
  assert.equal(await answer, "A");
  assert.equal(runs, 3);
  const long = busy(6);
  await assert.rejects(
    patiently(() => Promise.reject(long)),
    long,
  );
  await assert.rejects(
    patiently(() => Promise.reject(new TypeError("wrong"))),
    TypeError,
  );
});
