/** An input has one name, however it is written; that Python gives it the same one is tested with what records. */

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import test from "node:test";
import { canonical, recordKey, sha256 } from "../../web/src/recorded/digest.js";
import { holds } from "./random.mjs";

test("sha256 is sha256", () =>
  holds(130, (random) => {
    const bytes = Uint8Array.from(random.list(0, 200, () => random.whole(0, 255)));
    assert.equal(sha256(bytes), createHash("sha256").update(bytes).digest("hex"));
  }));

for (const length of [0, 1, 55, 56, 63, 64, 65, 119, 120, 25_000])
  test(`sha256 of ${length} bytes`, () => {
    const bytes = new Uint8Array(length).fill(120);
    assert.equal(sha256(bytes), createHash("sha256").update(bytes).digest("hex"));
  });

test("the order of names does not count, that of items does", () => {
  assert.equal(canonical({ b: 1, a: [2, 3] }), canonical({ a: [2, 3], b: 1 }));
  assert.notEqual(canonical({ a: [2, 3] }), canonical({ a: [3, 2] }));
});

test("a number is the same however it is written, and another one is another", () => {
  assert.equal(canonical([1, 1e-7, 0]), canonical([1.0, 0.0000001, -0]));
  assert.equal(canonical(1), "3ff0000000000000");
  assert.notEqual(canonical(0.1 + 0.2), canonical(0.3));
});

test("kinds that look alike are not the same", () => {
  const kinds = [null, false, true, 0, 1, "", "0", "null", [], [[]], {}, { "": null }];
  assert.equal(new Set(kinds.map(canonical)).size, kinds.length);
});

test("a name holds the input and the variant", () => {
  const name = recordKey({ text: "ä" }, "student-int8");
  assert.match(name, /^[0-9a-f]{64}\|student-int8$/);
  assert.notEqual(name, recordKey({ text: "ä" }, "student-fp32"));
  assert.notEqual(name, recordKey({ text: "a" }, "student-int8"));
});
