/** The same episode on two tables: one clock, one scene and one hand for both. */

import { say } from "../../shared/messages.js";
import { agents } from "./agents.js";
import { Episode } from "./episode.js";
import { refused } from "./told.js";

/** Longest pause between two pictures that still counts: a tab in the background does not catch up. */
const LONGEST_S = 0.1;

export class Comparison {
  running = false;
  speed = 1;
  smooth = true;
  scene = { seed: 1, blocks: 3, task: "hanoi", start: "left", goal: "right" };
  /** The network that acts there, as it was chosen. @type {string | null} */
  variant = null;
  /** What the last push came to, in words. */
  said = "";
  #last = 0;
  /** Why both stand still although they play. @type {Set<string>} */
  #held = new Set();
  #asked = 0;

  /**
   * @param {import("../index.js").Sides} sides
   * @param {() => void} onChange
   */
  constructor(sides, onChange) {
    const { here, there } = agents(sides, () => this.variant);
    this.onChange = onChange;
    this.here = new Episode(here, onChange);
    this.there = new Episode(there, onChange);
    /** @type {() => void} */
    this.onFrame = () => {};
  }

  get over() {
    return this.here.over && this.there.over;
  }

  /** Begin anew, with a change of scene. @param {Partial<Comparison["scene"]>} [change] */
  async start(change = {}) {
    this.scene = { ...this.scene, ...change };
    this.said = "";
    await Promise.all([this.here.start(this.scene), this.there.start(this.scene)]);
  }

  play() {
    if (this.running) return;
    this.running = true;
    this.#go();
    this.onChange();
  }

  /**
   * Stand still for some reason, or no longer for it; they go on when none is left.
   *
   * @param {"hidden" | "measuring"} why
   * @param {boolean} on
   */
  hold(why, on) {
    const before = this.#held.size;
    if (on) this.#held.add(why);
    else this.#held.delete(why);
    if (before && this.running) this.#go();
  }

  #go() {
    cancelAnimationFrame(this.#asked);
    this.#last = performance.now();
    if (!this.#held.size) this.#asked = requestAnimationFrame(this.#tick);
  }

  pause() {
    this.running = false;
    cancelAnimationFrame(this.#asked);
    this.onChange();
  }

  async step() {
    this.pause();
    await Promise.all([this.here.step(), this.there.step()]);
  }

  /**
   * The same push on both tables.
   *
   * @param {number} block
   * @param {number} x metres
   */
  async push(block, x) {
    const outcomes = await Promise.allSettled([
      this.here.push(block, x),
      this.there.push(block, x),
    ]);
    const refusals = ["here", "there"].flatMap((side, index) => {
      const outcome = outcomes[index];
      return outcome.status === "rejected"
        ? [say("tower-side-told", { side, told: refused(outcome.reason) })]
        : [];
    });
    this.said = refusals.length
      ? [say("tower-not-moved"), ...refusals].join(" ")
      : say("tower-pushed", { block: `b${block}` });
    this.onChange();
    return refusals.length === 0;
  }

  /** @param {number} now */
  #tick = (now) => {
    if (!this.running || this.#held.size) return;
    const seconds = Math.min((now - this.#last) / 1000, LONGEST_S) * this.speed;
    this.#last = now;
    this.here.play(seconds, this.smooth);
    this.there.play(seconds, this.smooth);
    this.onFrame();
    if (this.over) this.pause();
    else this.#asked = requestAnimationFrame(this.#tick);
  };
}
