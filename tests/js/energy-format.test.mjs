/** Energy is told with two digits, never as 0 when it is not, and its unit once. */

import "./english.mjs";
import assert from "node:assert/strict";
import test from "node:test";
import { catalogue } from "../../web/build/messages.js";
import { ends, quantity, range, twoDigits } from "../../web/src/energy/energy-format.js";
import { speak } from "../../web/src/shared/messages.js";

const plain = (text) => text.replaceAll("\u00a0", " ");

for (const [value, told] of [
  [0, "0"],
  [12345, "12,000"],
  [0.04567, "0.046"],
  [0.00001, "0.00001"],
  [1e-7, "1.0e-7"],
  [2.5e6, "2.5 million"],
  [3.21e9, "3.2 billion"],
  [9.96, "10"],
  [99.6, "100"],
])
  test(`${value} has two digits: ${told}`, () => assert.equal(twoDigits(value), told));

test("what lies exactly between two goes to the even one, as in Python", () => {
  assert.equal(twoDigits(0.125), "0.12");
  assert.equal(twoDigits(0.375), "0.38");
  assert.equal(twoDigits(2.25), "2.2");
});

test("whatever is not 0 is not told as 0", () => {
  for (let exponent = -15; exponent < 12; exponent += 0.37)
    for (const unit of ["J", "W", "bytes", "of 1", "answers"]) {
      const told = quantity(10 ** exponent, unit);
      assert.doesNotMatch(told, /^0\b(?!\.\d*[1-9])/, told);
    }
});

for (const [value, unit, told] of [
  [0.0147, "J", "15 mJ"],
  [3.2e-6, "W", "3.2 µW"],
  [5170, "bytes", "5.2 kB"],
  [1, "bytes", "1 byte"],
  [1, "answers", "1 answer"],
  [1, "times", "1 time"],
  [0.42, "of 1", "42 %"],
  [0.42, "of a battery", "42 % of a battery"],
  [0.12, "of TDP", "12 % of TDP"],
  [2.5e6, "answers", "2.5 million answers"],
  [240, "V", "240 V"],
])
  test(`${value} ${unit} is ${told}`, () => assert.equal(plain(quantity(value, unit)), told));

test("the unit of a range is told once where it is the same", () => {
  assert.equal(plain(range({ low: 0.013, mid: 0.015, high: 0.018, unit: "J" })), "13 – 15 – 18 mJ");
  assert.equal(plain(ends({ low: 0.013, high: 0.018, unit: "J" })), "13 to 18 mJ");
  assert.equal(plain(ends({ low: 0.13e-3, high: 0.018, unit: "J" })), "130 µJ to 18 mJ");
  assert.equal(plain(ends({ low: 1e-6, high: 0.018, unit: "J" })), "1 µJ to 18 mJ");
  assert.equal(plain(ends({ low: 0.5, high: 1, unit: "answers" })), "0.5 to 1 answer");
  assert.equal(plain(range({ low: 5, mid: 5, high: 5, unit: "W" })), "5 W");
});

test("0 takes the unit of its neighbours", () => {
  assert.equal(plain(ends({ low: 0, high: 0.018, unit: "J" })), "0 to 18 mJ");
});

test("nearly all is not told as all", () => {
  const shares = { low: 0.991, mid: 0.996, high: 0.998, unit: "of 1" };
  assert.equal(plain(range(shares)), "99.1 – 99.6 – 99.8 %");
});

test("in Spanish the numbers and the units are Spanish", (t) => {
  speak("es", catalogue("es"));
  t.after(() => speak("en", catalogue("en")));
  const shares = { low: 0.991, mid: 0.996, high: 0.998, unit: "of 1" };
  assert.equal(plain(range(shares)), "99,1 – 99,6 – 99,8 %");
  assert.equal(plain(ends({ low: 0.0013, high: 0.018, unit: "J" })), "1,3 a 18 mJ");
  for (const [value, unit, told] of [
    [1, "answers", "1 respuesta"],
    [2.5e6, "answers", "2,5 millones de respuestas"],
    [1e6, "answers", "1 millón de respuestas"],
    [1200, "times", "1200 veces"],
    [12345, "times", "12.000 veces"],
    [1, "cores", "1 núcleo"],
    [0.12, "of TDP", "12 % del TDP"],
    [2.5e-19, "J", "2,5e-7 pJ"],
  ])
    assert.equal(plain(quantity(value, unit)), told);
});
