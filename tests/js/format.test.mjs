/** A figure has a number, a unit, and as many digits as it deserves. */

import "./english.mjs";
import assert from "node:assert/strict";
import test from "node:test";
import { catalogue } from "../../web/build/messages.js";
import {
  NOTHING,
  count,
  fixed,
  percent,
  portion,
  size,
  time,
  words,
} from "../../web/src/shared/format.js";
import { speak } from "../../web/src/shared/messages.js";

const tell = (figure) => words(figure).replace("\u00a0", " ");

test("what is not known is a dash, and never 0", () => {
  for (const figure of [time(null), time(undefined), size(null), size(undefined)])
    assert.equal(figure, NOTHING);
  assert.equal(tell(count(undefined)), "–");
  assert.equal(tell(percent(undefined)), "–");
});

for (const [ms, told] of [
  [0.123, "0.12 ms"],
  [3.46, "3.5 ms"],
  [34.6, "35 ms"],
  [999, "999 ms"],
  [1234, "1.2 s"],
  [61_000, "61.0 s"],
])
  test(`${ms} ms is told as ${told}`, () => assert.equal(tell(time(ms)), told));

for (const [bytes, told] of [
  [0, "0 bytes"],
  [1, "1 byte"],
  [999, "999 bytes"],
  [5170, "5.2 kB"],
  [51_700, "52 kB"],
  [35_500_000, "35.5 MB"],
])
  test(`${bytes} bytes are told as ${told}`, () => assert.equal(tell(size(bytes)), told));

for (const [number, told] of [
  [950, "950"],
  [65_432, "65,432"],
  [1_234_567, "1.23 million"],
  [12_345_678, "12.3 million"],
  [2_500_000_000, "2.50 billion"],
])
  test(`${number} is told as ${told}`, () => assert.equal(tell(count(number)), told));

test("a share is told in per cent", () => {
  assert.equal(tell(percent(0.9876)), "98.8 %");
  assert.equal(tell(percent(0.9876, 2)), "98.76 %");
});

test("numbers have the digits that were asked for, and groups", () => {
  assert.equal(fixed(1234.5, 2), "1,234.50");
});

test("arithmetic is compared in whole parts, or called the same", () => {
  assert.equal(portion(1, 100), "1/100 of the arithmetic");
  assert.equal(portion(100, 1), "100 times the arithmetic");
  assert.equal(portion(10, 12), "about the same arithmetic");
  assert.equal(portion(12, 10), "about the same arithmetic");
});

test("another language writes numbers and their units its own way", (t) => {
  speak("es", catalogue("es"));
  t.after(() => speak("en", catalogue("en")));
  assert.equal(tell(time(3.46)), "3,5 ms");
  assert.equal(tell(count(1_000_000)), "1,00 millón");
  assert.equal(tell(count(12_345_678)), "12,3 millones");
  assert.equal(tell(count(2_500_000_000)), "2,50 mil millones");
});
