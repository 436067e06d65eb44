/** What the tower's core tells is known to the page, word for word. */

import "./english.mjs";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { meterWords } from "../../web/src/compare/meter-words.js";
import { KNOWN, failure, refused } from "../../web/src/exhibits/tower/told.js";
import { has, say } from "../../web/src/shared/messages.js";
import { ProblemError } from "../../web/src/shared/problem.js";

const ROOT = new URL("../../", import.meta.url);
const read = (path) => readFileSync(new URL(path, ROOT), "utf8");
const CORE = "py_src/hundredfold/exhibits/tower";

test("every failure and refusal is one of the core's, and told in the same words", () => {
  const world = read(`${CORE}/world.py`);
  for (const text of Object.keys(KNOWN.FAILURES)) {
    assert.ok(world.includes(`"${text}"`), text);
    assert.equal(failure(text), text);
  }
  for (const text of Object.keys(KNOWN.REFUSALS)) {
    assert.ok(world.includes(`"${text}"`), text);
    const problem = new ProblemError(422, "Input can not be used", text);
    assert.equal(refused(problem), problem.message);
  }
  assert.equal(failure("it was taken away"), "it was taken away");
  assert.equal(refused(new Error("The worker is gone.")), "The worker is gone.");
});

test("what the results name is known", () => {
  const { machine, agents } = JSON.parse(read("models/tower/results.json"));
  assert.ok(meterWords(machine.slice(machine.indexOf(". ") + 2)));
  for (const { tasks } of Object.values(agents))
    for (const task of Object.values(tasks))
      for (const reason of Object.keys(task.failures_by_reason))
        assert.ok(KNOWN.FAILURES[reason], reason);
});

test("whatever the agent thinks can be said", () => {
  const codes = [...read(`${CORE}/play.py`).matchAll(/"(tower-[a-z-]+)"/g)].map(([, code]) => code);
  assert.equal(codes.length, 7);
  for (const code of codes) {
    assert.ok(has(code), code);
    for (const onto of ["left", "b2"])
      assert.match(say(code, { block: "b1", onto, steps: 14 }), /\.$/);
  }
  const about = { block: "b1", onto: "left" };
  assert.equal(say("tower-says-carry", about), "I carry b1 to the left area.");
  assert.equal(say("tower-says-release", { ...about, onto: "b2" }), "I put b1 onto b2.");
});
