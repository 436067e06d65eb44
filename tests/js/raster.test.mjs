/** Curves cover pixels by how far these are from them, and never leave the picture. */

import assert from "node:assert/strict";
import test from "node:test";
import { raster } from "../../web/src/exhibits/digits/raster.js";
import { holds } from "./random.mjs";

const at = (x, y) => ({ x, y });
/** A straight curve. */
const straight = (a, b, width) => [a, at((a.x + b.x) / 2, (a.y + b.y) / 2), b, width];

test("a line across the picture covers whole pixels, half of those at its edge, and no others", () => {
  const image = raster([straight(at(-1, 0.5), at(2, 0.5), 3 / 8)], 8);
  const rows = Array.from({ length: 8 }, (_, row) => [
    ...new Set(image.slice(row * 8, row * 8 + 8)),
  ]);
  assert.deepEqual(rows, [[0], [0], [128], [255], [255], [128], [0], [0]]);
});

test("a line thinner than a pixel covers no more of one than it is wide", () => {
  const image = raster([straight(at(-1, 0.5625), at(2, 0.5625), 0.25 / 8)], 8);
  assert.equal(Math.max(...image), Math.floor(0.25 * 255 + 0.5));
});

test("where curves overlap, a pixel has what the one gives that covers it most", () => {
  const thin = straight(at(0, 0.5), at(1, 0.5), 0.02);
  const wide = straight(at(0.5, 0), at(0.5, 1), 0.33);
  const [one, other, both] = [[thin], [wide], [thin, wide]].map((curves) => raster(curves, 32));
  assert.ok(both.every((ink, index) => ink === Math.max(one[index], other[index])));
});

test("whatever lies outside is left out", () =>
  holds(100, (random) => {
    const place = () => at(random.between(-3, 4), random.between(-3, 4));
    const image = raster([[place(), place(), place(), random.between(0, 2)]], 16);
    assert.equal(image.length, 256);
  }));

test("turning the picture turns the ink", () =>
  holds(50, (random) => {
    const places = Array.from({ length: 3 }, () =>
      at(random.whole(0, 64) / 64, random.whole(0, 64) / 64),
    );
    const width = random.between(0.01, 0.3);
    const image = raster([[...places, width]], 32);
    const turned = raster([[...places.map(({ x, y }) => at(y, x)), width]], 32);
    for (let row = 0; row < 32; row++)
      for (let column = 0; column < 32; column++)
        assert.ok(Math.abs(image[row * 32 + column] - turned[column * 32 + row]) <= 1);
  }));

test("a curve bends towards its control point and passes its middle", () => {
  const image = raster([[at(0.1, 0.9), at(0.5, 0.1), at(0.9, 0.9), 0.06]], 100);
  assert.equal(image[50 * 100 + 50], 255, "the middle of the curve");
  assert.equal(image[90 * 100 + 50], 0, "the middle of a straight line");
});
