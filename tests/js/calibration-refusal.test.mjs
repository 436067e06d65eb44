/** What the core refuses is said in the visitor's language where the catalogue has it, and else in the core's words. */

import "./english.mjs";
import assert from "node:assert/strict";
import test from "node:test";
import { catalogue } from "../../web/build/messages.js";
import { sentence } from "../../web/src/energy/calibrate/calibration-field.js";
import { speak } from "../../web/src/shared/messages.js";
import { ProblemError } from "../../web/src/shared/problem.js";

const ANSWER = {
  type: "about:blank",
  title: "Input can not be used",
  status: 422,
  detail: "it says more than 2000 W: calibrate again",
  field: "calibration",
  code: "calibrate-refused-watts",
  values: { watts: 2000 },
};

/** @param {object} answer @returns {any} */
function refused(answer) {
  try {
    ProblemError.orAnswer(answer);
  } catch (error) {
    return error;
  }
}

test("a refusal is said as the core does, as a sentence", () => {
  assert.equal(sentence(refused(ANSWER)), "It says more than 2000 W: calibrate again.");
  assert.equal(sentence(""), "");
  assert.equal(sentence("no such thing"), "No such thing.");
});

test("a refusal that only a later core knows is said in its words", () => {
  const later = { ...ANSWER, code: "calibrate-refused-later", detail: "try later" };
  assert.equal(sentence(refused(later)), "Try later.");
  assert.equal(sentence(refused({ ...ANSWER, code: undefined, detail: "try" })), "Try.");
});

test("a refusal is said in Spanish, too", (t) => {
  speak("es", catalogue("es"));
  t.after(() => speak("en", catalogue("en")));
  assert.equal(sentence(refused(ANSWER)), "Dice más de 2000 W: vuelve a calibrar.");
});
