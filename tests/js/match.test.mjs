/** Both tables play by one clock, get steps ahead, and stand still for whatever holds them. */

import "./english.mjs";
import assert from "node:assert/strict";
import test from "node:test";
import { Comparison } from "../../web/src/exhibits/tower/comparison.js";

/** A screen that paints when it is told to, and the time it shows. */
function fakeScreen(t) {
  let now = 0;
  let asked = [];
  let last = 0;
  const before = ["requestAnimationFrame", "cancelAnimationFrame"].map((name) => [
    name,
    globalThis[name],
  ]);
  t.mock.method(performance, "now", () => now);
  globalThis.requestAnimationFrame = (act) => {
    asked.push({ id: ++last, act });
    return last;
  };
  globalThis.cancelAnimationFrame = (id) => (asked = asked.filter((each) => each.id !== id));
  t.after(() => {
    for (const [name, value] of before) globalThis[name] = value;
  });
  return {
    async paint(ms = 1000 / 60) {
      now += ms;
      for (const { act } of asked.splice(0)) act(now);
      await turn();
    },
    get waiting() {
      return asked.length;
    },
  };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** A world of `length` steps, in which each request for steps gives twelve, or eight from the server. */
function world({ length = 60, recorded = false, joules = { low: 1, mid: 2, high: 3 } } = {}) {
  const steps = new Map();
  const log = [];
  const frame = (step) => ({ step, success: step >= length, failure: null, blocks: [[1, 0, 0]] });
  const go = (episode, count) => {
    const frames = [];
    for (let n = 0; n < count && steps.get(episode) < length; n++) {
      steps.set(episode, steps.get(episode) + 1);
      frames.push(frame(steps.get(episode)));
    }
    return frames;
  };
  const ask = async ({ verb, episode, ...more }) => {
    log.push([verb, episode]);
    if (verb === "start") {
      steps.set(episode, 0);
      return { frame: frame(0), execute: 8, scene: more.scene };
    }
    if (verb === "advance")
      return {
        frames: go(episode, more.steps),
        cost: { model_calls: steps.get(episode) },
        spent_ms: 5,
        energy: { joules },
      };
    if (verb === "observe") return { input: { image: `of ${steps.get(episode)}` } };
    if (verb === "apply") return { frames: go(episode, more.actions.length) };
    if (more.block === 9) throw new Error("it is held");
    return { frame: { ...frame(steps.get(episode)), pushed: more.block } };
  };
  const runThere = async () => {
    log.push(["there"]);
    return {
      output: { actions: Array.from({ length: 20 }, () => [0, 0, 0]) },
      energy: { joules },
      bytes_sent: 100,
      bytes_received: 10,
      timing: { total_ms: 7 },
      recorded,
    };
  };
  return { ask, runThere, log, device: () => null, recorded: null };
}

async function set(t, options) {
  const screen = fakeScreen(t);
  const sides = world(options);
  const comparison = new Comparison(sides, () => {});
  await comparison.start();
  return { comparison, screen, ...sides };
}

test("both begin with the same scene, and a change of it lasts", async (t) => {
  const { comparison } = await set(t);
  await comparison.start({ seed: 7 });
  await comparison.start({ blocks: 4 });
  assert.deepEqual([comparison.scene.seed, comparison.scene.blocks], [7, 4]);
  assert.equal(comparison.here.facts.scene, comparison.scene);
  assert.deepEqual(comparison.here.facts.scene, comparison.there.facts.scene);
});

test("at normal speed it plays 24 steps a second, on both tables", async (t) => {
  const { comparison, screen } = await set(t);
  comparison.play();
  await screen.paint(0); // the first steps are on their way
  for (let frame = 0; frame < 60; frame++) await screen.paint();
  for (const { now } of [comparison.here, comparison.there])
    assert.ok(Math.abs(now.step - 24) <= 1, `${now.step}`);
});

test("it plays to the end, ends there, and adds up what it took", async (t) => {
  const { comparison, screen } = await set(t);
  comparison.speed = 8;
  comparison.play();
  for (let frame = 0; frame < 200 && comparison.running; frame++) await screen.paint();
  assert.ok(comparison.over && !comparison.running);
  assert.equal(screen.waiting, 0, "nothing is painted any more");
  assert.equal(await comparison.here.finished(), comparison.here);
  assert.equal(comparison.here.phase, "over");
  assert.equal(comparison.here.counts.calls, 60);
  assert.equal(comparison.here.counts.ms, 25);
  assert.equal(comparison.there.counts.calls, 8, "60 steps, 8 for each answer");
  assert.equal(comparison.there.counts.sent, 800);
  assert.deepEqual(comparison.there.counts.joules, { low: 8, mid: 16, high: 24 });
});

test("energy that is missing once makes the sum unknown", async (t) => {
  const { comparison, screen } = await set(t, { joules: null });
  comparison.speed = 8;
  comparison.play();
  for (let frame = 0; frame < 200 && comparison.running; frame++) await screen.paint();
  assert.equal(comparison.here.counts.counted, false);
});

test("what was recorded took what it took then", async (t) => {
  const { comparison, screen } = await set(t, { recorded: true });
  comparison.speed = 8;
  comparison.play();
  for (let frame = 0; frame < 200 && comparison.running; frame++) await screen.paint();
  assert.equal(comparison.there.counts.ms, 8 * 7);
});

test("it stands still while anything holds it, and does not catch up", async (t) => {
  const { comparison, screen } = await set(t);
  comparison.play();
  await screen.paint(0);
  for (let frame = 0; frame < 10; frame++) await screen.paint();
  const { step } = comparison.here.now;
  comparison.hold("hidden", true);
  for (let frame = 0; frame < 10; frame++) await screen.paint();
  assert.equal(comparison.here.now.step, step);
  comparison.hold("measuring", true);
  comparison.hold("hidden", false);
  for (let frame = 0; frame < 10; frame++) await screen.paint(1000);
  assert.equal(comparison.here.now.step, step);
  comparison.hold("measuring", false);
  await screen.paint();
  assert.ok(comparison.here.now.step - step <= 1);
  for (let frame = 0; frame < 30; frame++) await screen.paint();
  assert.ok(comparison.here.now.step > step + 5);
});

test("a picture that comes late counts a tenth of a second at most", async (t) => {
  const { comparison, screen } = await set(t);
  comparison.play();
  await screen.paint(0);
  const { step } = comparison.here.now;
  await screen.paint(60_000);
  assert.ok(comparison.here.now.step - step <= 3);
});

test("one step is one step on each, and pauses", async (t) => {
  const { comparison, screen } = await set(t);
  comparison.play();
  await comparison.step();
  await screen.paint();
  assert.equal(comparison.running, false);
  assert.deepEqual([comparison.here.now.step, comparison.there.now.step], [1, 1]);
});

test("a push goes to both tables, and a refusal is told of each", async (t) => {
  const { comparison } = await set(t);
  assert.equal(await comparison.push(1, 0.3), true);
  assert.equal(comparison.said, "You moved b1.");
  assert.deepEqual([comparison.here.now.pushed, comparison.there.now.pushed], [1, 1]);
  assert.equal(await comparison.push(9, 0.3), false);
  assert.equal(comparison.said, "Not moved. Here: it is held There: it is held");
});

test("what is under way for one episode does not act in the next", async (t) => {
  const { comparison, log } = await set(t);
  for (let step = 0; step < 3; step++) await comparison.step();
  comparison.here.get();
  comparison.there.get();
  await comparison.start();
  for (let again = 0; again < 5; again++) await turn();
  assert.equal(comparison.here.now.step, 0);
  assert.equal(comparison.there.now.step, 0);
  const last = log
    .filter(([verb]) => verb === "start")
    .slice(-2)
    .map(([, episode]) => episode);
  await comparison.step();
  const advanced = log.filter(([verb]) => verb === "advance").at(-1)[1];
  assert.ok(last.includes(advanced), "the table of the episode that is shown");
  assert.equal(comparison.here.now.step, 1);
});

test("a side that is lost stops alone, says why, and can be resumed", async (t) => {
  const { comparison, screen } = await set(t);
  const whole = comparison.there.decider.more;
  comparison.there.decider.more = () => Promise.reject(new Error("no server"));
  comparison.speed = 8;
  comparison.play();
  for (let frame = 0; frame < 100; frame++) await screen.paint();
  assert.deepEqual([comparison.there.phase, comparison.there.problem], ["lost", "no server"]);
  assert.ok(comparison.here.over);
  comparison.there.decider.more = whole;
  comparison.there.resume();
  for (let frame = 0; frame < 100; frame++) await screen.paint();
  assert.ok(comparison.there.over);
});
