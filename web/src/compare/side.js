/** One side of the comparison, here or there: what it is doing, what it answered, how long that took. */

import { clockStep, noteStep } from "../shared/clock.js";
import { follow, patiently, timed } from "../shared/follow.js";
import { say } from "../shared/messages.js";
import { Times } from "./times.js";

/** @typedef {import("../shared/result.js").Result} Result */
/** @typedef {import("../shared/messages.js").Message | string} Told in words, or what another world has to say */
/** @typedef {"loading" | "ready" | "failed" | "restarting" | "lost"} Phase */

export class Side {
  /** @type {Phase} */
  phase = "loading";
  /** What it is doing while it is not ready. @type {Told} */
  text = "";
  loadedBytes = 0;
  totalBytes = 0;
  /** The variant that was chosen; null: the default. @type {string | null} */
  variant = null;
  /** @type {object | null} */
  input = null;
  /** @type {Result | null} */
  result = null;
  /** The input that `result` answers. @type {object | null} */
  answered = null;
  /** Why there is no answer. @type {{title: Told, detail: Told} | null} */
  problem = null;
  /** Something to know about how it was started. @type {Told} */
  hint = "";
  /** There is no server: all its answers were recorded. */
  alone = false;
  /** It stopped and was started again since the drawing last changed. */
  restarted = false;
  times = new Times();

  /**
   * @param {"here" | "there"} where
   * @param {(input: object, variant: string | null) => Promise<Result>} run
   * @param {{pauseMs: number, onChange: () => void}} options
   */
  constructor(where, run, { pauseMs, onChange }) {
    this.where = where;
    this.onChange = onChange;
    this.run = run;
    this.follower = follow((/** @type {object} */ input) => this.#timed(input), {
      pauseMs,
      onAnswer: ({ result, tookMs }, input) => this.#answer(result, tookMs, input),
      onProblem: (problem) => this.#fail(problem),
    });
  }

  /** The step of the clock that its times are told by, in ms; 0: a fine one elsewhere told them. */
  get stepMs() {
    return this.recorded ? 0 : clockStep();
  }

  /** What it shows was recorded. */
  get recorded() {
    return this.alone || this.result?.recorded === true;
  }

  /** Something to know about the answer. */
  get note() {
    return this.result?.notice ?? (this.restarted ? say("compare-restarted") : this.hint);
  }

  /** Answer this input, null for none, unless a newer one comes first. @param {object | null} input */
  ask(input) {
    if (input !== this.input) this.restarted = false;
    this.input = input;
    if (input !== null && this.phase === "ready") {
      this.follower.ask(input);
      return;
    }
    this.follower.forget();
    this.result = this.answered = this.problem = null;
    this.onChange();
  }

  /** @param {string} variant */
  choose(variant) {
    this.variant = variant;
    this.problem = null;
    this.ask(this.input);
    this.onChange();
  }

  /** @param {{phase: Phase, text: Told, loadedBytes?: number, totalBytes?: number, hint?: Told}} status */
  report(status) {
    const before = this.phase;
    // Why it had to be started again says more than how far that is.
    const text = before === "restarting" && status.phase === before ? this.text : status.text;
    Object.assign(this, status, { text });
    if (status.phase !== "ready") {
      this.problem = null;
      if (this.answered !== this.input) this.result = null;
    }
    if (status.phase === "ready" && before !== "ready") {
      this.restarted = before === "restarting";
      this.ask(this.input);
    }
    this.onChange();
  }

  /** One run whose times count, but whose answer is not shown. @param {object} input */
  async time(input) {
    const { result, tookMs } = await patiently(() => this.#timed(input));
    this.times.add(result, tookMs);
    this.onChange();
  }

  /**
   * More of the answer that is shown; its times do not count.
   *
   * @param {(input: object) => object} further the same input, asking for more
   */
  async learn(further) {
    const { answered } = this;
    if (!answered) return;
    try {
      const { result } = await patiently(() => this.#timed(further(answered)));
      if (this.answered !== answered || !this.result) return; // another one is shown by now
      this.result = { ...this.result, output: result.output, further: true };
      this.onChange();
    } catch (problem) {
      if (this.answered === answered) this.#fail(problem);
    }
  }

  #timed(/** @type {object} */ input) {
    return timed(() => this.run(input, this.variant));
  }

  /**
   * @param {Result} result
   * @param {number} tookMs
   * @param {object} input
   */
  #answer(result, tookMs, input) {
    noteStep(result.runtime?.clock_step_ms ?? undefined);
    this.times.add(result, tookMs);
    if (this.input === null) return;
    this.result = result;
    this.answered = input;
    this.problem = null;
    this.onChange();
  }

  /** @param {any} problem */
  #fail(problem) {
    if (this.phase !== "ready" || this.input === null) return; // told already, by what it is doing
    const { title = say("compare-went-wrong"), detail = `${problem}` } = problem;
    this.result = this.answered = null;
    this.problem = { title, detail };
    this.onChange();
  }
}
