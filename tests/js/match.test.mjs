/** Both tables play by one clock, get steps ahead, and stand still for whatever holds them. */

import assert from "node:assert/strict";
import test from "node:test";
import { Match } from "../../web/src/exhibits/tower/comparison.js";

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
  const match = new Match(sides, () => {});
  await match.start();
  return { match, screen, ...sides };
}

test("both begin with the same scene, and a change of it lasts", async (t) => {
  const { match } = await set(t);
  await match.start({ seed: 7 });
  await match.start({ blocks: 4 });
  assert.deepEqual([match.scene.seed, match.scene.blocks], [7, 4]);
  assert.equal(match.here.facts.scene, match.scene);
  assert.deepEqual(match.here.facts.scene, match.there.facts.scene);
});

test("at normal speed it plays 24 steps a second, on both tables", async (t) => {
  const { match, screen } = await set(t);
  match.play();
  await screen.paint(0); // the first steps are on their way
  for (let frame = 0; frame < 60; frame++) await screen.paint();
  for (const { now } of [match.here, match.there])
    assert.ok(Math.abs(now.step - 24) <= 1, `${now.step}`);
});

test("it plays to the end, ends there, and adds up what it took", async (t) => {
  const { match, screen } = await set(t);
  match.speed = 8;
  match.play();
  for (let frame = 0; frame < 200 && match.running; frame++) await screen.paint();
  assert.ok(match.over && !match.running);
  assert.equal(screen.waiting, 0, "nothing is painted any more");
  assert.equal(await match.here.finished(), match.here);
  assert.equal(match.here.phase, "over");
  assert.equal(match.here.counts.calls, 60);
  assert.equal(match.here.counts.ms, 25);
  assert.equal(match.there.counts.calls, 8, "60 steps, 8 for each answer");
  assert.equal(match.there.counts.sent, 800);
  assert.deepEqual(match.there.counts.joules, { low: 8, mid: 16, high: 24 });
});

test("energy that is missing once makes the sum unknown", async (t) => {
  const { match, screen } = await set(t, { joules: null });
  match.speed = 8;
  match.play();
  for (let frame = 0; frame < 200 && match.running; frame++) await screen.paint();
  assert.equal(match.here.counts.counted, false);
});

test("what was recorded took what it took then", async (t) => {
  const { match, screen } = await set(t, { recorded: true });
  match.speed = 8;
  match.play();
  for (let frame = 0; frame < 200 && match.running; frame++) await screen.paint();
  assert.equal(match.there.counts.ms, 8 * 7);
});

test("it stands still while anything holds it, and does not catch up", async (t) => {
  const { match, screen } = await set(t);
  match.play();
  await screen.paint(0);
  for (let frame = 0; frame < 10; frame++) await screen.paint();
  const { step } = match.here.now;
  match.hold("hidden", true);
  for (let frame = 0; frame < 10; frame++) await screen.paint();
  assert.equal(match.here.now.step, step);
  match.hold("measuring", true);
  match.hold("hidden", false);
  for (let frame = 0; frame < 10; frame++) await screen.paint(1000);
  assert.equal(match.here.now.step, step);
  match.hold("measuring", false);
  await screen.paint();
  assert.ok(match.here.now.step - step <= 1);
  for (let frame = 0; frame < 30; frame++) await screen.paint();
  assert.ok(match.here.now.step > step + 5);
});

test("a picture that comes late counts a tenth of a second at most", async (t) => {
  const { match, screen } = await set(t);
  match.play();
  await screen.paint(0);
  const { step } = match.here.now;
  await screen.paint(60_000);
  assert.ok(match.here.now.step - step <= 3);
});

test("one step is one step on each, and pauses", async (t) => {
  const { match, screen } = await set(t);
  match.play();
  await match.step();
  await screen.paint();
  assert.equal(match.running, false);
  assert.deepEqual([match.here.now.step, match.there.now.step], [1, 1]);
});

test("a push goes to both tables, and a refusal is told of each", async (t) => {
  const { match } = await set(t);
  assert.equal(await match.push(1, 0.3), true);
  assert.equal(match.said, "You moved b1.");
  assert.deepEqual([match.here.now.pushed, match.there.now.pushed], [1, 1]);
  assert.equal(await match.push(9, 0.3), false);
  assert.equal(match.said, "Not moved. Here: it is held There: it is held");
});

test("what is under way for one episode does not act in the next", async (t) => {
  const { match, log } = await set(t);
  for (let step = 0; step < 3; step++) await match.step();
  match.here.get();
  match.there.get();
  await match.start();
  for (let again = 0; again < 5; again++) await turn();
  assert.equal(match.here.now.step, 0);
  assert.equal(match.there.now.step, 0);
  const last = log
    .filter(([verb]) => verb === "start")
    .slice(-2)
    .map(([, episode]) => episode);
  await match.step();
  const advanced = log.filter(([verb]) => verb === "advance").at(-1)[1];
  assert.ok(last.includes(advanced), "the table of the episode that is shown");
  assert.equal(match.here.now.step, 1);
});

test("a side that is lost stops alone, says why, and can be resumed", async (t) => {
  const { match, screen } = await set(t);
  const whole = match.there.decider.more;
  match.there.decider.more = () => Promise.reject(new Error("no server"));
  match.speed = 8;
  match.play();
  for (let frame = 0; frame < 100; frame++) await screen.paint();
  assert.deepEqual([match.there.phase, match.there.problem], ["lost", "no server"]);
  assert.ok(match.here.over);
  match.there.decider.more = whole;
  match.there.resume();
  for (let frame = 0; frame < 100; frame++) await screen.paint();
  assert.ok(match.there.over);
});
