/** What is told of an answer from the server: its way there and back, its bytes, and what went wrong, in each language. */

import "./english.mjs";
import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { catalogue } from "../../web/build/messages.js";
import { speak } from "../../web/src/shared/messages.js";

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

test("what the server has from a record is marked, and no way to it is made up", async () => {
  const record = {
    made: "2026-11-27",
    cpu: "a processor",
    machine: "a machine",
  };
  const timing = { python_ms: 1, total_ms: 2001, model_ms: { n: 1 } };
  mock.method(globalThis, "fetch", async () => Response.json({ variant: "a", timing, record }));
  const there = openThere({ onState() {}, onMoved() {} });
  const told = await there.run("mail", { text: "a" });
  mock.restoreAll();
  assert.deepEqual([told.recorded, told.timing.network_ms], [true, null]);
  assert.equal(told.notice, "Recorded on 27 November 2026, on a processor, a machine.");
  assert.ok(told.bytes_sent > 0, "the text was sent");
});

const BUSY = {
  status: 503,
  title: "The server is busy",
  detail: "Wait 2 s, then ask again.",
};

/** What goes wrong where the server answers so. */
async function refused(response) {
  mock.method(globalThis, "fetch", async () => response);
  const there = openThere({ onState() {}, onMoved() {} });
  const problem = await there.exhibits().catch((error) => error);
  mock.restoreAll();
  return problem;
}

test("what the server says of a problem is shown as it is in English, elsewhere in quotes", async (t) => {
  t.after(() => speak("en", catalogue("en")));
  const answer = () => Response.json(BUSY, { status: 503, headers: { "Retry-After": "2" } });
  const { title, detail, retryAfterS } = await refused(answer());
  assert.deepEqual({ status: 503, title, detail }, BUSY);
  assert.equal(retryAfterS, 2);
  speak("es", catalogue("es"));
  const told = await refused(answer());
  assert.equal(told.title, "El servidor está ocupado");
  assert.equal(told.detail, "En inglés: «Wait 2 s, then ask again».");
  assert.equal(told.retryAfterS, 2);
  const other = await refused(Response.json({ title: "Teapot" }, { status: 418 }));
  assert.equal(other.message, "El servidor ha fallado: Vuelve a intentarlo.");
});

test("a problem that names a message is told in it", async (t) => {
  t.after(() => speak("en", catalogue("en")));
  speak("es", catalogue("es"));
  const code = "runtime-there-switch";
  const answer = Response.json({ ...BUSY, status: 422, code }, { status: 422 });
  const { message } = await refused(answer);
  assert.equal(message, "El servidor no puede usar esto: Actívala para preguntar al servidor.");
});

test("a server that fails without a word is told all the same", async () => {
  const { message } = await refused(new Response("oops", { status: 502 }));
  assert.equal(
    message,
    "The server failed: It answered 502 without saying why. Try again in a moment.",
  );
});

test("a server that can not be reached is told to both, the page and who asked", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  t.mock.method(globalThis, "fetch", async () => {
    throw new TypeError("Failed to fetch");
  });
  const states = [];
  const there = openThere({
    onState: (state) => states.push(state),
    onMoved() {},
  });
  await assert.rejects(there.exhibits(), {
    status: 0,
    message:
      "The server can not be reached: The page keeps looking for it; this device goes on alone.",
  });
  const text = "The server can not be reached; this device goes on alone";
  assert.deepEqual(states, [{ online: false, text, retryInMs: 1000 }]);
});
