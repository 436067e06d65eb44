/** Quantiles by hand; tests/core/test_measure.py holds Python's against the standard library's. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { median, quantile } from "../../web/src/shared/statistics.js";

test("quantiles of few values are the inclusive ones", () => {
  assert.equal(quantile([4, 1, 3, 2], 0.25), 1.75);
  assert.equal(quantile([4, 1, 3, 2], 0.75), 3.25);
  assert.equal(quantile([1, 2], 0.25), 1.25);
  assert.equal(quantile([7], 0.75), 7);
  assert.equal(quantile([3, 1, 2], 1), 3);
});

test("the median of an even number of values lies between the two in the middle", () => {
  assert.equal(median([4, 1, 3, 2]), 2.5);
  assert.equal(median([10, 9]), 9.5);
  assert.equal(median([5, 1, 3]), 3);
});

test("the values stay in their order", () => {
  const values = [3, 1, 2];
  median(values);
  assert.deepEqual(values, [3, 1, 2]);
});
