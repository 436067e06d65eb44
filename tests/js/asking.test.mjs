/** A service worker that the browser ended is asked again, and one that works for long is waited for. */

import assert from "node:assert/strict";
import test from "node:test";
import { ask, SilentError } from "../../web/src/offline/asking.js";

/** A service worker that does one of `lives` each time it is asked: a list of what it says, a second apart. */
function worker(...lives) {
  const asked = [];
  return {
    asked,
    postMessage(request, [port]) {
      const says = lives[Math.min(asked.length, lives.length - 1)];
      asked.push(request);
      says.forEach((told, second) => setTimeout(() => port.postMessage(told), 1000 * second));
      setTimeout(() => port.close(), 1000 * says.length + 60_000);
    },
  };
}

/** Hears how far it is; true when it got on. */
function heard() {
  const told = [];
  const hear = ({ kept }) => told.push(kept) === 1 || kept > Math.max(...told.slice(0, -1));
  return { told, hear };
}

/** Lets time pass until the work is done. */
async function passed(t, work) {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  let over = false;
  const settled = work().then(
    (done) => ((over = true), { done }),
    (failed) => ((over = true), { failed }),
  );
  let seconds = 0;
  for (; !over && seconds < 600; seconds += 0.5) {
    for (let turn = 0; turn < 3; turn++) await new Promise(setImmediate);
    t.mock.timers.tick(500);
  }
  t.mock.timers.tick(1e6); // what is left open
  t.mock.timers.reset();
  return { ...(await settled), seconds };
}

const ALIVE = { alive: true };

test("one that answers is asked once", async (t) => {
  const one = worker([{ done: 7 }]);
  assert.equal((await passed(t, () => ask(() => one, { do: "state" }))).done, 7);
  assert.equal(one.asked.length, 1);
});

test("one that ended is asked again, and what it did counts", async (t) => {
  const { told, hear } = heard();
  const one = worker([{ kept: 1 }, { kept: 2 }], [{ kept: 3 }, { done: "all" }]);
  const { done } = await passed(t, () => ask(() => one, { do: "fill" }, hear));
  assert.equal(done, "all");
  assert.deepEqual(told, [1, 2, 3]);
  assert.deepEqual(one.asked, [{ do: "fill" }, { do: "fill" }]);
});

test("as long as it gets on, it is asked again however often it ends", async (t) => {
  const lives = [1, 2, 3, 4, 5, 6].map((kept) => [{ kept }]);
  const one = worker(...lives, [{ done: "all" }]);
  const { hear } = heard();
  const { done } = await passed(t, () => ask(() => one, { do: "fill" }, hear));
  assert.equal(done, "all");
  assert.equal(one.asked.length, 7);
});

test("one that works for long says that it is alive, and is waited for", async (t) => {
  const one = worker([...Array(120).fill(ALIVE), { done: "late" }]);
  const { done, seconds } = await passed(t, () => ask(() => one, { do: "fill" }));
  assert.equal(done, "late");
  assert.ok(seconds >= 120);
  assert.equal(one.asked.length, 1);
});

test("one that never gets on is given up, and that is said", async (t) => {
  const { hear } = heard();
  const one = worker([{ kept: 1 }, { kept: 2 }]);
  const { failed } = await passed(t, () => ask(() => one, { do: "fill" }, hear));
  assert.ok(failed instanceof SilentError);
  assert.equal(one.asked.length, 3);
});

test("what it refuses is not asked again", async (t) => {
  const one = worker([{ failed: "no" }]);
  const { failed } = await passed(t, () => ask(() => one, { do: "fill" }));
  assert.equal(failed.message, "no");
  assert.equal(one.asked.length, 1);
});
