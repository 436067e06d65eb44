/** A table's episode: steps ahead of time, a busy server that is waited for in words, and a match that can be held. */

import "./english.mjs";
import assert from "node:assert/strict";
import test from "node:test";
import { agents } from "../../web/src/exhibits/tower/agents.js";
import { Episode } from "../../web/src/exhibits/tower/episode.js";
import { Comparison } from "../../web/src/exhibits/tower/comparison.js";
import { ProblemError, secondsToWait } from "../../web/src/shared/problem.js";
import { turns } from "./clock.mjs";

const FRAME = { blocks: [[0, 0.3, 0]], gripper: [0, 0, 0], held: null, step: 0, moves: 0 };
const JOULES = { low: 1, mid: 2, high: 3 };

/** Both sides over a core that moves nothing, and a server that answers as the test says. */
function sides(given = {}) {
  const { serve, energy } = { serve: answered, energy: { joules: JOULES }, ...given };
  const asked = [];
  return {
    asked,
    ask: async (request) => {
      asked.push(request);
      if (request.verb === "start") return { frame: FRAME, execute: 8 };
      if (request.verb === "observe") return { input: { image: {} } };
      const frames = [{ ...FRAME, step: asked.length }];
      return { frames, cost: { model_calls: asked.length }, spent_ms: 2, energy };
    },
    device: async () => ({ tdp_w: 15 }),
    runThere: serve,
    recorded: null,
  };
}

const answered = async () => ({
  output: { actions: [[0, 0, 0]] },
  energy: { joules: JOULES },
  timing: {},
  bytes_sent: 10,
});
const busy = (retryAfterS) => {
  throw new ProblemError(503, "The queue is full", "Try again.", { retryAfterS });
};

async function begun(which, options) {
  const episode = new Episode(agents(sides(options), () => null)[which], () => {});
  await episode.start({});
  return episode;
}

test("a busy server is waited for in words, and the table goes on", async (t) => {
  const clock = turns(t);
  let refusals = 2;
  const episode = await begun("there", { serve: () => (refusals-- > 0 ? busy(20) : answered()) });
  episode.play(1, true);
  await clock.pass(1);
  episode.play(1, true);
  assert.equal(episode.phase, "waiting");
  assert.equal(episode.busy, "The server is busy. It is asked again in 20 s.");
  await clock.pass(20_000);
  assert.match(episode.busy, /busy/, "it was busy still");
  await clock.pass(20_000);
  assert.equal(episode.busy, "");
  episode.play(1, true);
  assert.equal(episode.counts.calls, 1);
  assert.ok(episode.counts.ms < 1000, "a wait that the server asked for is no time of its answer");
});

test("a server that asks to wait for an hour is not waited for", async (t) => {
  const clock = turns(t);
  const episode = await begun("there", { serve: () => busy(3600) });
  episode.play(1, true);
  await clock.pass(1);
  assert.equal(episode.phase, "lost");
  assert.match(episode.problem, /queue is full/);
});

test("who begins anew does not wait for what was asked before", async (t) => {
  const clock = turns(t);
  let asked = 0;
  const episode = await begun("there", { serve: () => (++asked === 1 ? busy(50) : answered()) });
  episode.play(1, true);
  await clock.pass(1);
  await episode.start({});
  assert.equal(episode.busy, "");
  episode.play(1, true);
  await clock.pass(1);
  assert.equal(asked, 2);
  await clock.pass(60_000);
  assert.equal(asked, 2, "the wait for the first episode is over, and nobody asks for it again");
});

for (const [which, missing] of [
  ["here", { energy: null }],
  ["there", { serve: async () => ({ ...(await answered()), energy: null }) }],
])
  test(`a sum of energy that leaves something out is not told (${which})`, async (t) => {
    const clock = turns(t);
    const whole = await begun(which);
    whole.play(1, true);
    await clock.pass(1);
    whole.play(1, true);
    assert.equal(whole.counts.counted, true);
    assert.deepEqual(whole.counts.joules, JOULES);
    const part = await begun(which, missing);
    part.play(1, true);
    await clock.pass(1);
    part.play(1, true);
    assert.ok(part.counts.calls > 0);
    assert.equal(part.counts.counted, false);
  });

test("an agent that had nothing to compute took nothing", async (t) => {
  const clock = turns(t);
  const episode = await begun("here", { energy: undefined });
  episode.play(1, true);
  await clock.pass(1);
  episode.play(1, true);
  assert.equal(episode.counts.counted, true);
  assert.equal(episode.counts.joules.mid, 0);
});

test("a match that is held asks for nothing, and goes on when nothing holds it any more", async (t) => {
  let frame = null;
  globalThis.requestAnimationFrame = (act) => ((frame = act), 1);
  globalThis.cancelAnimationFrame = () => (frame = null);
  t.after(() => {
    delete globalThis.requestAnimationFrame;
    delete globalThis.cancelAnimationFrame;
  });
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  const given = sides();
  const match = new Comparison(given, () => {});
  await match.start();
  match.play();
  match.hold("hidden", true);
  match.hold("measuring", true);
  const before = given.asked.length;
  frame?.(performance.now() + 20);
  await settled();
  assert.equal(given.asked.length, before);
  match.hold("measuring", false);
  assert.equal(frame, null, "it is hidden still");
  assert.equal(match.running, true, "and goes on by itself");
  match.hold("hidden", false);
  frame(performance.now() + 20);
  await settled();
  assert.ok(given.asked.length > before);
  match.pause();
  match.hold("hidden", true);
  match.hold("hidden", false);
  assert.equal(frame, null, "what a visitor stopped stays so");
});

test("a Retry-After is a number of seconds, or a date", () => {
  assert.equal(secondsToWait("7"), 7);
  assert.equal(secondsToWait("0"), 1);
  assert.equal(secondsToWait(null), undefined);
  assert.equal(secondsToWait("soon"), undefined);
  const date = new Date(Date.now() + 30_000).toUTCString();
  assert.ok(Math.abs(secondsToWait(date) - 30) < 2);
  assert.equal(secondsToWait(new Date(0).toUTCString()), 1);
});
