/** The words of a text are shaded where they are, as strongly as they moved an answer, and a long text is cut around them. */

import assert from "node:assert/strict";
import test from "node:test";
import {
  lettersIn,
  MOST_LETTERS,
  piecesOf,
  spansOf,
  STEPS,
  strongest,
} from "../../web/src/text/marks.js";
import { holds } from "./random.mjs";

const word = (start, end, contribution = 1) => ({ start, end, contribution });
const shaded = (text, words) =>
  piecesOf(text, spansOf(text, words)).pieces.map(({ text, step, gap }) =>
    gap ? "GAP" : [text, step],
  );

/** What stands between two gaps. */
const runs = (pieces) =>
  pieces
    .map(({ text, gap }) => (gap ? "\n" : text))
    .join("")
    .split("\n")
    .filter((run) => run);

test("a word is shaded where it is, and the rest of the text stands around it", () => {
  assert.deepEqual(shaded("buy it now", [word(0, 3, 2), word(7, 10, -1)]), [
    ["buy", 5],
    [" it ", 0],
    ["now", -3],
  ]);
});

test("spans count astral letters as one, as Python does", () => {
  const text = "🎁🎁 free 𝔴in e\u0301nd";
  const letters = [...text];
  const at = (part) => letters.join("").split(part)[0];
  for (const part of ["free", "𝔴in", "nd"]) {
    const start = [...at(part)].length;
    const [span] = spansOf(text, [word(start, start + [...part].length)]);
    assert.equal(text.slice(span.from, span.to), part);
  }
  assert.equal(lettersIn(text), letters.length);
});

test("half a letter counts as one, and so does what follows it", () => {
  const text = "\ud83d a \udf81\udf81 b";
  assert.equal(lettersIn(text), [...text].length);
  const [span] = spansOf(text, [word([...text].length - 1, [...text].length)]);
  assert.equal(text.slice(span.from, span.to), "b");
});

test("unsorted and overlapping words come in the order of the text, none over another", () => {
  assert.deepEqual(shaded("abcdefgh", [word(4, 7), word(0, 3), word(2, 5), word(1, 2)]), [
    ["abc", 5],
    ["de", 5],
    ["fg", 5],
    ["h", 0],
  ]);
});

test("what can be no word is left out", () => {
  const words = [word(3, 3), word(2, 1), word(-1, 2), word(0, 1, NaN), word(1, 2, 0)];
  assert.deepEqual(shaded("abc", words), [
    ["a", 0],
    ["b", 0],
    ["c", 0],
  ]);
  assert.deepEqual(shaded("abc", []), [["abc", 0]]);
});

test("words of a longer text are refused, since they would be shaded in the wrong place", () => {
  assert.equal(spansOf("abc", [word(0, 4)]), null);
  assert.equal(spansOf("🎁🎁", [word(0, 3)]), null, "two letters, four units");
  assert.notEqual(spansOf("abc", [word(0, 3)]), null);
});

test("the strength goes by the strongest word in five steps, and never is none where something moved", () => {
  const steps = [10, 8.1, 8, 6.1, 4.1, 2.1, 2, 0.01, -5, -10].map((contribution, at) =>
    word(at, at + 1, contribution),
  );
  assert.deepEqual(
    spansOf("abcdefghij", steps).map(({ step }) => step),
    [5, 5, 4, 4, 3, 2, 1, 1, -3, -5],
  );
});

test("the pieces are the text, whatever the words are, and no letter is cut in two", () =>
  holds(200, (random) => {
    const letters = random.list(1, 60, () => random.one(["a", "b", " ", "🎁", "é", "漢"]));
    const text = letters.join("");
    const words = random.list(0, 12, () => {
      const start = random.whole(0, letters.length - 1);
      return word(start, random.whole(start, letters.length), random.between(-3, 3));
    });
    const { pieces, isCut } = piecesOf(text, spansOf(text, words));
    assert.equal(isCut, false);
    assert.equal(pieces.map((piece) => piece.text).join(""), text);
    for (const piece of pieces) {
      assert.ok(Math.abs(piece.step) <= STEPS && piece.text.isWellFormed());
    }
    const marked = pieces.filter(({ step }) => step).flatMap((piece) => [...piece.text]).length;
    const wanted = new Set(
      words.flatMap(({ start, end }) => letters.map((_, at) => at).slice(start, end)),
    );
    assert.equal(marked, wanted.size, "every letter that is in a word, once");
  }));

test("of a long text the surroundings of the strongest words are shown, in its order", () =>
  holds(60, (random) => {
    const alphabet = ["a", "b", "c", "d", "🎁", "🎈"];
    const letters = Array.from({ length: 65_000 }, () => random.one(alphabet));
    const text = letters.join("");
    const words = random.list(1, 100, () => {
      const start = random.whole(0, 64_980);
      return word(start, start + random.whole(1, 20), random.between(-3, 3));
    });
    const spans = spansOf(text, words);
    const { pieces, isCut } = piecesOf(text, spans);
    assert.equal(isCut, true);
    const shown = pieces.filter(({ gap }) => !gap);
    assert.ok(shown.every((piece) => piece.text.isWellFormed()));
    const length = shown.reduce((sum, piece) => sum + piece.text.length, 0);
    assert.ok(length <= MOST_LETTERS, `${length} letters`);
    // A word takes 120 units at most, with what is around it.
    const marked = shown.filter(({ step }) => step).length;
    assert.ok(marked >= Math.min(spans.length, Math.floor(MOST_LETTERS / 120)), `${marked} words`);
    assert.ok(shown.some(({ step }) => Math.abs(step) === STEPS));
    let at = 0;
    for (const run of runs(pieces)) {
      const found = text.indexOf(run, at);
      assert.ok(found >= at && run.length > 0, "it stands behind the one before it");
      at = found + run.length;
    }
    assert.ok(pieces.some(({ gap }) => gap));
  }));

test("a word that is longer than all that is shown is cut", () => {
  const text = "x".repeat(70_000);
  const { pieces } = piecesOf(text, spansOf(text, [word(100, 60_000)]));
  assert.deepEqual(
    pieces.map(({ text, step, gap }) => (gap ? "GAP" : [text.length, step])),
    ["GAP", [40, 0], [MOST_LETTERS - 40, 5], "GAP"],
  );
});

test("a long text without a word that can be shown begins at its beginning", () => {
  const { pieces } = piecesOf("y".repeat(5000), []);
  assert.deepEqual(
    pieces.map(({ text, gap }) => (gap ? "GAP" : text.length)),
    [MOST_LETTERS, "GAP"],
  );
});

test("the strongest words of each way, each once and short enough to be heard", () => {
  const text = `Free money, free! ${"z".repeat(60)} thanks\n  a lot`;
  const spans = spansOf(text, [
    word(0, 4, 1),
    word(5, 10, 3),
    word(12, 16, 2),
    word(18, 78, 0.5),
    word(79, [...text].length, -1),
  ]);
  assert.deepEqual(strongest(text, spans, 1), ["money", "free", `${"z".repeat(40)}…`]);
  assert.deepEqual(strongest(text, spans, 1, 2), ["money", "free"]);
  assert.deepEqual(strongest(text, spans, -1), ["thanks a lot"]);
});
