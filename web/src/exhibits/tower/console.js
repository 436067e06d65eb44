/** `hundredfold.tower`: both tables, for the console and for tests. */

import * as is from "../../console/arguments.js";
import { mirror } from "../../console/mirror.js";

const { checked, checkedNow, optional } = is;

/** @typedef {import("./comparison.js").Comparison} Comparison */

const AREAS = ["left", "middle", "right"];
const MOST_SEED = 2 ** 32 - 1;
const MOST_BLOCKS = 6;
const FASTEST = 100;
/** Metres from the left end of the table to the right one. */
const TABLE_M = 0.6;
const EPISODE = [
  ["phase", "problem", "busy", "facts", "before", "now", "part", "thought", "asked"],
  ["counts", "over"],
].flat();
const SCENE = is.fields({
  seed: optional(is.whole(0, MOST_SEED)),
  blocks: optional(is.whole(1, MOST_BLOCKS)),
  task: optional(is.oneOf("hanoi", "single")),
  start: optional(is.oneOf(...AREAS)),
  goal: optional(is.oneOf(...AREAS)),
});
/** @type {(times: number) => void} */
const SPEED = checkedNow(
  "tower.speed = ",
  { times: is.number(0.01, FASTEST, "times the robot's") },
  () => {},
);
/** @type {(on: boolean) => void} */
const SMOOTH = checkedNow("tower.smooth = ", { on: is.truth }, () => {});
const PUSH = { block: is.whole(0, MOST_BLOCKS - 1), x: is.number(0, TABLE_M, "metres") };

/**
 * @param {() => Comparison | undefined} shown
 * @param {() => Promise<void>} counted
 */
export function towerSurface(shown, counted) {
  const comparison = () => {
    const there = shown();
    if (there) return there;
    throw new Error(
      "The tower is not on this page: open the site itself, or its own embedded page.",
    );
  };
  const begun = () => {
    if (comparison().here.now) return comparison();
    throw new Error("No episode was begun: await hundredfold.tower.start() first.");
  };
  const tower = {
    /** `start({seed, blocks, task, start, goal})`: both tables anew; what is left out stays as it is. */
    start: checked(
      "tower.start",
      { scene: optional(SCENE) },
      async (/** @type {Partial<Comparison["scene"]>} */ change) => {
        const all = comparison();
        const before = all.scene;
        await counted();
        await all.start(change);
        const { phase, problem } = all.here;
        if (phase !== "lost") return;
        all.scene = before;
        throw new Error(`tower.start(scene): ${problem}`);
      },
    ),
    /** Also where another exhibit is shown. */
    play: checked("tower.play", {}, () => {
      begun().hold("hidden", false);
      begun().play();
    }),
    pause: checked("tower.pause", {}, () => begun().pause()),
    step: checked("tower.step", {}, () => begun().step()),
    /** `push(block, x)`, x in metres, on both tables; false: it was not moved, and `said` tells why. */
    push: checked(
      "tower.push",
      PUSH,
      async (/** @type {number} */ block, /** @type {number} */ x) => begun().push(block, x),
    ),
    here: episode("here"),
    there: episode("there"),
    /** As many times quicker than the robot. */
    get speed() {
      return comparison().speed;
    },
    set speed(times) {
      SPEED(times);
      comparison().speed = times;
    },
    get smooth() {
      return comparison().smooth;
    },
    set smooth(on) {
      SMOOTH(on);
      comparison().smooth = on;
    },
  };
  return mirror(tower, comparison, ["running", "scene", "said", "over"]);

  /** @param {"here" | "there"} where */
  function episode(where) {
    const name = `tower.${where}`;
    const one = {
      step: checked(`${name}.step`, {}, () => begun()[where].step()),
      push: checked(`${name}.push`, PUSH, (/** @type {number} */ block, /** @type {number} */ x) =>
        begun()[where].push(block, x),
      ),
      /** Settles when the episode ended, one way or another; somebody has to play it. */
      finished: checked(`${name}.finished`, {}, async () => {
        await begun()[where].finished();
        return mirror({}, () => comparison()[where], EPISODE);
      }),
      resume: checked(`${name}.resume`, {}, () => begun()[where].resume()),
    };
    return mirror(one, () => comparison()[where], EPISODE);
  }
}
