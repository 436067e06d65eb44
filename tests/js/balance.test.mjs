/** Energy is told of the answers that came, and of a measurement when it was whole. */

import "./english.mjs";
import assert from "node:assert/strict";
import test from "node:test";
import { PanelState } from "../../web/src/energy/panel-state.js";
import { turns } from "./clock.mjs";

/** Windows that are measured, after as many to warm up. */
const WINDOWS = 20;

class Page extends EventTarget {
  hidden = false;
  hide() {
    this.hidden = true;
    this.dispatchEvent(new Event("visibilitychange"));
  }
}

/** An answer as a side keeps it. */
function answer(variant, { ms = 4, more = {} } = {}) {
  const result = {
    variant,
    timing: { total_ms: ms },
    runtime: { threads: 2 },
    energy: { joules: { low: 1, mid: 2, high: 3 } },
    bytes_sent: 100,
    bytes_received: 20,
    ...more,
  };
  return { result, tookMs: ms + 5 };
}

function side(variant, answers) {
  const recent = answers;
  return {
    phase: "ready",
    recorded: false,
    variant,
    result: answers.at(-1)?.result ?? null,
    times: { recent },
  };
}

/** A balance over a core that notes what it was asked; `state` may be changed at any time. */
function balanced(
  t,
  { here = [answer("small")], there = [answer("big")], window = () => {} } = {},
) {
  const page = new Page();
  globalThis.document = page;
  t.after(() => delete globalThis.document);
  const sides = { here: side("small", here), there: side("big", there) };
  const asked = { window: [], energy: [], there: [] };
  let told = 0;
  const ask = async (request) => {
    asked[request.do].push(request);
    if (request.do === "energy") return { n: ++told, drift: { change: "slower", by: 0.2 } };
    window(asked.window.length, page);
    const variant = request.variant ?? "small";
    return { variant, busy: 3, elapsed_ms: 100, n: 25 };
  };
  const energy = {
    choice: { profile: "laptop" },
    threads: 2,
    country: "IS",
    server: { meter: "cpu" },
  };
  const changes = [];
  const balance = new PanelState("digits", sides, {
    ask,
    energy,
    onChange: () => changes.push(balance.text),
    runThere: async (input, variant, repeats) => {
      asked.there.push(repeats);
      return answer(variant, { more: { bytes_received: repeats } }).result;
    },
    once: () => ({ downloaded_bytes: 7, started_s: 1 }),
  });
  return { balance, sides, asked, energy, page, changes };
}

test("nothing is told before an answer here, nor without a device to count with", async (t) => {
  const { balance, sides, energy } = balanced(t, { here: [] });
  await balance.refreshNow();
  assert.deepEqual([balance.told, balance.basis], [null, "none"]);
  sides.here.times.recent.push(answer("small"));
  energy.choice = null;
  await balance.refreshNow();
  assert.deepEqual([balance.told, balance.basis], [null, "none"]);
});

test("lightly it is told of the latest answers, and of no drift", async (t) => {
  const { balance, asked } = balanced(t, {
    here: [answer("small", { ms: 4 }), answer("small", { ms: 6 })],
  });
  await balance.refreshNow();
  assert.equal(balance.basis, "live");
  assert.equal(balance.told.drift, null, "who draws on is no sign of a device that tires");
  const { here, there, exhibit, device, threads, country, server } = asked.energy[0];
  assert.deepEqual([exhibit, device, threads, country], ["digits", { profile: "laptop" }, 2, "IS"]);
  assert.deepEqual(server, { meter: "cpu" });
  assert.deepEqual(here.seconds, [0.004, 0.006]);
  assert.deepEqual([here.variant, here.busy, here.downloaded_bytes], ["small", 2, 7]);
  assert.ok(here.resolution_s > 0 && here.resolution_s < 1);
  assert.deepEqual([there.variant, there.moved_bytes, there.round_trip_s], ["big", 120, [0.009]]);
});

test("one side alone is told, too", async (t) => {
  const { balance, asked } = balanced(t, { there: [] });
  await balance.refreshNow();
  assert.equal(asked.energy[0].there, null);
  assert.equal(balance.basis, "live");
});

test("what was recorded counts without a way to it", async (t) => {
  const { balance, asked } = balanced(t, {
    there: [answer("big", { more: { recorded: true } })],
  });
  await balance.refreshNow();
  assert.deepEqual(Object.keys(asked.energy[0].there).sort(), ["energies", "variant"]);
});

test("a language model is counted by how often it was right, and where nobody counts for us, not at all", async (t) => {
  const { balance, sides, asked } = balanced(t, { there: [answer("asked")] });
  const accuracy = { value: 0.8, low: 0.7, high: 0.9, n: 50 };
  balance.beside = { id: "asked", accuracy };
  await balance.refreshNow();
  assert.deepEqual(asked.energy[0].there.accuracy, accuracy);
  sides.there.times.recent.push(answer("asked", { more: { energy: null } }));
  await balance.refreshNow();
  assert.equal(asked.energy[1].there, null);
});

test("what takes long there, or keeps what it has read, is asked a few times, once each", async (t) => {
  for (const slow of [
    answer("big", { ms: 2000 }),
    answer("big", { more: { output: { tokens: {} } } }),
  ]) {
    const { balance, asked } = balanced(t, { there: [slow] });
    await balance.measure({ text: "a" });
    assert.deepEqual(asked.there, [1, 1, 1]);
    assert.equal(asked.energy.at(-1).there.energies.length, 3);
    assert.match(balance.text, /3/);
  }
});

test("however much changes, it is told once a second", async (t) => {
  const clock = turns(t);
  const { balance, asked } = balanced(t);
  for (let change = 0; change < 10; change++) balance.refresh();
  await clock.pass(999);
  assert.equal(asked.energy.length, 0);
  await clock.pass(1);
  assert.equal(asked.energy.length, 1);
  balance.refresh();
  await clock.pass(1000);
  assert.equal(asked.energy.length, 2);
});

test("a measurement warms up, takes turns, and is told firmly", async (t) => {
  const { balance, asked, changes } = balanced(t);
  const told = await balance.measure({ image: 1 });
  assert.equal(told, balance.told);
  assert.deepEqual([balance.basis, balance.running, balance.done], ["measured", false, 1]);
  assert.equal(asked.window.length, 2 * WINDOWS);
  const { here, there } = asked.energy.at(-1);
  assert.deepEqual(here.seconds, Array(WINDOWS).fill(0.004), "those to warm up do not count");
  assert.deepEqual([here.variant, here.busy], ["small", 3]);
  assert.deepEqual([there.energies.length, there.round_trip_s.length], [WINDOWS, WINDOWS]);
  assert.equal(there.moved_bytes, 101, "of one answer, not of ten at once");
  assert.match(balance.text, /20 windows of 0.1.s here, 200 answers there, taking turns/);
  assert.ok(changes.includes("Warming up.") && changes.includes("Measuring: 20 of 20 windows."));
});

test("a cancelled measurement changes nothing", async (t) => {
  const { balance } = balanced(t, {
    window: (n) => n === 30 && balance.cancel(),
  });
  await balance.refreshNow();
  const before = balance.told;
  assert.equal(await balance.measure({}), null);
  assert.deepEqual([balance.told, balance.basis, balance.running], [before, "live", false]);
  assert.equal(balance.text, "Stopped; nothing was changed.");
});

test("a hidden tab ends a measurement, and one that is hidden does not begin", async (t) => {
  const { balance, page, asked } = balanced(t, {
    window: (n, page) => n === 5 && page.hide(),
  });
  assert.equal(await balance.measure({}), null);
  assert.match(balance.text, /hidden/);
  const before = asked.window.length;
  assert.equal(before, 5);
  assert.equal(await balance.measure({}), null);
  assert.ok(asked.window.length <= before + 1);
  page.hidden = false;
  assert.ok(await balance.measure({}));
});

test("one measurement at a time", async (t) => {
  const { balance } = balanced(t);
  const first = balance.measure({});
  await assert.rejects(balance.measure({}), /under way/);
  assert.ok(await first);
});

test("a core that stops fails the measurement, and the next one goes on", async (t) => {
  let broken = true;
  const window = () => {
    if (broken) throw new Error("it stopped");
  };
  const { balance } = balanced(t, { window });
  await assert.rejects(balance.measure({}), { message: "it stopped" });
  assert.equal(balance.running, false);
  broken = false;
  assert.ok(await balance.measure({}));
});

test("without a server it is measured here alone", async (t) => {
  const { balance, sides, asked } = balanced(t, { there: [] });
  sides.there.phase = "lost";
  await balance.measure({});
  assert.equal(asked.there.length, 0);
  assert.equal(asked.energy.at(-1).there, null);
  assert.doesNotMatch(balance.text, /answers there/);
});

test("what was measured is no more told once another variant answers", async (t) => {
  const { balance, sides, asked } = balanced(t);
  await balance.measure({});
  const other = answer("tiny");
  Object.assign(sides.here, {
    result: other.result,
    times: { recent: [other] },
  });
  await balance.refreshNow();
  assert.equal(balance.basis, "live");
  assert.equal(asked.energy.at(-1).here.variant, "tiny");
});

test("work is a window of the variant that answers, also where it stands in", async (t) => {
  const { balance, sides, asked } = balanced(t);
  sides.here.result = answer("stand-in").result;
  await balance.work({ image: 1 });
  const [{ variant, input, where }] = asked.window;
  assert.deepEqual([variant, input, where], ["stand-in", { image: 1 }, "here"]);
});

/** A page that has one answer of each side, and a visitor who looks at it. */
function lookedAt(t, options) {
  const clock = turns(t);
  const opened = balanced(t, options);
  opened.sides.here.input = { image: 1 };
  opened.balance.refresh();
  return { clock, ...opened };
}

test("who looks at an answer is told what the next ones take, not what the first one took", async (t) => {
  const { clock, balance, asked } = lookedAt(t);
  await clock.pass(1199);
  assert.equal(asked.window.length, 0, "a visitor may draw on");
  await clock.pass(1);
  assert.equal(balance.basis, "glance");
  const { here, there } = asked.energy.at(-1);
  assert.deepEqual(here.seconds, Array(5).fill(0.004), "those to warm up do not count");
  assert.deepEqual([here.variant, here.busy], ["small", 3]);
  assert.deepEqual(there.round_trip_s, [0.009], "there nothing more is asked");
  assert.equal(balance.told.drift, null);
  const { length } = asked.window;
  balance.refresh();
  await clock.pass(5000);
  assert.equal(asked.window.length, length, "once is enough");
});

test("a glance ends when something is asked, and comes when that is over", async (t) => {
  const window = (/** @type {number} */ n) => n === 2 && opened.balance.refresh();
  const opened = lookedAt(t, { window });
  const { clock, balance, asked } = opened;
  await clock.pass(1200);
  assert.deepEqual([asked.window.length, balance.basis], [2, "live"]);
  await clock.pass(1200);
  assert.equal(balance.basis, "glance");
});

test("no glance beside a measurement, nor in a hidden tab", async (t) => {
  const { clock, balance, asked, page } = lookedAt(t);
  balance.rest(true);
  await clock.pass(5000);
  assert.equal(asked.window.length, 0);
  page.hidden = true;
  balance.rest(false);
  await clock.pass(5000);
  assert.equal(asked.window.length, 0);
});

test("another variant is looked at anew, and until then told by its answers", async (t) => {
  const { clock, balance, sides, asked } = lookedAt(t);
  await clock.pass(1200);
  const other = answer("tiny");
  Object.assign(sides.here, {
    variant: "tiny",
    result: other.result,
    times: { recent: [other] },
  });
  balance.refresh();
  await clock.pass(1000);
  assert.equal(balance.basis, "live");
  await clock.pass(200);
  assert.deepEqual([balance.basis, asked.window.at(-1).variant], ["glance", "tiny"]);
});
