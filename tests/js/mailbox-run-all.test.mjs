/** Many inputs are answered in order, some at a time: as many as fit into a moment and into a request. */

import assert from "node:assert/strict";
import test from "node:test";
import { runAll } from "../../web/src/mailbox/run-all.js";

/** A core that takes so long for each input. */
function core(eachMs) {
  const sizes = [];
  const ask = async ({ inputs, ...rest }) => {
    assert.deepEqual(rest, {
      do: "many",
      exhibit: "mail",
      variant: "v",
      where: "here",
      whole: true,
    });
    sizes.push(inputs.length);
    return {
      outputs: inputs.map(({ text }) => (text ? { label: "ham", text } : null)),
      notes: Object.fromEntries(
        inputs.flatMap(({ text }, place) => (text ? [] : [[place, { detail: "no text" }]])),
      ),
      elapsed_ms: eachMs * inputs.length,
      model_ms: (eachMs * inputs.length) / 2,
      variant: "v",
    };
  };
  return { ask, sizes };
}

const texts = (count) => Array.from({ length: count }, (_, at) => ({ text: `t${at}` }));

test("every input has its output, and one that is no good has its problem", async () => {
  const { ask } = core(1);
  const inputs = texts(30);
  inputs[17] = {};
  const told = await runAll("mail", inputs, { ask, variant: "v" });
  assert.equal(told.outputs.length, 30);
  assert.deepEqual(told.outputs[29], { label: "ham", text: "t29" });
  assert.deepEqual(told.outputs[17], { label: null, problem: { detail: "no text" } });
  assert.equal(told.energy, null);
  assert.deepEqual((await runAll("mail", [], { ask, variant: "v" })).outputs, []);
});

test("a piece takes about 50 ms, however quick the model is", async () => {
  const quick = core(0.5);
  await runAll("mail", texts(1000), { ask: quick.ask, variant: "v" });
  assert.deepEqual(quick.sizes.slice(0, 4), [4, 16, 64, 100]);
  assert.ok(quick.sizes.slice(3, -1).every((size) => size === 100));
  const slow = core(200);
  await runAll("mail", texts(10), { ask: slow.ask, variant: "v" });
  assert.deepEqual(slow.sizes.slice(1), [1, 1, 1, 1, 1, 1]);
  const instant = core(0);
  await runAll("mail", texts(9000), { ask: instant.ask, variant: "v" });
  assert.ok(Math.max(...instant.sizes) === 2000);
});

test("no request has more text than one may have", async () => {
  const { ask, sizes } = core(0.001);
  await runAll("mail", Array(12).fill({ text: "x".repeat(1_000_000) }), { ask, variant: "v" });
  assert.ok(sizes.every((size) => size <= 2));
  assert.equal(
    sizes.reduce((sum, size) => sum + size),
    12,
  );
});

test("it tells how far it is, and energy of all answers and their seconds", async () => {
  const { ask } = core(1);
  let now = 0;
  const told = [];
  const { elapsed_ms, energy } = await runAll("mail", texts(20), {
    ask: (request) => ((now += 500), ask(request)),
    variant: "v",
    clock: () => now,
    energyOf: (done) => done,
    onProgress: ({ done, of, elapsed_ms }) => told.push([done, of, elapsed_ms]),
  });
  assert.deepEqual(told, [
    [4, 20, 500],
    [20, 20, 1000],
  ]);
  assert.equal(elapsed_ms, 1000);
  assert.deepEqual(energy, { answers: 20, seconds: 1, modelS: 0.01, variant: "v" });
});

test("it ends between two pieces when it is told to, and with what goes wrong", async () => {
  const { ask, sizes } = core(1);
  const stop = new AbortController();
  const onProgress = () => stop.abort(new Error("enough"));
  const { signal } = stop;
  await assert.rejects(
    runAll("mail", texts(20), { ask, variant: "v", signal, onProgress }),
    /enough/,
  );
  assert.equal(sizes.length, 1);
  const broken = () => Promise.reject(new Error("gone"));
  await assert.rejects(runAll("mail", texts(2), { ask: broken, variant: "v" }), /gone/);
});
