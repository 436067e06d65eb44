/** A device rests or works for as long as it was asked to, by the clock, and stops in words when it can not. */

import "./english.mjs";
import assert from "node:assert/strict";
import test from "node:test";
import { loadPhase } from "../../web/src/energy/load-phase.js";

const HIDDEN =
  "This tab was hidden, and hidden tabs are slowed down: keep it in front, and start again.";

/** A clock that goes on when somebody waits for it, or works. */
function fakeClock() {
  let now = 0;
  let timers = [];
  const advance = (ms) => {
    const until = now + ms;
    for (;;) {
      const due = timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
      if (!due) break;
      timers = timers.filter((each) => each !== due);
      now = due.at;
      due.act();
    }
    now = until;
  };
  return {
    now: () => now,
    after(ms, act) {
      const timer = { at: now + ms, act };
      timers.push(timer);
      return () => (timers = timers.filter((each) => each !== timer));
    },
    advance,
    get waiting() {
      return timers.length;
    },
  };
}

class Page extends EventTarget {
  visibilityState = "visible";
  hide() {
    this.visibilityState = "hidden";
    this.dispatchEvent(new Event("visibilitychange"));
  }
}

/** What a loadPhase takes, with `worked`, `ticks` and the clock to look at; the clock goes on in turns of `stepMs`. */
function soaking(options = {}) {
  const clock = fakeClock();
  const page = new Page();
  const ticks = [];
  const state = { clock, page, ticks, worked: 0 };
  const work = async () => {
    state.worked += 1;
    clock.advance(200);
  };
  state.done = loadPhase({
    seconds: 10,
    work,
    clock,
    page,
    onTick: (tick) => ticks.push(tick),
    ...options,
  });
  return state;
}

/** Let time pass for somebody who rests. */
async function pass(state, ms) {
  for (let left = ms; left > 0; left -= 100) {
    state.clock.advance(100);
    await null;
  }
}

test("under load it works back to back until the time is over", async () => {
  const state = soaking({ phase: "load" });
  await state.done;
  assert.equal(state.worked, 50);
  assert.equal(state.clock.now(), 10_000);
  assert.equal(state.clock.waiting, 0, "no timer is left behind");
});

test("idle it does nothing at all", async () => {
  const state = soaking({ phase: "idle" });
  await pass(state, 10_000);
  await state.done;
  assert.equal(state.worked, 0);
  assert.equal(state.clock.waiting, 0);
});

test("it tells each second what is left, by the clock", async () => {
  const state = soaking({ phase: "load" });
  await state.done;
  assert.deepEqual(
    state.ticks.map(({ done }) => Math.round(done)),
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10],
  );
  for (const { left, done } of state.ticks) assert.equal(left + done, 10);
});

test("the last piece of work that began in time is not cut", async () => {
  const state = soaking({ phase: "load", seconds: 0.5 });
  await state.done;
  assert.equal(state.worked, 3);
  assert.deepEqual(state.ticks.at(-1), { left: 0, done: 0.5 });
});

for (const phase of ["idle", "load"])
  test(`${phase}: a hidden tab ends it with words, and later work is not begun`, async () => {
    const state = soaking({ phase });
    state.page.hide();
    await assert.rejects(state.done, { message: HIDDEN });
    assert.ok(state.worked <= 1);
    assert.equal(state.clock.waiting, 0);
  });

test("a tab that is hidden already does not begin", async () => {
  const page = new Page();
  page.visibilityState = "hidden";
  const state = soaking({ phase: "load", page });
  await assert.rejects(state.done, { message: HIDDEN });
  assert.equal(state.worked, 0);
  assert.deepEqual(state.ticks, []);
});

test("whoever asked can stop it, and hears the own reason", async () => {
  const stop = new AbortController();
  const state = soaking({ phase: "idle", signal: stop.signal });
  await pass(state, 3000);
  stop.abort(new Error("enough"));
  await assert.rejects(state.done, { message: "enough" });
  const late = soaking({ phase: "load", signal: stop.signal });
  await assert.rejects(late.done, { message: "enough" });
  assert.equal(late.worked, 0);
});

test("work that fails ends it", async () => {
  const work = () => Promise.reject(new Error("the engine stopped"));
  const state = soaking({ phase: "load", work });
  await assert.rejects(state.done, { message: "the engine stopped" });
  assert.equal(state.clock.waiting, 0);
});
