/** Rounding and quantiles are the same in both languages: these vectors hold Python's as well (tests/core/test_figures.py). */

import "./english.mjs";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { twoDigits } from "../../web/src/energy/energy-format.js";
import { quantile } from "../../web/src/shared/statistics.js";

const vectors = JSON.parse(readFileSync(new URL("../vectors/figures.json", import.meta.url)));

test("two digits", () => {
  for (const [value, text] of vectors.two_digits) assert.equal(twoDigits(value), text, `${value}`);
});

test("quantiles", () => {
  for (const { values, quantiles } of vectors.quantiles)
    for (const [share, expected] of Object.entries(quantiles))
      assert.equal(quantile(values, Number(share)), expected);
});
