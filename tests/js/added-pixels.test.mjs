/** Pictures of exhibits that were added, and what is said of models of which nobody knows how often they are right. */

import "./english.mjs";
import assert from "node:assert/strict";
import test from "node:test";
import { sizeSent, toPicture, toRgba } from "../../web/src/added/pixels.js";
import { accuracyRange } from "../../web/src/compare/accuracy-range.js";
import { loss } from "../../web/src/compare/verdict.js";

test("a picture comes back as it was sent, whatever its size", () => {
  for (const [width, height] of [
    [1, 1],
    [3, 2],
    [200, 173],
  ]) {
    const rgba = new Uint8ClampedArray(4 * width * height).map((_, at) =>
      at % 4 === 3 ? 255 : (at * 37) % 256,
    );
    const picture = toPicture(rgba, width, height);
    assert.deepEqual([picture.width, picture.height], [width, height]);
    assert.equal(atob(picture.pixels).length, 3 * width * height);
    assert.deepEqual(toRgba(picture), rgba);
  }
});

test("a picture keeps its shape, and is never made larger, nor nothing", () => {
  assert.deepEqual(sizeSent(4000, 3000, 400), { width: 400, height: 300 });
  assert.deepEqual(sizeSent(30, 20, 400), { width: 30, height: 20 });
  assert.deepEqual(sizeSent(10000, 1, 64), { width: 64, height: 1 });
});

test("where it is not known how often a model is right, nothing is claimed", () => {
  const accuracy = { value: 0.9, low: 0.8, high: 0.95, n: 100 };
  const variant = (/** @type {string} */ id, /** @type {any} */ right) =>
    /** @type {any} */ ({ id, accuracy: right });
  const unknown = loss(variant("small", null), variant("big", accuracy), "samples");
  assert.match(unknown, /not known how often/);
  assert.match(
    loss(variant("small", accuracy), variant("big", accuracy), "samples"),
    /exactly as many/,
  );
  assert.equal(accuracyRange(null, accuracy), "");
  assert.notEqual(accuracyRange(accuracy, accuracy), "");
});
