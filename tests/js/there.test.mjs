/** What is told of an answer from the server: its way there and back, and its bytes, whatever it was asked for. */

import assert from "node:assert/strict";
import { mock, test } from "node:test";

globalThis.addEventListener = () => {};
globalThis.document = {
  querySelector: () => null,
  baseURI: "http://here.example/",
};
globalThis.location = new URL("http://here.example/");
const { openThere } = await import("../../web/src/runtime/page/there.js");

/** A server that takes `tookMs` until its answer is here, of which the engine takes so many. */
async function asked(repeats, { tookMs, pythonMs, modelMs }) {
  let now = 1000;
  mock.method(performance, "now", () => now);
  const timing = {
    python_ms: pythonMs,
    total_ms: pythonMs + modelMs,
    model_ms: { n: repeats },
  };
  mock.method(globalThis, "fetch", async () => {
    now += tookMs;
    return Response.json({
      variant: "a",
      timing,
      energy: { joules: { mid: 1 } },
    });
  });
  const there = openThere({ onState() {}, onMoved() {} });
  const result = await there.run("digits", { image: 1 }, { repeats });
  mock.restoreAll();
  return result;
}

test("the way is what is left of the round trip, however often the model ran", async () => {
  const once = await asked(1, { tookMs: 20, pythonMs: 2, modelMs: 5 });
  assert.equal(once.timing.network_ms, 13);
  const often = await asked(10, { tookMs: 65, pythonMs: 2, modelMs: 5 });
  assert.equal(often.timing.network_ms, 13);
});

test("the energy is a part of what was received", async () => {
  const { bytes_received: whole } = await asked(1, {
    tookMs: 20,
    pythonMs: 2,
    modelMs: 5,
  });
  assert.ok(whole > JSON.stringify({ energy: { joules: { mid: 1 } } }).length);
  assert.equal(
    whole,
    JSON.stringify({
      variant: "a",
      timing: { python_ms: 2, total_ms: 7, model_ms: { n: 1 } },
      energy: { joules: { mid: 1 } },
    }).length,
  );
});
