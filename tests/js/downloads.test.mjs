/** All files come at once, are counted as they arrive, and run only when they are what was built. */

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import test from "node:test";
import {
  DamagedError,
  DownloadError,
  startDownloads,
} from "../../web/src/runtime/worker/downloads.js";

const HOST = "https://site.test/";
/** The smallest module of WebAssembly. */
const MODULE = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0);
const TEXT = new TextEncoder().encode("import numpy");

function file(name, content) {
  const digest = createHash("sha256").update(content).digest("base64");
  // On its way it is half as long: the server compresses.
  const bytes = content.length;
  return { url: HOST + name, bytes, sentBytes: bytes / 2, integrity: `sha256-${digest}` };
}

/** A host that has these files; `send` answers a request with the content that it was given. */
function host(
  t,
  files,
  send = (content, type) => new Response(content, { headers: { "Content-Type": type } }),
) {
  const asked = [];
  t.mock.method(globalThis, "fetch", async (url) => {
    asked.push(`${url}`);
    const content = files[`${url}`.replace(HOST, "")];
    if (!content) return new Response("gone", { status: 404 });
    return send(content, `${url}`.endsWith(".wasm") ? "application/wasm" : "text/plain");
  });
  t.mock.property?.(globalThis, "location", { href: HOST });
  globalThis.location ??= { href: HOST };
  return asked;
}

function started(files, { isKept = false } = {}) {
  const told = [];
  return { told, ...startDownloads(files, isKept, (...progress) => told.push(progress)) };
}

for (const isKept of [false, true])
  test(`each file comes once and whole (${isKept ? "kept" : "new"})`, async (t) => {
    const asked = host(t, { "a.zip": TEXT, "b.wasm": MODULE });
    const { fetch, instantiateStreaming } = started([file("a.zip", TEXT), file("b.wasm", MODULE)], {
      isKept,
    });
    assert.deepEqual(asked, [`${HOST}a.zip`, `${HOST}b.wasm`], "both at once, before anybody asks");
    assert.equal(await (await fetch("a.zip")).text(), "import numpy");
    const { instance } = await instantiateStreaming(fetch(`${HOST}b.wasm`), {});
    assert.ok(instance instanceof WebAssembly.Instance);
    assert.equal(asked.length, 2);
  });

test("progress is told in bytes as the server sends them, and ends with all", async (t) => {
  const large = new Uint8Array(300_000);
  const parts = (content) =>
    new Response(
      new ReadableStream({
        start(controller) {
          for (let at = 0; at < content.length; at += 1000)
            controller.enqueue(content.slice(at, at + 1000));
          controller.close();
        },
      }),
    );
  host(t, { "a.zip": large, "b.zip": large }, parts);
  const { told, fetch } = started([file("a.zip", large), file("b.zip", large)]);
  await Promise.all(["a.zip", "b.zip"].map(async (name) => (await fetch(name)).arrayBuffer()));
  assert.deepEqual(told[0], [0, 300_000]);
  assert.deepEqual(told.at(-1), [300_000, 300_000]);
  const loaded = told.map(([bytes]) => bytes);
  assert.deepEqual(
    loaded,
    loaded.toSorted((a, b) => a - b),
  );
  assert.ok(told.length < 100, "not with every byte");
});

for (const isKept of [false, true])
  for (const [what, content] of [
    ["another", TEXT.map((byte) => byte ^ 1)],
    ["a longer", Uint8Array.of(...TEXT, 0)],
    ["a shorter", TEXT.slice(1)],
  ])
    test(`${what} file is not given to anybody (${isKept ? "kept" : "new"})`, async (t) => {
      host(t, { "a.zip": content });
      const { fetch } = started([file("a.zip", TEXT)], { isKept });
      await assert.rejects(fetch("a.zip"), DamagedError);
      await assert.rejects(fetch("a.zip"), DamagedError, "nor to who asks again");
    });

for (const isKept of [false, true])
  test(`code that is not what was built is not run (${isKept ? "kept" : "new"})`, async (t) => {
    // A module with a name in it: as good to run, and another one.
    const other = Uint8Array.of(...MODULE, 0, 2, 1, 97);
    host(t, { "b.wasm": other });
    const run = t.mock.method(WebAssembly, "instantiate");
    const built = { ...file("b.wasm", MODULE), bytes: other.length };
    const { fetch, instantiateStreaming } = started([built], { isKept });
    await assert.rejects(instantiateStreaming(fetch("b.wasm"), {}), DamagedError);
    assert.equal(run.mock.callCount(), 0);
  });

test("code is compiled where the host does not know its type", async (t) => {
  host(t, { "b.wasm": MODULE }, (content) => new Response(content));
  const { fetch, instantiateStreaming } = started([file("b.wasm", MODULE)]);
  const { module } = await instantiateStreaming(fetch("b.wasm"), {});
  assert.ok(module instanceof WebAssembly.Module);
});

for (const isKept of [false, true])
  test(`a file that is not there is told, and who waits for its folder hears of it (${isKept ? "kept" : "new"})`, async (t) => {
    host(t, { "a.zip": TEXT });
    const { fetch, lost } = started([file("a.zip", TEXT), file("py/gone.zip", TEXT)], { isKept });
    await assert.rejects(lost(`${HOST}py/`), DownloadError);
    await assert.rejects(fetch("py/gone.zip"), /the server answered 404/);
    const code = "runtime-file-status";
    await assert.rejects(lost(`${HOST}py/`), ({ told }) => told.code === code);
    assert.ok((await fetch("a.zip")).ok);
  });

test("what the service worker has to say is what is said", async (t) => {
  const says = () =>
    Response.json(
      { detail: "The network is switched off." },
      { status: 503, headers: { "X-Hundredfold": "1" } },
    );
  host(t, { "a.zip": TEXT }, says);
  const { fetch } = started([file("a.zip", TEXT)]);
  await assert.rejects(fetch("a.zip"), { message: "The network is switched off." });
});

test("a message that the service worker sends goes on to the page", async (t) => {
  const message = { code: "offline-refused" };
  const says = () =>
    Response.json(
      { detail: "The network is switched off.", message },
      { status: 503, headers: { "X-Hundredfold": "1" } },
    );
  host(t, { "a.zip": TEXT }, says);
  const { fetch } = started([file("a.zip", TEXT)]);
  await assert.rejects(fetch("a.zip"), { message: "The network is switched off.", told: message });
});

test("anything else is fetched as always", async (t) => {
  const asked = host(t, { "a.zip": TEXT, "other.json": TEXT });
  const { fetch } = started([file("a.zip", TEXT)]);
  assert.equal(await (await fetch("other.json")).text(), "import numpy");
  assert.equal((await fetch("missing.json")).status, 404);
  assert.equal(asked.length, 3);
});

test("a file that was given is fetched again for who asks again", async (t) => {
  const asked = host(t, { "a.zip": TEXT });
  const { fetch } = started([file("a.zip", TEXT)]);
  for (let again = 0; again < 2; again++)
    assert.equal(await (await fetch("a.zip")).text(), "import numpy");
  assert.equal(asked.length, 2);
});
