/** Drawings become the same bytes everywhere, by laws that any drawing obeys. */

import assert from "node:assert/strict";
import test from "node:test";
import { toImage, toPath } from "../../web/src/exhibits/digits/strokes.js";
import { holds } from "./random.mjs";

const SIDE = 64;
/** Coordinates are whole parts of this many, so that moving by whole pixels is exact. */
const STEPS = 1024;
const PEN = 0.07;

const place = (random) => random.whole(STEPS / 4, (STEPS * 3) / 4) / STEPS;

function drawing(random) {
  const point = () => ({ x: place(random), y: place(random), w: random.between(0.1, 1.5) });
  return random.list(1, 3, () => random.list(1, 6, point));
}

/** The ink of each pixel, row by row. */
function pixels(strokes) {
  const { width, height, pixels } = toImage(strokes, SIDE);
  assert.deepEqual([width, height], [SIDE, SIDE]);
  const bytes = Uint8Array.from(atob(pixels), (letter) => letter.charCodeAt(0));
  assert.equal(bytes.length, SIDE * SIDE);
  return bytes;
}

const changed = (strokes, change) =>
  strokes.map((stroke) => stroke.map((at) => ({ ...at, ...change(at) })));

test("no stroke is paper", () => {
  assert.ok(pixels([]).every((ink) => ink === 0));
});

test("a drawing that is moved is the same elsewhere", () =>
  holds(60, (random) => {
    const strokes = drawing(random);
    const [right, down] = [random.whole(-12, 12), random.whole(-12, 12)];
    const before = pixels(strokes);
    const moved = pixels(
      changed(strokes, ({ x, y }) => ({ x: x + right / SIDE, y: y + down / SIDE })),
    );
    for (let y = 0; y < SIDE; y++)
      for (let x = 0; x < SIDE; x++) {
        const from = ((y - down + SIDE) % SIDE) * SIDE + ((x - right + SIDE) % SIDE);
        // But for the last bit, which is rounded. The margin is paper, so that nothing comes around.
        assert.ok(Math.abs(moved[y * SIDE + x] - before[from]) <= 1, `at ${x}, ${y}`);
      }
  }));

test("more ink never makes a pixel paler", () =>
  holds(60, (random) => {
    const [strokes, more, wider] = [drawing(random), drawing(random), random.between(1, 2)];
    const before = pixels(strokes);
    const added = pixels([...strokes, ...more]);
    const widened = pixels(changed(strokes, ({ w }) => ({ w: w * wider })));
    assert.ok(before.every((ink, at) => added[at] >= ink && widened[at] >= ink));
  }));

test("ink lies where the pen was", () =>
  holds(60, (random) => {
    const strokes = drawing(random);
    const image = pixels(strokes);
    for (const [{ x, y }] of strokes) {
      const [column, row] = [Math.floor(x * SIDE), Math.floor(y * SIDE)];
      const around = [-1, 0, 1].flatMap((dy) =>
        [-1, 0, 1].map((dx) => (row + dy) * SIDE + column + dx),
      );
      assert.ok(
        around.some((at) => image[at] > 0),
        "a stroke begins where the pen came down",
      );
    }
    const points = strokes.flat();
    const reach = (PEN * Math.max(...points.map(({ w }) => w)) * SIDE) / 2 + 1;
    const inked = [...image.keys()].filter((at) => image[at] > 0);
    for (const [axis, found] of [
      ["x", inked.map((at) => at % SIDE)],
      ["y", inked.map((at) => Math.floor(at / SIDE))],
    ]) {
      const values = points.map((point) => point[axis] * SIDE);
      assert.ok(Math.min(...values) - reach <= Math.min(...found) + 0.5);
      assert.ok(Math.max(...found) + 0.5 <= Math.max(...values) + reach);
    }
  }));

for (const width of [0.5, 1, 2, 5.88])
  test(`a line ${width} pixels wide has as much ink as that`, () => {
    // Per pixel of its length, in a picture in which its ends do not count.
    const w = width / SIDE / PEN;
    const line = [
      { x: 20.3 / SIDE, y: 20.2 / SIDE, w },
      { x: 50.1 / SIDE, y: 31.7 / SIDE, w },
    ];
    const ink = pixels([line]).filter((_, at) => at % SIDE >= 27 && at % SIDE < 43);
    const found = ink.reduce((sum, value) => sum + value, 0) / 255 / 16;
    const wanted = (width * Math.hypot(29.8, 11.5)) / 29.8;
    assert.ok(Math.abs(found / wanted - 1) < 0.04, `${found} instead of ${wanted}`);
  });

test("a point is a dot, and a path of it too", () => {
  const dot = [[{ x: 0.5, y: 0.5, w: 1 }]];
  assert.ok(pixels(dot)[32 * SIDE + 32] === 255);
  assert.equal(toPath(dot, 100), "M50 50Q50 50 50 50");
});

test("a path goes from middle to middle, so that its parts join", () => {
  const stroke = [0, 0.5, 1].map((x) => ({ x, y: x * x, w: 1 }));
  assert.equal(toPath([stroke], 10), "M0 0Q0 0 2.5 1.3M2.5 1.3Q5 2.5 7.5 6.3M7.5 6.3Q10 10 10 10");
});
