/** Who decides on either table: the agent in this page's Python, or the policy on the server. Both tables are in Python. */

/** @typedef {import("./episode.js").Decider} Decider */

import { patiently, timed } from "../../shared/follow.js";

/** Steps that the agent here is asked for at once. */
const STEPS = 12;
/** A server that asks to wait longer is not waited for: the visitor says when to go on. */
const LONGEST_WAIT_S = 60;
const NOTHING = { low: 0, mid: 0, high: 0 };

/** @typedef {import("../index.js").Sides} Sides */

/**
 * @param {Sides} sides
 * @param {() => string | null} variant the network that acts there; null: the server's own choice
 * @returns {{here: Decider, there: Decider}}
 */
export function agents({ ask, device, runThere }, variant) {
  /** @param {string} episode @param {string} verb @param {object} [more] */
  const play = (episode, verb, more = {}) =>
    ask({ do: "play", exhibit: "tower", episode, verb, ...more });
  // Each episode has a name of its own: what is still under way for one before must not act on the table of the next.
  let begun = 0;
  const here = { episode: "", calls: 0 };
  const there = { episode: "", execute: 8 };
  return {
    here: {
      start(scene) {
        Object.assign(here, { episode: `here ${++begun}`, calls: 0 });
        return play(here.episode, "start", { agent: "here", scene });
      },
      async more() {
        const { episode } = here;
        const { frames, cost, spent_ms, energy } = await play(episode, "advance", {
          steps: STEPS,
          device: await device(),
        });
        if (episode !== here.episode) return { frames, ms: 0, calls: 0, joules: null };
        const made = cost.model_calls - here.calls;
        here.calls = cost.model_calls;
        return { frames, ms: spent_ms, calls: made, joules: joulesOf(energy) };
      },
      push: async (block, x) => (await play(here.episode, "push", { block, x })).frame,
    },
    there: {
      async start(scene) {
        const episode = (there.episode = `there ${++begun}`);
        const facts = await play(episode, "start", { agent: "there", scene });
        there.execute = facts.execute;
        return facts;
      },
      async more(waiting) {
        const { episode, execute } = there;
        const { input } = await play(episode, "observe");
        const { result, tookMs: ms } = await patiently(
          () => timed(() => runThere("tower", input, variant())),
          { mostS: LONGEST_WAIT_S, ...waiting },
        );
        const actions = result.output.actions.slice(0, execute);
        const { frames } = await play(episode, "apply", { actions });
        return {
          frames,
          ms,
          calls: 1,
          joules: result.energy?.joules ?? null,
          sent: result.bytes_sent ?? 0,
          received: result.bytes_received ?? undefined,
          asked: input.image,
        };
      },
      push: async (block, x) => (await play(there.episode, "push", { block, x })).frame,
    },
  };
}

/** Of an agent that had nothing to do, nothing; null where there is nothing to count with. @param {any} energy */
function joulesOf(energy) {
  return energy === undefined ? NOTHING : (energy?.joules ?? null);
}
