/** Pictures as a model gets them: what is proposed from its input, and every number of it. */

import "./english.mjs";
import assert from "node:assert/strict";
import test from "node:test";
import {
  length,
  newTensor,
  picture,
  propose,
  scaling,
  sized,
  write,
} from "../../web/src/own/samples/picture-plan.js";
import { part, spread, toTensor } from "../../web/src/own/samples/pictures.js";
import { toSamples } from "../../web/src/own/samples/read.js";
import { shown } from "../../web/src/own/samples/shown.js";
import { holds } from "./random.mjs";

const input = (shape, dtype = "float32") => ({ name: "x", dtype, shape });

test("what is proposed follows from the model's input", () => {
  for (const [shape, dtype, wanted] of [
    [
      ["N", 1, 28, 28],
      "float32",
      { channels: 1, layout: "first", values: "unit", dims: [1, 28, 28] },
    ],
    [[1, 3, 224, 224], "float32", { channels: 3, layout: "first", values: "imagenet" }],
    [[null, 224, 224, 3], "float32", { channels: 3, layout: "last", values: "signed" }],
    [[1, 32, 32, 3], "uint8", { channels: 3, values: "byte", dtype: "uint8" }],
    [["N", 3, "h", "w"], "float32", { width: 224, height: 224, free: [true, true] }],
    [[3, 64, 48], "float32", { channels: 3, width: 48, height: 64, dims: [3, 64, 48] }],
    [[null, 28, 28], "float32", { channels: 1, dims: [28, 28] }],
    [[null, 784], "float32", { channels: 1, width: 28, dims: [784] }],
    [[null, 3072], "float32", { channels: 3, width: 32, dims: [3072] }],
  ]) {
    const plan = propose(input(shape, dtype));
    for (const [name, value] of Object.entries(wanted))
      assert.deepEqual(plan?.[name], value, `${name} of ${JSON.stringify(shape)}`);
  }
});

test("what can be no picture gets no plan", () => {
  for (const [shape, dtype] of [
    [null, "float32"],
    [["N", 10], "float32"],
    [["N", "T", 64], "float32"],
    [[8, 3, 32, 32], "float32"],
    [["N", 5, 32, 32], "float32"],
    [["N", 1, 28, 28], "str"],
    [["N", 1, 28, 28], "bool"],
    [[], "float32"],
    [["N", 3, 100000, 100000], "float32"],
  ])
    assert.equal(propose(input(shape, dtype)), null, JSON.stringify(shape));
});

test("red, green and blue stand where the layout says, in the order that is chosen", () => {
  const plan = sized(propose(input(["N", 3, null, null])), 2, 1);
  const rgba = Uint8ClampedArray.of(255, 0, 0, 255, 0, 51, 0, 255);
  const made = (change) => {
    const own = { ...plan, values: "unit", ...change };
    const to = newTensor(own, 1);
    write(rgba, own, to, 0);
    return [...to].map((value) => Math.round(value * 10) / 10);
  };
  assert.deepEqual(made({}), [1, 0, 0, 0.2, 0, 0]);
  assert.deepEqual(made({ order: "bgr" }), [0, 0, 0, 0.2, 1, 0]);
  assert.deepEqual(made({ layout: "last" }), [1, 0, 0, 0, 0.2, 0]);
  assert.deepEqual(made({ values: "byte" }), [255, 0, 0, 51, 0, 0]);
  assert.deepEqual(made({ values: "signed" }), [1, -1, -1, -0.6, -1, -1]);
  assert.deepEqual(made({ invert: true }), [0, 1, 1, 0.8, 1, 1]);
  const own = { values: "own", mean: [0.5, 0, 0], std: [0.25, 1, 0.5] };
  assert.deepEqual(made(own), [2, -2, 0, 0.2, 0, 0]);
  assert.deepEqual(
    made({ values: "imagenet" }).slice(0, 2),
    [2.2, -2.1], // (1 - 0.485) / 0.229 and (0 - 0.485) / 0.229
  );
});

test("whole numbers are whole, from 0 or around 0", () => {
  const rgba = Uint8ClampedArray.of(200, 200, 200, 255);
  for (const [dtype, value] of [
    ["uint8", 200],
    ["int8", 72],
  ]) {
    const plan = {
      ...propose(input([1, 1, 28, 28], dtype)),
      width: 1,
      height: 1,
    };
    const to = newTensor(plan, 1);
    write(rgba, plan, to, 0);
    assert.deepEqual([...to], [value], dtype);
  }
});

test("a picture is shown as it was given, whatever the model gets of it", () =>
  holds(60, ({ whole, one, between }) => {
    const [width, height] = [whole(4, 9), whole(4, 9)];
    const base = sized(
      propose(
        input(
          one([
            ["N", 3, null, null],
            ["N", null, null, 3],
          ]),
        ),
      ),
      width,
      height,
    );
    const plan = {
      ...base,
      order: one(["rgb", "bgr"]),
      values: one(["unit", "byte", "signed", "imagenet", "own"]),
      mean: [between(-1, 1), between(-1, 1), between(-1, 1)],
      std: [between(0.1, 2), between(0.1, 2), between(0.1, 2)],
    };
    const rgba = Uint8ClampedArray.from({ length: 4 * width * height }, (_, at) =>
      at % 4 === 3 ? 255 : whole(0, 255),
    );
    const to = newTensor(plan, 2);
    write(rgba, plan, to, length(plan));
    assert.deepEqual(picture(to, plan, length(plan)), rgba);
  }));

test("the scale of grey is the mean of that of colours", () => {
  const [[times, plus]] = scaling({
    ...propose(input(["N", 1, 28, 28])),
    values: "imagenet",
  });
  assert.ok(Math.abs(-plus / times - 0.449) < 1e-9);
});

test("the middle of a picture is shown, or all of it", () => {
  const plan = propose(input([1, 3, 100, 200]));
  assert.deepEqual(part(400, 400, plan), [0, 100, 400, 200]);
  assert.deepEqual(part(400, 400, { ...plan, fit: "stretch" }), [0, 0, 400, 400]);
  assert.deepEqual(part(20, 100, plan), [0, 45, 20, 10]);
});

test("of too many, some are taken from the first to the last", () => {
  const all = Array.from({ length: 1000 }, (_, at) => at);
  const some = spread(all, 10);
  assert.deepEqual(some, [0, 100, 200, 300, 400, 500, 600, 700, 800, 900]);
  assert.equal(spread(all, 2000), all);
});

test("pictures become samples with the labels of their folders, and each is shown as a picture", () => {
  const plan = propose(input(["N", 1, 28, 28]));
  const pixels = [0, 255].map((byte) => new Uint8ClampedArray(4 * 784).fill(byte));
  const given = {
    kind: "pictures",
    name: "a, b",
    order: [],
    input: "x",
    pictures: [{ path: "a/1.png" }, { path: "b/1.png" }],
    plan,
    labelled: { labels: Int32Array.of(0, 1), classes: ["a", "b"] },
    pixels,
  };
  const samples = toSamples(given, [input(["N", 1, 28, 28])]);
  assert.deepEqual(samples.inputs.x.dims, [2, 1, 28, 28]);
  assert.deepEqual([samples.inputs.x.data[0], samples.inputs.x.data[784]], [0, 1]);
  assert.deepEqual(
    [[...samples.labels], samples.classes],
    [
      [0, 1],
      ["a", "b"],
    ],
  );
  assert.equal(toTensor(pixels, plan).data.length, 2 * 784);
  const { seen } = shown(given, samples, [input(["N", 1, 28, 28])], 1);
  assert.deepEqual([seen.width, seen.height, seen.rgba[0]], [28, 28, 255]);
});

test("an array that could be a picture is shown as one, from its darkest to its lightest", () => {
  const data = Float32Array.from({ length: 784 }, (_, at) => -3 + at);
  const samples = {
    inputs: { x: { data, dims: [1, 1, 28, 28], dtype: "float32" } },
  };
  const { seen } = shown({ kind: "arrays" }, samples, [input([1, 1, 28, 28])], 0);
  assert.deepEqual([seen.rgba[0], seen.rgba[4 * 783]], [0, 255]);
  const flat = {
    inputs: { x: { data: data.slice(0, 8), dims: [2, 4], dtype: "float32" } },
  };
  assert.equal(shown({ kind: "arrays" }, flat, [input([null, 4])], 1).text, "1; 2; 3; 4");
});
