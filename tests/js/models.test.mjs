/** What is fetched ahead of Python: the model that is run first, and nothing where the manifest is not whole. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { likelyFirst } from "../../web/src/runtime/worker/models.js";

const text = readFileSync(new URL("../../models/manifest.json", import.meta.url), "utf8");

/** @param {(variant: any, data: any) => void} change */
function changed(change) {
  const data = JSON.parse(text);
  change(data.exhibits.digits.variants.at(-1), data);
  return JSON.stringify(data);
}

test("the last variant that runs here comes first", () => {
  assert.equal(likelyFirst(text)?.id, "student-int8");
});

test("a manifest that is not whole costs nothing but the head start", () => {
  const wrong = [
    "",
    "{",
    "[]",
    "null",
    "{}",
    '{"exhibits": {}}',
    '{"exhibits": {"digits": 5}}',
    changed((last) => (last.runs = 5)),
    changed((last) => (last.file = "../../etc/passwd")),
    changed((last) => (last.golden = "//other.example/x")),
    changed((last) => (last.file = "digits/../x")),
    changed((last) => (last.golden = "digits/golden.json?x")),
    changed((last) => (last.sha256 = "&x=1")),
    changed((last) => delete last.golden),
    changed((_, data) => (data.exhibits.digits.variants = [null])),
  ];
  for (const each of wrong) assert.equal(likelyFirst(each), null, each.slice(0, 80));
});
