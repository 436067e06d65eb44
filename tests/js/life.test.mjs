/** A worker that works is never given up, however slow it is; one that is gone is missed at once. */

import assert from "node:assert/strict";
import test from "node:test";
import { gone, live, Silence } from "../../web/src/shared/life.js";

/** Seconds of silence after which it is given up. */
function patience(silence, busy) {
  silence.begin();
  for (let second = 1; second < 10_000; second++) if (silence.goOn(busy)) return second;
  return Infinity;
}

test("a worker that computes is given more time than one that only has to answer", () => {
  assert.ok(patience(new Silence(), true) > 60);
  assert.ok(patience(new Silence(), true) > patience(new Silence(), false));
});

test("each sign of life begins the silence anew", () => {
  const silence = new Silence();
  for (let sign = 0; sign < 1000; sign++) {
    for (let second = 0; second < 25; second++) assert.equal(silence.goOn(false), false);
    silence.end();
  }
});

test("a device that was slow is given more time, also the next worker on it", () => {
  const silence = new Silence();
  for (let second = 0; second < 100; second++) assert.equal(silence.goOn(true), false);
  silence.end();
  silence.begin();
  assert.equal(patience(silence, false), 401);
  assert.equal(patience(silence, true), 401);
});

test("a silence that did not end well teaches nothing", () => {
  const silence = new Silence();
  const first = patience(silence, true);
  assert.equal(patience(silence, true), first);
});

/** Locks as a browser has them: one holder, and whoever comes after waits for its end. */
function locks() {
  const holders = new Map();
  return {
    async request(name, act) {
      await holders.get(name)?.ended;
      let end;
      holders.set(name, { ended: new Promise((resolve) => (end = resolve)), end });
      await act();
      end();
    },
    end: (name) => holders.get(name).end(),
  };
}

test("who holds its lock is missed when the browser takes it back, and not before", async (t) => {
  const said = [];
  globalThis.postMessage = (message) => said.push(message);
  t.after(() => delete globalThis.postMessage);
  const browser = locks();
  live("one", browser);
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(said, [{ holds: "one" }]);
  let missed = false;
  const end = gone("one", browser).then(() => (missed = true));
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(missed, false);
  browser.end("one");
  await end;
  assert.equal(missed, true);
});

test("where there are no locks nothing is said of them", () => {
  live("one", undefined ?? null);
});
