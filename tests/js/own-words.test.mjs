/** What is said of a visitor's model: in the page's language, as sentences, and never by a failing message. */

import "./english.mjs";
import assert from "node:assert/strict";
import test from "node:test";
import { sentence, sentences } from "../../web/src/own/room/sentences.js";
import { smallName } from "../../web/src/own/room/take.js";
import { Unusable } from "../../web/src/own/samples/unusable.js";

test("what has a message is said by it, and all else as it came, as a sentence", () => {
  assert.match(sentence({ code: "model-empty", values: {}, text: "x" }), /^The file is empty/);
  assert.equal(sentence({ code: "no-such-code", text: "it is odd" }), "It is odd.");
  assert.equal(sentence({ code: "samples-few", values: {}, text: "too few" }), "Too few.");
  assert.equal(sentence(new Error("broken!")), "Broken!");
  assert.equal(sentence({ detail: "try again" }), "Try again.");
});

test("a name at the start of a sentence stays as it is", () => {
  assert.match(sentence(new Unusable("own-npy-none", { name: "x.npy" })), /^x\.npy is/);
});

test("the same is said once", () => {
  const few = { code: "samples-few", values: { n: 3, few: 64 }, text: "" };
  assert.equal(sentences([few, { ...few }, { text: "b" }]).length, 2);
});

test("a smaller model is named after the original, and a name can not lead elsewhere", () => {
  assert.equal(smallName("cat.onnx", "static-int8"), "cat.static-int8.onnx");
  assert.equal(smallName("cat", "../x"), "cat...-x.onnx");
});
