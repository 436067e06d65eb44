/** One side's episode: gets steps ahead of time from whoever decides there, plays them back, and adds up what they took. */

import { number, say } from "../../shared/messages.js";

/**
 * @typedef {object} Frame
 * @property {[number, number, number][]} blocks rank, middle and underside, in metres
 * @property {[number, number, number]} gripper x, z and opening, in metres
 * @property {number | null} held
 * @property {number} step
 * @property {number} moves
 * @property {string | null} failure
 * @property {boolean} success
 * @property {any} [thought]
 *
 * @typedef {{low: number, mid: number, high: number}} Joules
 *
 * @typedef {object} Chunk some steps, and what deciding on them took
 * @property {Frame[]} frames
 * @property {number} ms
 * @property {number} calls of a model
 * @property {Joules | null} joules
 * @property {number} [sent] bytes
 * @property {number} [received] bytes
 * @property {any} [asked] what was sent to whoever decides
 *
 * @typedef {object} Decider
 * @property {(scene: object) => Promise<any>} start
 * @property {(waiting: {signal: AbortSignal, onWait: (waitS: number) => void}) => Promise<Chunk>} more
 *   `onWait` hears that it waits until it is worth asking again; `signal`: nobody waits for it any more
 * @property {(block: number, x: number) => Promise<Frame>} push
 *
 * @typedef {"starting" | "ready" | "waiting" | "over" | "lost"} Phase
 */

const STEPS_PER_S = 24;
/** Steps that are got ahead; fewer would let a table stand still while the next ones are on their way. */
const AHEAD = 24;

export class Episode {
  /** @type {Phase} */
  phase = "starting";
  /** Why it stopped, in words. */
  problem = "";
  /** Why no steps come, in words, while a busy server is waited for. */
  busy = "";
  /** What `start` answered. @type {any} */
  facts = null;
  /** @type {Frame | null} */
  before = null;
  /** @type {Frame | null} */
  now = null;
  /** How far the picture is between the two, from 0 to 1. */
  part = 1;
  thought = /** @type {any} */ (null);
  asked = /** @type {any} */ (null);
  counts = nothing();
  /** @type {{frame: Frame, counts: ReturnType<typeof nothing> | null, asked: any}[]} */
  #ahead = [];
  #known = nothing();
  #generation = 0;
  #end = new AbortController();
  /** @type {Promise<void> | null} */
  #getting = null;
  /** @type {((episode: Episode) => void)[]} */
  #finishing = [];

  /**
   * @param {Decider} decider
   * @param {() => void} onChange
   */
  constructor(decider, onChange) {
    this.decider = decider;
    this.onChange = onChange;
  }

  get over() {
    return Boolean(this.now?.success || this.now?.failure);
  }

  /** Begin anew; what is still under way for the episode before counts no more. @param {object} scene */
  async start(scene) {
    const generation = ++this.#generation;
    this.#end.abort();
    this.#end = new AbortController();
    this.#ahead = [];
    this.#getting = null;
    this.counts = nothing();
    this.#known = nothing();
    Object.assign(this, { thought: null, asked: null, problem: "", busy: "", phase: "starting" });
    this.onChange();
    try {
      const facts = await this.decider.start(scene);
      if (generation !== this.#generation) return;
      this.facts = facts;
      this.before = this.now = facts.frame;
      this.part = 1;
      this.phase = "ready";
    } catch (problem) {
      if (generation === this.#generation) this.#stop(problem);
    }
    this.onChange();
  }

  /** Go on after the other side was lost. */
  resume() {
    if (this.phase !== "lost" || !this.facts) return;
    Object.assign(this, { phase: "ready", problem: "" });
    this.onChange();
  }

  /** Get steps, unless there are enough. */
  get() {
    if (this.#getting || this.phase === "lost" || this.phase === "starting" || this.#ended())
      return;
    if (this.#ahead.length >= AHEAD) return;
    const generation = this.#generation;
    const onWait = (/** @type {number} */ waitS) => {
      if (generation !== this.#generation) return;
      this.busy = say("tower-busy", { seconds: number(Math.ceil(waitS)) });
      this.onChange();
    };
    const getting = this.decider
      .more({ signal: this.#end.signal, onWait })
      .then((chunk) => {
        if (generation === this.#generation) this.#add(chunk);
      })
      .catch((problem) => {
        if (generation === this.#generation) this.#stop(problem);
      })
      .finally(() => {
        if (this.#getting !== getting) return;
        this.#getting = null;
        this.busy = "";
      });
    this.#getting = getting;
  }

  /**
   * Play on for some time; the table stands still when no steps are there yet.
   *
   * @param {number} seconds at the speed of the robot
   * @param {boolean} smooth
   */
  play(seconds, smooth) {
    this.get();
    if (this.over || this.phase === "starting") return;
    let steps = seconds * STEPS_PER_S;
    while (steps > 0) {
      const rest = 1 - this.part;
      if (rest > steps) {
        this.part += steps;
        break;
      }
      steps -= rest;
      if (!this.#next()) break;
    }
    if (!smooth) this.part = Math.max(this.part, this.part > 0 ? 0.999 : 0);
  }

  /** One step, at once. */
  async step() {
    if (this.over) return;
    this.get();
    while (!this.#ahead.length && this.#getting) await this.#getting;
    if (this.#next()) this.part = 1;
    this.onChange();
  }

  /** A visitor's hand: steps that were got ahead are played first, at once. @param {number} block @param {number} x */
  async push(block, x) {
    const generation = this.#generation;
    while (this.#getting) await this.#getting;
    if (generation !== this.#generation || this.#ended()) return;
    const frame = await this.decider.push(block, x);
    while (this.#ahead.length) this.#next();
    this.before = this.now = frame;
    this.part = 1;
    this.onChange();
  }

  /** Settles when the episode ended, one way or another. @returns {Promise<Episode>} */
  finished() {
    if (this.over) return Promise.resolve(this);
    return new Promise((resolve) => this.#finishing.push(resolve));
  }

  #ended() {
    const last = this.#ahead.at(-1)?.frame ?? this.now;
    return Boolean(last?.success || last?.failure);
  }

  /** @param {Chunk} chunk */
  #add({ frames, ms, calls, joules, sent = 0, received = 0, asked = null }) {
    const known = this.#known;
    known.ms += ms;
    known.calls += calls;
    known.sent += sent;
    known.received += received;
    if (joules)
      for (const end of /** @type {const} */ (["low", "mid", "high"]))
        known.joules[end] += joules[end];
    // A sum that leaves something out would tell too little.
    known.counted = joules !== null && (known.counted || !known.chunks);
    known.chunks += 1;
    const counts = { ...known, joules: { ...known.joules } };
    this.#ahead.push(
      ...frames.map((frame, index) => ({ frame, asked, counts: index === 0 ? counts : null })),
    );
    this.phase = "ready";
    this.onChange();
  }

  #next() {
    const next = this.#ahead.shift();
    if (!next) {
      if (this.phase === "ready" && !this.over) this.phase = "waiting";
      return false;
    }
    if (this.phase === "waiting") this.phase = "ready";
    this.before = this.now;
    this.now = next.frame;
    this.part = 0;
    if (next.counts) this.counts = next.counts;
    if (next.asked) this.asked = next.asked;
    if (next.frame.thought) this.thought = next.frame.thought;
    if (this.over) {
      this.phase = "over";
      this.part = 1;
      for (const resolve of this.#finishing.splice(0)) resolve(this);
    }
    this.onChange();
    return true;
  }

  /** @param {unknown} problem */
  #stop(problem) {
    this.phase = "lost";
    this.problem = problem instanceof Error ? problem.message : String(problem);
    this.onChange();
  }
}

function nothing() {
  return {
    ms: 0,
    calls: 0,
    chunks: 0,
    sent: 0,
    received: 0,
    counted: false,
    joules: { low: 0, mid: 0, high: 0 },
  };
}
