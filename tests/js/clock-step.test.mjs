/** What is told by a clock that is rounded to 17 or 100 ms: no ratio, no 0, but what a time is less than. */

import "./english.mjs";
import assert from "node:assert/strict";
import test from "node:test";
import { measurePlan } from "../../web/src/energy/panel-state.js";
import { below, measureStep } from "../../web/src/shared/clock.js";
import { time, words } from "../../web/src/shared/format.js";
import { speed } from "../../web/src/compare/verdict.js";

/** A clock in whole steps; each reading takes some time. */
function rounded(stepMs, readMs) {
  let now = 1234.5;
  return () => {
    now += readMs;
    return Math.floor(now / stepMs) * stepMs;
  };
}

for (const stepMs of [0.005, 0.1, 1, 1000 / 60, 100])
  test(`a step of ${stepMs} ms is found`, () => {
    const found = measureStep(rounded(stepMs, stepMs / 37));
    assert.ok(Math.abs(found - stepMs) < stepMs / 1000, `${found}`);
  });

test("a coarse clock holds nobody up for more than a few steps", () => {
  let readings = 0;
  const clock = rounded(100, 1);
  measureStep(() => (readings++, clock()));
  assert.ok(readings <= 210, "two steps, at a reading a millisecond");
});

test("a time of few steps is told as what it is less than", () => {
  assert.equal(words(time(0, 1000 / 60)), "< 17\u00a0ms");
  assert.equal(words(time(0, 100)), "< 100\u00a0ms");
  assert.equal(words(time(100, 100)), "< 200\u00a0ms");
  assert.equal(words(time(1700, 100)), "1.7\u00a0s");
  assert.equal(words(time(2.5, 0.005)), "2.5\u00a0ms");
  assert.equal(words(time(0.02, 0.005)), "0.02\u00a0ms");
  assert.equal(words(time(0.02)), "0.02\u00a0ms");
  assert.equal(below(84, 1000 / 60), null);
});

const side = (where, median, stepMs, recorded = false) => ({
  where,
  stepMs,
  result: { recorded },
  times: { of: () => ({ n: 9, median, p95: null }) },
});

test("no ratio is told of a time that is too short for the clock", () => {
  for (const [one, other, step] of [
    [0, 33, 1000 / 60],
    [0, 0, 100],
    [0, 300, 100],
    [100, 0, 100],
    [17, 900, 1000 / 60],
  ]) {
    const told = speed(side("here", one, step), side("there", other, step));
    assert.doesNotMatch(told, /times|∞|NaN/);
    assert.match(told, /clock/);
  }
  assert.match(speed(side("here", 0, 16), side("there", 300, 16)), /^Here was quicker; how much/);
  assert.match(speed(side("here", 300, 16), side("there", 0, 16)), /^There was quicker; how much/);
  assert.match(speed(side("here", 0, 100), side("there", 80, 100)), /^Which was quicker can not/);
  assert.match(speed(side("here", 3, 0.005), side("there", 30, 0.005)), /10 times quicker/);
  const recorded = speed(side("here", 0, 100), side("there", 20, 0, true));
  assert.doesNotMatch(recorded, /∞|times/);
});

test("a measurement's windows are many steps of the clock, and it does not become endless", () => {
  assert.deepEqual(measurePlan(0.005), { windowMs: 100, windows: 20, warmUp: 20 });
  for (const step of [1, 1000 / 60, 100]) {
    const { windowMs, windows, warmUp } = measurePlan(step);
    assert.ok(windowMs >= 20 * step - 1e-9, `${windowMs}`);
    assert.ok(windowMs <= 2000, "the core takes none longer");
    assert.ok(windows >= 5);
    assert.ok(windowMs * (warmUp + windows) < 15_000);
  }
});
