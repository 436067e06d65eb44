/** 100,000 rows are sorted and sifted as they should be, in short steps; those in sight are few. */

import assert from "node:assert/strict";
import test from "node:test";
import { arrange, arranged } from "../../web/src/mailbox/arrange.js";
import { asCsv } from "../../web/src/mailbox/csv.js";
import { MOST_ROWS, NOTES, Rows } from "../../web/src/mailbox/rows.js";
import { inSight } from "../../web/src/mailbox/window.js";
import { messages, catalogue } from "../../web/build/messages.js";
import { randomFrom } from "./random.mjs";

const NAMES = ["ham", "spam"];

/** @param {[number, number, string][]} each label, score, head */
function filled(each, file = "a.mbox") {
  const rows = new Rows();
  rows.add(file, {
    names: NAMES,
    first: 1,
    labels: each.map(([label]) => label),
    scores: each.map(([, score]) => score),
    heads: each.map(([, , head]) => head),
    notes: {},
  });
  return rows;
}

const ALL = { by: "order", down: false, label: null, words: "" };

function places(rows, wish) {
  const steps = arrange(rows, { ...ALL, ...wish });
  for (;;) {
    const { done, value } = steps.next();
    if (done) return [...value];
  }
}

const FEW = filled([
  [1, 0.9, "Win money (now)"],
  [0, 0.2, "Lunch at noon?"],
  [-1, 0, "..."],
  [1, 0.7, "Money for lunch"],
  [0, 0.2, "Minutes of the meeting"],
]);

test("rows are sorted by what is wished, alike ones in their order, those without an answer last", () => {
  assert.deepEqual(places(FEW, {}), [0, 1, 2, 3, 4]);
  assert.deepEqual(places(FEW, { down: true }), [4, 3, 2, 1, 0]);
  assert.deepEqual(places(FEW, { by: "score" }), [1, 4, 3, 0, 2]);
  assert.deepEqual(places(FEW, { by: "score", down: true }), [0, 3, 1, 4, 2]);
  assert.deepEqual(places(FEW, { by: "label" }), [1, 4, 0, 3, 2]);
  assert.deepEqual(places(FEW, { by: "label", down: true }), [0, 3, 1, 4, 2]);
});

test("rows are sifted by their label and by all words that are asked for", () => {
  assert.deepEqual(places(FEW, { label: 1 }), [0, 3]);
  assert.deepEqual(places(FEW, { label: -1 }), [2]);
  assert.deepEqual(places(FEW, { words: " MONEY  lunch " }), [3]);
  assert.deepEqual(places(FEW, { words: "(now)" }), [0]);
  assert.deepEqual(places(FEW, { words: "lunch", label: 0, by: "score" }), [1]);
  assert.deepEqual(places(FEW, { words: "[" }), []);
});

test("whatever they are, they come out as a plain sort has them", () => {
  const { between, whole } = randomFrom(7);
  const each = Array.from({ length: 10_000 }, () => [
    whole(-1, 1),
    Math.round(between(0, 1) * 1e4) / 1e4,
    `text ${whole(0, 99)}`,
  ]);
  const rows = filled(each);
  for (const down of [false, true]) {
    const sign = down ? -1 : 1;
    const expected = each
      .map(([label, score], at) => ({ label, score, at }))
      .sort(
        (a, b) =>
          (a.label < 0) - (b.label < 0) ||
          (a.label < 0 ? 0 : sign * (a.score - b.score)) ||
          a.at - b.at,
      );
    assert.deepEqual(
      places(rows, { by: "score", down }),
      expected.map(({ at }) => at),
    );
  }
});

test("100,000 rows are arranged in steps that nobody notices", () => {
  const each = Array.from({ length: MOST_ROWS }, (_, at) => [
    at % 2,
    ((at * 7919) % 1e4) / 1e4,
    `mail number ${at} ${"x".repeat(60)}`,
  ]);
  const rows = filled(each);
  for (const wish of [
    { by: "score", down: true },
    { words: "number 9" },
    { by: "label", words: "x" },
  ]) {
    const steps = arrange(rows, { ...ALL, ...wish });
    const took = [];
    for (let done = false; !done;) {
      const start = performance.now();
      done = Boolean(steps.next().done);
      took.push(performance.now() - start);
    }
    assert.ok(took.length > 20);
    const [longest, second] = took.sort((a, b) => b - a);
    assert.ok(second < 50 && longest < 100, `steps of ${longest} and ${second} ms`); // others compute here, too
  }
});

test("an arrangement that is not wanted any more ends", async () => {
  const rows = filled(Array.from({ length: 20_000 }, () => [0, 0.5, "a"]));
  let turns = 0;
  const turn = async () => void (turns += 1);
  assert.equal((await arranged(rows, ALL, turn, () => true)).length, 20_000);
  assert.ok(turns > 4);
  turns = 0;
  assert.equal(await arranged(rows, ALL, turn, () => turns < 2), null);
  assert.equal(turns, 2);
});

test("only rows in sight are there, wherever it is scrolled", () => {
  assert.deepEqual(inSight(100_000, 0, 400, 36, 8), { from: 0, to: 20 });
  assert.deepEqual(inSight(100_000, 3600, 400, 36, 8), { from: 92, to: 120 });
  assert.deepEqual(inSight(100_000, 36e5, 400, 36, 8), { from: 99_992, to: 100_000 });
  assert.deepEqual(inSight(3, 36e5, 400, 36, 8), { from: 3, to: 3 });
  assert.deepEqual(inSight(0, 0, 400, 36, 8), { from: 0, to: 0 });
  assert.deepEqual(inSight(5, -80, 400, 36, 8), { from: 0, to: 5 });
});

test("a download has what is listed, in its order, and nothing that a spreadsheet would compute", async () => {
  const rows = filled(
    [
      [1, 0.9, '=SUM(A1) "x", y'],
      [-1, 0, ""],
    ],
    "a,b.mbox",
  );
  rows.notes[1] = NOTES.indexOf("empty");
  const parts = await asCsv(
    rows,
    [1, 0],
    (note) => `note ${note}`,
    async () => {},
  );
  assert.equal(
    parts.join(""),
    `file,index,label,score,note,text\n"a,b.mbox",2,,,note empty,\n"a,b.mbox",1,spam,0.9000,,"'=SUM(A1) ""x"", y"\n`,
  );
});

test("every note is told in words", () => {
  const known = messages(catalogue("en"));
  for (const note of NOTES.slice(1)) assert.ok(known.has(`mailbox-note-${note}`), note);
});
