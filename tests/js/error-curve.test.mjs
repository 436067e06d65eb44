/** The curves of both errors: where shares lie on their axes, and what of results.json is drawn. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { line, rows, scale } from "../../web/src/exhibits/mail/error-curve.js";

const RESULTS = JSON.parse(
  readFileSync(new URL("../../models/mail/results.json", import.meta.url), "utf8"),
);
const { variants } = JSON.parse(
  readFileSync(new URL("../../models/manifest.json", import.meta.url), "utf8"),
).exhibits.mail;
const MODELS = Object.values(RESULTS).map(({ test: errors }) => errors);
const ON = scale(MODELS);
const corners = (text) => text.split(" ").map((corner) => corner.split(",").map(Number));

/** A model that was asked about few mails. */
const few = (...curve) => ({
  good_taken_for_spam: { value: 0, low: 0, high: 0.03, n: 100 },
  spam_missed: { value: 0.02, low: 0.01, high: 0.04, n: 100 },
  curve: curve.map(([good_lost, spam_missed]) => ({
    threshold: 0,
    good_lost,
    spam_missed,
  })),
});

test("every model of the ladder has its curve, on the same mails", () => {
  assert.deepEqual(
    Object.keys(RESULTS),
    variants.map(({ id }) => id),
  );
  for (const { curve, good_taken_for_spam, spam_missed } of MODELS) {
    assert.equal(good_taken_for_spam.n, MODELS[0].good_taken_for_spam.n);
    assert.equal(spam_missed.n, MODELS[0].spam_missed.n);
    assert.equal(curve[0].good_lost, 0, "the table tells how much spam passes then");
  }
});

test("good mails lie on an axis of equal ratios from 0.05 to 5 %, and spam on an even one from 0", () => {
  assert.deepEqual(
    ON.lost.map(({ share }) => share),
    [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05],
  );
  assert.deepEqual([ON.x(0.0005), ON.x(0.005), ON.x(0.05)].map(Math.round), [0, 50, 100]);
  assert.ok(Math.abs(ON.x(0.01) - ON.x(0.001) - 50) < 1e-9, "ten times as much is half of it");
  assert.deepEqual([ON.y(0), ON.y(ON.missed.at(-1).share)], [100, 0]);
  for (const { share, at } of ON.missed) assert.ok(Math.abs(ON.y(share) - (100 - at)) < 1e-9);
});

test("what is drawn lies within the axes, and none at all at their end", () => {
  for (const { curve, good_taken_for_spam: lost, spam_missed: missed } of MODELS) {
    for (const corner of corners(line(curve, ON)))
      for (const place of corner) assert.ok(place >= 0 && place <= 100, `${corner}`);
    assert.ok(ON.x(lost.low) < ON.x(lost.value) && ON.x(lost.value) < ON.x(lost.high));
    assert.ok(ON.y(missed.low) > ON.y(missed.value) && ON.y(missed.value) > ON.y(missed.high));
  }
  assert.equal(ON.x(0), 0);
});

test("a curve goes right and down in steps, and no model decides below its own", () => {
  for (const { curve, good_taken_for_spam, spam_missed } of MODELS) {
    const path = corners(line(curve, ON));
    assert.equal(path.length, 2 * (curve.length - 1) - 1, "all but the point at none");
    path.slice(1).forEach(([right, down], index) => {
      const [x, y] = path[index];
      assert.ok(right >= x && down >= y && (right === x || down === y), `${path[index]}`);
    });
    const same = curve.find(({ good_lost }) => good_lost > good_taken_for_spam.value - 1e-5);
    assert.ok(spam_missed.value > same.spam_missed - 1e-5);
  }
});

test("any few mails have axes that hold them", () => {
  for (const model of [few([0, 0.3]), few([0, 0.9], [0.01, 0.8], [0.3, 0]), few([0, 0], [1, 0])]) {
    const on = scale([model]);
    for (const ticks of [on.lost, on.missed]) {
      assert.ok(ticks.length >= 2);
      assert.deepEqual([ticks[0].at, ticks.at(-1).at], [0, 100]);
    }
    assert.ok(on.lost[0].share <= 0.03 && on.lost.at(-1).share >= 0.03);
    const shown = model.curve.filter(({ good_lost }) => good_lost > 0);
    assert.equal(
      line(model.curve, on).split(" ").filter(Boolean).length,
      Math.max(0, 2 * shown.length - 1),
    );
    for (const { good_lost, spam_missed } of shown) {
      assert.ok(on.lost.at(-1).share >= good_lost && on.lost[0].share <= good_lost);
      assert.ok(on.missed.at(-1).share >= spam_missed);
    }
  }
});

test("the table has every point once", () => {
  const all = rows(MODELS.map(({ curve }) => curve));
  assert.equal(all.length, MODELS[0].curve.length);
  for (const { lost, missed } of all)
    missed.forEach((share, index) => {
      const point = MODELS[index].curve.find(({ good_lost }) => good_lost === lost);
      assert.equal(share, point.spam_missed);
    });
  assert.deepEqual(rows([few([0, 0.3]).curve, few([0.1, 0.2]).curve]), [
    { lost: 0, missed: [0.3, null] },
    { lost: 0.1, missed: [null, 0.2] },
  ]);
});
