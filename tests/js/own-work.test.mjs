/** What is done with a visitor's model: one job at a time, each can be ended, and nothing is lost on what can not be used. */

import "./english.mjs";
import assert from "node:assert/strict";
import test from "node:test";
import { MOST_BYTES, Work } from "../../web/src/own/room/work.js";
import { ProblemError } from "../../web/src/shared/problem.js";

const INSPECTION = {
  inputs: [{ name: "x", dtype: "float32", shape: ["N", 2] }],
  missing_here: [],
};
const file = (size = 10) => new Blob([new Uint8Array(size)]);
const given = {
  kind: "arrays",
  name: "x.npz",
  order: [],
  inputs: {
    x: { data: Float32Array.of(1, 2), dims: [1, 2], dtype: "float32" },
  },
  labelled: { labels: Int32Array.of(1), classes: null },
};
const perf = (median) => ({
  model_ms: { n: 30, median, p95: median, min: median },
  load_ms: 1,
});

/** A client as client.js gives it; a model whose name has "bad" in it is refused, and each job waits to be let go. */
function client({ waits = () => Promise.resolve(), refuses = /bad/ } = {}) {
  const log = [];
  const go = async (what, { onProgress, signal } = {}) => {
    log.push(what);
    onProgress?.({ phase: "run", done: 0.5 });
    await Promise.race([
      waits(what),
      new Promise((_, reject) =>
        signal?.addEventListener("abort", () => reject(signal.reason), {
          once: true,
        }),
      ),
    ]);
    signal?.throwIfAborted();
  };
  const open = async (bytes, options) => {
    const { name } = options;
    await go(`open ${name}`, options);
    if (refuses.test(name))
      throw new ProblemError(422, "Model can not be used", "no", {
        code: "none",
      });
    return {
      inspection: { ...INSPECTION, name },
      perf: async (asked) => {
        await go(asked.small ? "perf small" : "perf", asked);
        return perf(asked.small ? 1 : 2);
      },
      quantize: async (asked) => {
        await go(`quantize ${asked.method} ${asked.maxDrop} ${asked.labels?.length ?? "-"}`, asked);
        return {
          bytes: new Uint8Array(4),
          method: "static-int8",
          floats: [],
          before: {},
          after: {},
        };
      },
      compare: async (asked) => {
        await go(`compare ${asked.small.length}`, asked);
        return {
          n: 1,
          accuracy: null,
          agreement: null,
          deviation: null,
          changed: [],
        };
      },
      report: async () => ({ schema_version: 1 }),
      close: () => log.push(`close ${name}`),
    };
  };
  return { log, openOwn: () => ({ open, memory: async () => 123 }) };
}

/** A job that is under way until it is let go. */
function held() {
  let free = () => {};
  const wait = new Promise((resolve) => (free = resolve));
  return { wait, free };
}

test("a model is opened, timed and made smaller; both are timed one after the other", async () => {
  const { log, openOwn } = client();
  const work = new Work({ openOwn });
  await work.open(file(), "cat.onnx");
  assert.equal(work.model.inspection.name, "cat.onnx");
  await work.run();
  assert.equal(work.perf.model_ms.median, 2);
  assert.equal(work.perf.memory_bytes, 123);
  await work.read(async () => given);
  await work.shrink("auto", 0.5);
  assert.deepEqual(log, [
    "open cat.onnx",
    "perf",
    "quantize auto 0.5 1",
    "compare 4",
    "perf",
    "perf small",
  ]);
  assert.deepEqual(work.outcome.report, { schema_version: 1 });
  assert.equal(work.outcome.perf.model_ms.median, 1);
  assert.equal(work.busy, null);
  assert.equal(work.trouble, null);
});

test("progress is told while it lasts", async () => {
  const { openOwn } = client();
  const told = [];
  const work = new Work({
    openOwn,
    onChange: () => told.push(work.busy && { ...work.busy }),
  });
  await work.open(file(), "cat.onnx");
  assert.deepEqual(told.at(1), {
    what: "open",
    phase: "run",
    done: 0.5,
    stopping: false,
  });
  assert.equal(told.at(-1), null);
});

test("a file that can not be used leaves what was open as it was", async () => {
  const { log, openOwn } = client();
  const work = new Work({ openOwn });
  await work.open(file(), "cat.onnx");
  await work.read(async () => given);
  await work.shrink("float16", 0);
  const { model, outcome, samples } = work;
  await work.open(file(), "bad.onnx");
  assert.equal(work.trouble.problem.detail, "no");
  assert.equal(work.model, model);
  assert.equal(work.outcome, outcome);
  await work.read(async () => {
    throw new Error("no samples");
  });
  assert.equal(work.trouble.problem.message, "no samples");
  assert.equal(work.samples, samples);
  assert.ok(!log.includes("close cat.onnx"));
});

test("another model takes the place of the first, which is closed; samples that fit stay", async () => {
  const { log, openOwn } = client();
  const work = new Work({ openOwn });
  await work.open(file(), "cat.onnx");
  await work.read(async () => given);
  await work.run();
  await work.open(file(), "dog.onnx");
  assert.deepEqual([work.model.name, work.perf, work.outcome], ["dog.onnx", null, null]);
  assert.equal(work.given, given);
  assert.deepEqual(log.slice(-2), ["open dog.onnx", "close cat.onnx"]);
});

test("a model of more than it may have is refused before it is read", async () => {
  const { log, openOwn } = client();
  const work = new Work({ openOwn });
  const huge = {
    size: MOST_BYTES + 1,
    arrayBuffer: () => assert.fail("it was read"),
  };
  await work.open(huge, "huge.onnx");
  assert.equal(work.trouble.problem.code, "own-runtime-too-big");
  assert.deepEqual(log, []);
});

test("of a file of another kind only the beginning is read", async () => {
  const sizes = [];
  const openOwn = () => ({
    open: async (bytes) => {
      sizes.push(bytes.length);
      throw new ProblemError(422, "no", "convert it");
    },
  });
  const work = new Work({ openOwn });
  await work.open(file(200_000), "cat.tflite");
  assert.deepEqual(sizes, [65_536]);
  assert.equal(work.trouble.problem.detail, "convert it");
});

for (const what of ["open cat.onnx", "perf", "quantize auto 0.5 -", "compare 4", "perf small"])
  test(`ended during "${what}", nothing is changed and it can be done again`, async () => {
    let gate = held();
    const { openOwn } = client({
      waits: (job) => (job === what ? gate.wait : Promise.resolve()),
    });
    const work = new Work({ openOwn });
    const all = async () => {
      if (!work.model) await work.open(file(), "cat.onnx");
      if (work.model) await work.shrink("auto", 0.5);
    };
    const first = all();
    await until(() => work.busy);
    while (work.busy && !(await atGate(work))) await turn();
    work.cancel();
    assert.equal(work.busy.stopping, true);
    await first;
    assert.equal(work.outcome, null);
    assert.equal(work.trouble, null);
    assert.equal(work.ended, what.startsWith("open") ? "open" : "shrink");
    gate.free();
    gate = { wait: Promise.resolve() };
    await all();
    assert.ok(work.outcome);
    assert.equal(work.ended, null);
  });

test("a second model while the first one is made smaller ends that, and is opened", async () => {
  const { log, openOwn } = client({
    waits: (job) => (job.startsWith("quantize") ? new Promise(() => {}) : Promise.resolve()),
  });
  const work = new Work({ openOwn });
  await work.open(file(), "cat.onnx");
  const first = work.shrink("auto", 0.5);
  await until(() => log.some((each) => each.startsWith("quantize")));
  await Promise.all([work.open(file(), "dog.onnx"), work.open(file(), "emu.onnx"), first]);
  assert.equal(work.model.name, "emu.onnx");
  assert.deepEqual([work.busy, work.outcome], [null, null]);
});

test("two presses are one job", async () => {
  const { log, openOwn } = client();
  const work = new Work({ openOwn });
  await work.open(file(), "cat.onnx");
  await Promise.all([work.run(), work.run(), work.shrink("auto", 1)]);
  assert.deepEqual(log, ["open cat.onnx", "perf"]);
});

test("a client that could not be fetched is fetched again", async () => {
  const { openOwn } = client();
  let times = 0;
  const work = new Work({
    openOwn: async () => {
      if (!times++) throw new Error("offline");
      return openOwn();
    },
  });
  await work.open(file(), "cat.onnx");
  assert.equal(work.trouble.problem.message, "offline");
  await work.open(file(), "cat.onnx");
  assert.equal(work.model.name, "cat.onnx");
});

test("a worker that died is told, and the next job goes on with what was there", async () => {
  let dead = true;
  const { openOwn } = client({
    waits: async (job) => {
      if (job === "perf" && dead) throw new ProblemError(503, "gone", "try again");
    },
  });
  const work = new Work({ openOwn });
  await work.open(file(), "cat.onnx");
  await work.run();
  assert.equal(work.trouble.problem.status, 503);
  dead = false;
  await work.run();
  assert.equal(work.trouble, null);
  assert.ok(work.perf);
});

const turn = () => new Promise((resolve) => setImmediate(resolve));

async function until(condition) {
  while (!condition()) await turn();
}

/** The job waits: nothing changes any more. */
async function atGate(work) {
  const before = JSON.stringify(work.busy);
  for (let turns = 0; turns < 5; turns++) await turn();
  return JSON.stringify(work.busy) === before && Boolean(work.busy);
}
