/** The client of a visitor's own model: what goes to its worker, and what becomes of one that dies or does not stop. */

import "./english.mjs";
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { expose } from "../../web/node_modules/comlink/dist/esm/comlink.mjs";

globalThis.addEventListener = () => {};
globalThis.navigator ??= /** @type {any} */ ({});
const { Client } = await import("../../web/src/own/client.js");
const { ownSurface } = await import("../../web/src/console/own.js");

const MODEL = new Uint8Array([1, 2, 3]);
const IMAGES = { data: new Float32Array(8), dims: [2, 4] };
/** Every worker that was started. @type {FakeWorker[]} */
let workers = [];
/** What the next ones do. @type {any} */
let behaviour = {};

/** A worker that is in this process, and does what it is told to. */
class FakeWorker extends EventTarget {
  asked = [];
  ended = false;

  constructor() {
    super();
    const { port1, port2 } = new MessageChannel();
    this.port = port1;
    this.far = port2;
    port1.onmessage = ({ data }) => this.dispatchEvent(new MessageEvent("message", { data }));
    expose(
      {
        ready: async () => [],
        memory: async () => 1e6,
        stop: async () => {},
        ask: async (text, files, stop) => {
          const request = JSON.parse(text);
          this.asked.push({ request, files });
          return behaviour.ask({ request, files, stop, worker: this });
        },
        ...behaviour.remote,
      },
      port2,
    );
    workers.push(this);
  }

  postMessage(data, transfer) {
    this.port.postMessage(data, transfer);
  }

  terminate() {
    this.ended = true;
    this.port.close();
    this.far.close();
  }
}

beforeEach(() => {
  workers = [];
  globalThis.Worker = FakeWorker;
  behaviour = {
    ask: ({ request }) => answered({ name: request.name, do: request.do }),
  };
});
afterEach(() => {
  for (const worker of workers) worker.terminate();
});

/** @param {object} answer @param {Record<string, Uint8Array>} [files] */
const answered = (answer, files = {}) => ({
  answer: JSON.stringify(answer),
  files,
});
const never = () => new Promise(() => {});

test("a model that is too large is refused in a sentence before anything is started", async () => {
  const large = /** @type {any} */ ({ byteLength: 100e6 + 1 });
  await assert.rejects(new Client().open(large), {
    name: "ProblemError",
    message: /101 MB.*100 MB/,
  });
  assert.equal(workers.length, 0);
});

test("numbers go as files with their dtype, texts as they are, and labels beside them", async () => {
  const own = await new Client().open(MODEL, { name: "mine.onnx" });
  const inputs = {
    image: { data: new Float32Array([1, 2]), dims: [1, 2] },
    ids: { data: new BigInt64Array([5n]), dims: [1] },
    half: { data: new Uint16Array([15360]), dims: [1], dtype: "float16" },
    text: { data: ["a"], dims: [1] },
  };
  await own.compare({
    small: MODEL,
    samples: { inputs, classes: ["x"] },
    labels: new Int32Array([3]),
  });
  const { request, files } = workers[0].asked[1];
  assert.deepEqual(request.samples, {
    inputs: {
      image: { dims: [1, 2], file: "samples/0", dtype: "float32" },
      ids: { dims: [1], file: "samples/1", dtype: "int64" },
      half: { dims: [1], file: "samples/2", dtype: "float16" },
      text: { dims: [1], texts: ["a"] },
    },
    labels: [3],
    classes: ["x"],
    made_up: false,
  });
  assert.deepEqual(new Float32Array(files["samples/0"].slice().buffer), inputs.image.data);
  assert.deepEqual(Object.keys(files).sort(), [
    "model",
    "samples/0",
    "samples/1",
    "samples/2",
    "small",
  ]);
  const wrong = { inputs: { image: { ...inputs.image, dtype: "int64" } } };
  await assert.rejects(own.perf({ samples: wrong }), /image\.dtype is int64, but a Float32Array/);
});

test("a small model comes back, and a report tells of what was found last", async () => {
  behaviour.ask = ({ request: { do: verb, ...request } }) =>
    verb === "report"
      ? answered(request)
      : answered({ found: verb, made: [] }, verb === "quantize" ? { small: MODEL } : {});
  const own = await new Client().open(MODEL);
  const small = await own.quantize({ method: "float16", maxDrop: 1 });
  assert.deepEqual(small.bytes, MODEL);
  await own.perf();
  await own.perf({ small: small.bytes });
  const asked = workers[0].asked.map(({ request }) => request);
  assert.deepEqual([asked[1].method, asked[1].max_drop], ["float16", 1]);
  assert.deepEqual(await own.report(), {
    inspection: { found: "inspect" },
    quantized: { found: "quantize" },
    perf: { found: "perf", energy: null, wasm_bytes: 1e6 },
    perf_small: { found: "perf", energy: null, wasm_bytes: 1e6 },
    comparison: null,
  });
});

test("outputs come back in arrays of their kind", async () => {
  const outputs = {
    ids: { dtype: "int64", dims: [1], file: "outputs/0" },
    words: { dtype: "str", dims: [2], texts: ["a", "b"] },
  };
  behaviour.ask = () =>
    answered({ outputs }, { "outputs/0": new Uint8Array(new BigInt64Array([-7n]).buffer) });
  const own = await new Client().open(MODEL);
  assert.deepEqual(await own.run(), {
    ids: { data: new BigInt64Array([-7n]), dims: [1], dtype: "int64" },
    words: { data: ["a", "b"], dims: [2], dtype: "str" },
  });
});

test("what the core refuses is an error with its words", async () => {
  const problem = {
    status: 422,
    title: "Model can not be used",
    detail: "this is no ONNX model",
    code: "x",
  };
  behaviour.ask = () => answered(problem);
  await assert.rejects(new Client().open(MODEL), {
    status: 422,
    message: "Model can not be used: this is no ONNX model.",
  });
});

test("a worker that dies is told of in a sentence, and the next request has another", async () => {
  const client = new Client();
  const own = await client.open(MODEL);
  behaviour.ask = never;
  const perf = own.perf();
  const [worker] = workers;
  while (worker.asked.length < 2) await new Promise((resolve) => setImmediate(resolve));
  client.terminate();
  await assert.rejects(perf, { status: 503, message: /was ended.*try again/s });
  assert.ok(worker.ended);
  behaviour.ask = () => answered({ model_ms: 1 });
  assert.equal((await own.perf()).model_ms, 1);
  assert.equal(workers.length, 2);
});

test("a worker in which Python itself fails is not asked again", async () => {
  behaviour.ask = () => {
    throw new Error("memory access out of bounds");
  };
  const client = new Client();
  await assert.rejects(client.open(MODEL), {
    status: 503,
    message: /memory access out of bounds\. The page is well/,
  });
  assert.ok(workers[0].ended);
  behaviour.ask = () => answered({ fine: true });
  assert.deepEqual((await client.open(MODEL)).inspection, { fine: true });
});

test("one that can not start says why", async () => {
  behaviour.remote = {
    ready: async () => {
      throw {
        told: "own.zip is not kept on this device, and the network is switched off.",
      };
    },
  };
  await assert.rejects(
    new Client().open(MODEL),
    /own\.zip is not kept on this device, and the network is switched off\. /,
  );
});

test("who stops hears so at once, and a worker that stops in time goes on", async () => {
  const client = new Client();
  const own = await client.open(MODEL);
  let stopped = false;
  behaviour.remote = {};
  behaviour.ask = ({ request }) =>
    request.do === "perf"
      ? new Promise((resolve) => {
          const look = setInterval(() => {
            if (!stopped) return;
            clearInterval(look);
            resolve(
              answered({
                status: 499,
                title: "Stopped",
                detail: "as you asked",
              }),
            );
          }, 5);
        })
      : answered({ went: "on" });
  const stop = new AbortController();
  const perf = own.perf({ signal: stop.signal });
  while (workers[0].asked.length < 2) await new Promise((resolve) => setImmediate(resolve));
  stop.abort();
  await assert.rejects(perf, { name: "AbortError" });
  const next = own.compare({ small: MODEL });
  stopped = true;
  assert.deepEqual(await next, { went: "on" });
  assert.equal(workers.length, 1);
  await assert.rejects(own.perf({ signal: stop.signal }), {
    name: "AbortError",
  });
});

test("a worker that does not stop within two seconds is ended", async (t) => {
  const own = await new Client().open(MODEL);
  t.mock.timers.enable({ apis: ["setTimeout"] });
  behaviour.ask = ({ request }) => (request.do === "perf" ? never() : answered({ went: "on" }));
  const stop = new AbortController();
  const perf = own.perf({ signal: stop.signal });
  while (workers[0].asked.length < 2) await new Promise((resolve) => setImmediate(resolve));
  stop.abort();
  await assert.rejects(perf, { name: "AbortError" });
  t.mock.timers.tick(1999);
  assert.ok(!workers[0].ended);
  t.mock.timers.tick(1);
  assert.ok(workers[0].ended);
  assert.deepEqual(await own.compare({ small: MODEL }), { went: "on" });
  assert.equal(workers.length, 2);
});

test("a worker that has taken much memory is ended when it has answered", async () => {
  behaviour.remote = { memory: async () => 900e6 };
  const client = new Client();
  await client.open(MODEL);
  for (let turn = 0; client.isRunning && turn < 1000; turn++)
    await new Promise((resolve) => setImmediate(resolve));
  assert.ok(workers[0].ended);
});

test("progress is heard by who asked, and a closed model is refused", async () => {
  behaviour.ask = ({ request, worker }) => {
    worker.far.postMessage({ progress: { phase: request.do, done: 0.5 } });
    return answered({});
  };
  const heard = [];
  const own = await new Client().open(MODEL, {
    onProgress: (progress) => heard.push(progress),
  });
  assert.deepEqual(heard, [{ phase: "inspect", done: 0.5 }]);
  own.close();
  await assert.rejects(own.perf(), { message: /closed: open it again/ });
});

test("a script that gives what is wrong hears what to give", async () => {
  const surface = ownSurface(async () => new Client());
  const own = await surface.open(MODEL.buffer);
  const wrong = [
    [() => surface.open("model.onnx"), /bytes must be the bytes of an \.onnx file/],
    [() => surface.open(MODEL, { name: 5 }), /options\.name must be text/],
    [() => surface.open(MODEL, { title: "x" }), /options has no title, but name/],
    [() => own.perf({ repeats: 0 }), /repeats must be a whole number from 1/],
    [() => own.perf({ samples: {} }), /samples\.inputs must be an object/],
    [
      () => own.perf({ samples: { inputs: { x: { ...IMAGES, dims: [3, 4] } } } }),
      /has 8 values, but its dims .* want 12/,
    ],
    [
      () => own.perf({ samples: { inputs: { x: { data: [1, 2], dims: [2] } } } }),
      /a typed array or a list of texts/,
    ],
    [() => own.quantize({ method: "int2" }), /method must be "static-int8" or/],
    [() => own.quantize({ labels: [0.5] }), /labels must be a list of whole numbers from 0/],
    [() => own.quantize({ maxDrop: "1" }), /maxDrop must be a number from 0 to 100/],
    [() => own.compare(), /options must be \{small/],
    [() => own.compare({ small: [1] }), /small must be the bytes/],
    [() => own.report(1), /takes no more than no argument|no argument/],
  ];
  for (const [act, words] of wrong)
    await assert.rejects(act(), (error) => {
      assert.equal(error.name, "ArgumentError");
      assert.match(error.message, words);
      return /\.$/.test(error.message);
    });
  assert.equal((await own.perf({ samples: { inputs: { x: IMAGES } } })).do, "perf");
});
