/** Times tell of the latest answers of one variant, without what comes only once. */

import assert from "node:assert/strict";
import test from "node:test";
import { Times } from "../../web/src/compare/times.js";

function result(variant, median, more = {}) {
  return { variant, timing: { model_ms: { median }, python_ms: 1, ...more } };
}

test("an answer that was recorded counts once, however often it is told", () => {
  const times = new Times();
  for (let turn = 0; turn < 3; turn++) times.add({ ...result("a", 90), recorded: true }, 100);
  assert.equal(times.of("total").n, 1);
  for (let turn = 0; turn < 3; turn++) times.add(result("a", 90), 100);
  assert.ok(times.of("total").n > 1, "one that was computed counts each time");
});

test("nothing is told of no answers", () => {
  const times = new Times();
  assert.equal(times.of("total"), null);
  times.add(result("a", null), 5);
  assert.equal(times.of("total"), null, "of a blank drawing there is nothing to time");
});

test("the first run counts only until there is a second", () => {
  const times = new Times();
  times.add(result("a", 90), 100);
  assert.deepEqual(times.of("total"), { n: 1, median: 100, p95: null });
  times.add(result("a", 2), 3);
  assert.deepEqual(times.of("total"), { n: 1, median: 3, p95: null });
  times.add(result("a", 4), 5);
  assert.deepEqual(times.of("model"), { n: 2, median: 3, p95: null });
});

test("what is timed after one answer counts from its first on", () => {
  const times = new Times();
  times.add(result("a", 90), 100);
  times.clear();
  for (let run = 0; run < 50; run++) times.add(result("a", 2), 3);
  assert.equal(times.of("total").n, 50);
});

test("a model that never ran is still cold after a clear", () => {
  const times = new Times();
  times.clear();
  times.add(result("a", 90), 100);
  times.add(result("a", 2), 3);
  assert.equal(times.of("total").median, 3);
});

test("another variant counts anew, its own first run apart", () => {
  const times = new Times();
  for (const ms of [90, 2, 2]) times.add(result("a", ms), ms);
  for (const ms of [80, 7]) times.add(result("b", ms), ms);
  assert.deepEqual(times.of("total"), { n: 1, median: 7, p95: null });
  assert.deepEqual(
    times.recent.map(({ result, tookMs }) => [result.variant, tookMs]),
    [["b", 7]],
  );
});

test("the latest fifty are kept, and 95 % of them lie below the 48th", () => {
  const times = new Times();
  for (let ms = 1; ms <= 150; ms++) times.add(result("a", ms), ms);
  assert.deepEqual(times.of("total"), { n: 50, median: 125.5, p95: 148 });
});

test("the 95th percentile is told from twenty answers on", () => {
  const times = new Times();
  times.add(result("a", 90), 100);
  for (let run = 0; run < 19; run++) times.add(result("a", 1), 1);
  assert.equal(times.of("total").p95, null);
  times.add(result("a", 1), 9);
  assert.equal(times.of("total").p95, 1);
});

test("a recorded answer that is told again counts once", () => {
  const times = new Times();
  times.add(result("a", 90), 100);
  const recorded = result("a", 5);
  for (let again = 0; again < 3; again++) times.add(recorded, 6);
  assert.equal(times.of("total").n, 1);
});

test("no network is no time on it", () => {
  const times = new Times();
  times.add(result("a", 90), 100);
  times.add(result("a", 2, { network_ms: 4 }), 7);
  times.add(result("a", 2), 7);
  assert.deepEqual(times.of("network"), { n: 2, median: 2, p95: null });
});
