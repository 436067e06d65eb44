/** A number that somebody types is taken as meant, or refused with words: it never becomes another one. */

import "./english.mjs";
import assert from "node:assert/strict";
import test from "node:test";
import { catalogue } from "../../web/build/messages.js";
import { speak } from "../../web/src/shared/messages.js";
import { toType, typedNumber } from "../../web/src/shared/typed-number.js";

const WATTS = { unit: "W", least: 0.01, most: 2000 };

/** @type {[string, number][]} */
const TAKEN = [
  ["7.5", 7.5],
  ["7,5", 7.5],
  ["12,50", 12.5],
  ["12.50", 12.5],
  [" 7.5 ", 7.5],
  ["+7.5", 7.5],
  [".5", 0.5],
  [",5", 0.5],
  ["7.", 7],
  ["7,", 7],
  ["0,125", 0.125],
  ["0.125", 0.125],
  [",125", 0.125],
  ["1.250,5", 1250.5],
  ["1,250.5", 1250.5],
  ["1 250.5", 1250.5],
  ["1 250,5", 1250.5],
  ["1\u00a0250,5", 1250.5],
  ["1\u202f250,5", 1250.5],
  ["1'250.5", 1250.5],
  ["1’250.5", 1250.5],
  ["1 250", 1250],
  ["1234.567", 1234.567],
  ["1234,5678", 1234.5678],
  ["7.5000", 7.5],
  ["007", 7],
  ["７.５", 7.5],
  ["７，５", 7.5],
  ["１２", 12],
  ["٧٫٥", 7.5],
  ["७.५", 7.5],
  ["7.5W", 7.5],
  ["7,5 W", 7.5],
  ["7,5 w", 7.5],
  ["7.5 watts", 7.5],
  ["1.250,5 Watt", 1250.5],
];

for (const [typed, value] of TAKEN)
  test(`${JSON.stringify(typed)} is ${value}`, () =>
    assert.deepEqual(typedNumber(typed, WATTS), { value, wrong: "" }));

/** @type {[string, RegExp][]} */
const REFUSED = [
  ["1,250", /1,250 can be read as 1250 or as 1\.250/],
  ["1.250", /can be read as 1250 or as 1\.250/],
  ["1.250 W", /can be read as/],
  ["1'250,000.5.2", /such as 7\.5/],
  ["1.2.3", /such as 7\.5/],
  ["1,2,3", /such as 7\.5/],
  ["1.250.5", /such as 7\.5/],
  ["1,25,000", /such as 7\.5/],
  ["7 5", /such as 7\.5/],
  ["12 50", /such as 7\.5/],
  ["1 2500", /such as 7\.5/],
  ["7..5", /such as 7\.5/],
  ["7-8", /such as 7\.5/],
  ["7/8", /such as 7\.5/],
  ["about 7", /such as 7\.5/],
  ["W", /such as 7\.5/],
  [".", /such as 7\.5/],
  ["1e3", /such as 7\.5/],
  ["0x10", /such as 7\.5/],
  ["NaN", /such as 7\.5/],
  ["Infinity", /such as 7\.5/],
  ["1.2 kW", /in W: kW is another unit/],
  ["500 mW", /in W: mW is another unit/],
  ["7 Wh", /in W: Wh is another unit/],
  ["7.5 %", /another unit/],
  ["-5", /from 0\.01 to 2000/],
  ["−5", /from 0\.01 to 2000/],
  ["0", /from 0\.01 to 2000/],
  ["2000,1", /from 0\.01 to 2000/],
  ["1,250,000", /from 0\.01 to 2000/],
  ["", /Type a number here first/],
  ["  ", /Type a number here first/],
];

for (const [typed, why] of REFUSED)
  test(`${JSON.stringify(typed)} is refused`, () => {
    const { value, wrong } = typedNumber(typed, WATTS);
    assert.equal(value, null);
    assert.match(wrong, why);
  });

test("what may stay empty may", () => {
  assert.deepEqual(typedNumber(" ", { ...WATTS, optional: true }), {
    value: null,
    wrong: "",
  });
});

test("a battery's unit is its own", () => {
  const asked = { unit: "Wh", least: 1, most: 1000 };
  assert.equal(typedNumber("56,7 Wh", asked).value, 56.7);
  assert.match(typedNumber("4000 mAh", asked).wrong, /in Wh: mAh is another unit/);
});

test("what stands in a field is read as itself", () => {
  const { value: top } = typedNumber("2000", WATTS);
  assert.equal(top, 2000);
  for (const value of [7, 7.5, 0.125, 1.125, 12.345, 999.999, 1250.5, 1234.567, 0.015])
    assert.equal(typedNumber(toType(value), WATTS).value, value);
});

test("in Spanish too, what is told can be typed", (t) => {
  speak("es", catalogue("es"));
  t.after(() => speak("en", catalogue("en")));
  assert.equal(typedNumber("7,5 vatios", WATTS).value, 7.5);
  assert.match(typedNumber("about 7", WATTS).wrong, /como 7,5/);
  assert.match(typedNumber("0", WATTS).wrong, /de 0,01 a 2000/);
  const [, one, other] = /como (.+) o como (\S+):/.exec(typedNumber("1.250", WATTS).wrong) ?? [];
  assert.deepEqual([one, other], ["1250", "1,2500"]);
  assert.equal(typedNumber(other, WATTS).value, 1.25);
  for (const value of [7, 7.5, 0.125, 1.125, 12.345, 1250.5])
    assert.equal(typedNumber(toType(value), WATTS).value, value);
});
