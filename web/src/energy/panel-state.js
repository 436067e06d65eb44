/** The energy of both sides of one exhibit: lightly from the answers a visitor gets anyway, firmly when measured. */

import { clockStep } from "../shared/clock.js";
import { patiently, timed } from "../shared/follow.js";
import { say } from "../shared/messages.js";
import { median } from "../shared/statistics.js";

/** @typedef {import("../compare/side.js").Side} Side */
/** @typedef {import("../shared/result.js").Result} Result */
/** @typedef {{variant: string, input: object, seconds: number[], busy: number}} Windows */

const WINDOWS = 20;
/** Windows before them, which do not count: for some two seconds, browsers make code quicker while it runs. */
const WARM_UP = 20;
const WINDOW_MS = 100;
/** Answers of the server in one window there. */
const REPEATS = 10;
/** Of a model that takes so long, there are a few answers in all, each asked for alone. */
const SLOW_MS = 400;
const SLOW_ANSWERS = 3;
/** Live answers are told at most this often: telling takes energy too. */
const QUIET_MS = 1000;
/** A window is so many steps of the clock, so that they do not matter; the core takes none longer than two seconds. */
const STEPS = 20;
const LONGEST_WINDOW_MS = 2000;
const FEWEST_WINDOWS = 5;
/**
 * A glance: so many windows here, once nobody has asked anything for so long. The first answers of a page take many
 * times longer than those that follow, so that an estimate from them alone tells next to nothing.
 */
const GLANCE_WINDOWS = 5;
const GLANCE_WARM_UP = 6;
const GLANCE_MS = 50;
const STILL_MS = 1200;
/** Where the clock's steps are so large that a glance would be none, there is none. */
const LONGEST_GLANCE_MS = 200;
/** Why a measurement ended: a message. */
const HIDDEN = "energy-hidden";

export class PanelState {
  /** What app.handle() answered to {"do": "energy"}. @type {any} */
  told = null;
  /** @type {"none" | "live" | "glance" | "measured"} */
  basis = "none";
  running = false;
  done = 0;
  text = "";
  /**
   * What each variant there took when it answered last, or better when it was measured, by its id: a bill asks for all.
   *
   * @type {Map<string, {basis: "live" | "glance" | "measured", there: {variant: string}}>}
   */
  rungs = new Map();
  /** A language model beside the ladder. @type {import("../shared/result.js").LanguageModel | null} */
  beside = null;
  /** About how long a measurement takes. */
  get secondsAsked() {
    const { windowMs, windows, warmUp } = measurePlan(clockStep());
    return Math.ceil(((warmUp + 2 * windows) * windowMs) / 1000);
  }

  /** @type {{here: Windows, there: Result[], roundTripS: number[], slow: boolean} | null} */
  #measured = null;
  /** @type {Windows | null} */
  #glanced = null;
  /** @type {AbortController | null} */
  #glance = null;
  /** Others are measured. */
  #resting = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #still;
  /** @type {AbortController | null} */
  #stop = null;

  /**
   * @param {string} exhibit
   * @param {{here: Side, there: Side}} sides
   * @param {{ask: (request: object) => Promise<any>, energy: import("./energy.js").Energy, onChange: () => void,
   *   runThere: (input: object, variant: string | null, repeats: number) => Promise<Result>,
   *   once: () => {downloaded_bytes: number, started_s: number}}} options
   */
  constructor(exhibit, sides, { ask, energy, onChange, runThere, once }) {
    this.exhibit = exhibit;
    this.sides = sides;
    this.ask = ask;
    this.energy = energy;
    this.onChange = onChange;
    this.runThere = runThere;
    this.once = once;
  }

  /** Something changed: tell the balance anew, soon; and look closer when nothing changes for a while. */
  refresh() {
    this.#await();
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.#tell();
    }, QUIET_MS);
  }

  /** The same at once, for a visitor who waits for it. */
  async refreshNow() {
    await this.#tell();
  }

  /** Tell why a measurement failed. @param {Error} problem */
  say({ message }) {
    this.text = message;
    this.onChange();
  }

  cancel() {
    this.#stop?.abort();
  }

  /** Others are measured: it is to take nothing of this device, or may again. @param {boolean} on */
  rest(on) {
    this.#resting = on;
    this.#await();
  }

  #await() {
    this.#glance?.abort();
    clearTimeout(this.#still);
    this.#still = setTimeout(() => void this.#look(), STILL_MS);
  }

  /**
   * Measure both sides back to back, in turns, and tell the balance by that; ends early when cancelled.
   *
   * @param {object} input
   * @returns {Promise<any>} the balance; null when cancelled
   */
  async measure(input) {
    if (this.running) throw new Error("a measurement is under way already");
    const { signal } = (this.#stop = new AbortController());
    const hide = () => document.hidden && this.#stop?.abort(HIDDEN);
    document.addEventListener("visibilitychange", hide);
    this.running = true;
    this.#progress(0, say("energy-warming-up"));
    try {
      if (document.hidden) this.#stop.abort(HIDDEN);
      await this.#run(input, signal);
      this.text = this.#summary();
      await this.#tell();
      return this.told;
    } catch (problem) {
      if (!signal.aborted) throw problem;
      this.text = say(signal.reason === HIDDEN ? HIDDEN : "energy-stopped");
      return null;
    } finally {
      document.removeEventListener("visibilitychange", hide);
      this.running = false;
      this.#stop = null;
      this.onChange();
    }
  }

  /** Time some answers here, for a visitor who has got one and looks at it; ends when anything else is to be done. */
  async #look() {
    const { here } = this.sides;
    const idle = here.phase === "ready" && !this.running && !this.#resting && !document.hidden;
    const windowMs = Math.max(GLANCE_MS, Math.ceil(STEPS * clockStep()));
    if (!idle || !here.input || !here.result || windowMs > LONGEST_GLANCE_MS) return;
    if (here.result.variant === (this.#firm()?.here ?? this.#glanced)?.variant) return;
    const { signal } = (this.#glance = new AbortController());
    const { input } = here;
    /** @type {Windows} */
    const windows = { variant: "", input, seconds: [], busy: 1 };
    const request = { exhibit: this.exhibit, input, where: "here", variant: this.variantHere };
    for (let turn = 1 - GLANCE_WARM_UP; turn <= GLANCE_WINDOWS; turn++) {
      const window = await this.ask({ do: "window", ...request, least_ms: windowMs }).catch(
        () => null, // it stopped: its side says so
      );
      if (!window || signal.aborted) return;
      Object.assign(windows, { variant: window.variant, busy: window.busy });
      if (turn > 0) windows.seconds.push(window.elapsed_ms / 1000 / window.n);
    }
    this.#glanced = windows;
    await this.#tell();
  }

  /** The other side takes long for one answer; a language model is asked once for each, as it keeps what it has read. */
  get #slow() {
    const { result, times } = this.sides.there;
    const tookMs = times.recent.map((answer) => answer.tookMs);
    return (tookMs.length > 0 && median(tookMs) > SLOW_MS) || result?.output?.tokens !== undefined;
  }

  /** What was measured. */
  #summary() {
    const there = this.#measured?.there.length;
    const each = this.#measured?.slow ? 1 : REPEATS;
    const { windows, windowMs } = measurePlan(clockStep());
    const told = { windows, seconds: windowMs / 1000 };
    if (this.sides.there.recorded) return say("energy-measured-recorded", told);
    if (!there) return say("energy-measured-here", told);
    return say("energy-measured-both", { ...told, answers: there * each });
  }

  /** Some 100 ms of answers here, for a device that is to work while its power is read. @param {object} input */
  async work(input) {
    await work(this.ask, this.exhibit, input, this.variantHere);
  }

  /** The variant that answers here: another than the chosen one where that one fails its check on this device. */
  get variantHere() {
    const { result, variant } = this.sides.here;
    return result?.variant ?? variant;
  }

  /** @param {object} input @param {AbortSignal} signal */
  async #run(input, signal) {
    const { there } = this.sides;
    const plan = measurePlan(clockStep());
    const request = {
      do: "window",
      exhibit: this.exhibit,
      input,
      where: "here",
      least_ms: plan.windowMs,
    };
    const variant = this.variantHere;
    const slow = this.#slow;
    /** @type {Windows} */
    const windows = { variant: "", input, seconds: [], busy: 1 };
    /** @type {Result[]} */
    const answers = [];
    /** @type {number[]} */
    const roundTripS = [];
    for (let turn = 1 - plan.warmUp; turn <= plan.windows; turn++) {
      signal.throwIfAborted();
      const window = await this.ask({ ...request, variant });
      signal.throwIfAborted();
      Object.assign(windows, { variant: window.variant, busy: window.busy });
      if (turn > 0) windows.seconds.push(window.elapsed_ms / 1000 / window.n);
      const due = turn >= (slow ? 1 : 0) && answers.length < (slow ? SLOW_ANSWERS : Infinity);
      if (due && there.phase === "ready" && !there.recorded) {
        const run = (/** @type {number} */ repeats) =>
          patiently(() => timed(() => this.runThere(input, there.variant, repeats)), { signal });
        const many = await run(slow ? 1 : REPEATS).catch(() => null);
        const single = slow ? many : many && (await run(1).catch(() => null));
        signal.throwIfAborted();
        if (turn > 0 && many && single) {
          answers.push({ ...many.result, bytes_received: single.result.bytes_received });
          roundTripS.push(single.tookMs / 1000);
        }
      }
      const { windows: all, warmUp } = plan;
      const text = turn > 0 ? say("energy-measuring-of", { turn, all }) : say("energy-warming-up");
      this.#progress((turn + warmUp) / (all + warmUp), text);
    }
    const recorded =
      there.recorded && (await this.runThere(input, there.variant, 1).catch(() => null));
    if (recorded) answers.push(recorded);
    this.#measured = { here: windows, there: answers, roundTripS, slow };
  }

  async #tell() {
    const { choice, threads, country, server } = this.energy;
    const sides = this.#firm() ?? this.#live();
    if (!choice || !sides) {
      this.told = null;
      this.basis = "none";
      this.onChange();
      return;
    }
    const { basis, here, there } = sides;
    if (there && (basis === "measured" || this.rungs.get(there.variant)?.basis !== "measured"))
      this.rungs.set(there.variant, { basis, there });
    const told = await this.ask({
      do: "energy",
      exhibit: this.exhibit,
      device: choice,
      threads,
      country,
      server,
      here: here && { ...here, ...this.once() },
      there,
    }).catch(() => null); // it stopped: its side says so
    if (told && basis !== "measured") told.drift = null; // a visitor who draws on is no sign of a device that tires
    if (told) Object.assign(this, { told, basis });
    this.onChange();
  }

  /**
   * What was measured back to back; null when another variant runs since.
   *
   * @returns {{basis: "measured", here: any, there: any} | null}
   */
  #firm() {
    const { here, there } = this.sides;
    const measured = this.#measured;
    if (!measured) return null;
    const same = (/** @type {Side} */ side, /** @type {string | undefined} */ variant) =>
      !variant || !side.result || side.result.variant === variant;
    const [first] = measured.there;
    if (!same(here, measured.here.variant) || !same(there, first?.variant)) return null;
    const { windowMs } = measurePlan(clockStep());
    return {
      basis: "measured",
      here: { variant: measured.here.variant, ...timedWindows(measured.here, windowMs) },
      there: first ? answersThere(measured.there, measured.roundTripS, this.beside) : null,
    };
  }

  /** The answers a visitor got lately. @returns {{basis: "live" | "glance", here: any, there: any} | null} */
  #live() {
    const { here, there } = this.sides;
    const [ours, theirs] = [here.times.recent, there.times.recent];
    if (!ours.length) return null;
    const latest = ours[ours.length - 1].result;
    const glanced = this.#glanced?.variant === latest.variant ? this.#glanced : null;
    return {
      basis: glanced ? "glance" : "live",
      here: glanced
        ? { variant: latest.variant, ...timedWindows(glanced, GLANCE_MS) }
        : {
            variant: latest.variant,
            seconds: ours.map(({ result }) => result.timing.total_ms / 1000),
            busy: latest.runtime.threads,
            resolution_s: clockStep() / 1000,
          },
      there: theirs.length
        ? answersThere(
            theirs.map(({ result }) => result),
            theirs.map(({ tookMs }) => tookMs / 1000),
            this.beside,
          )
        : null,
    };
  }

  /** @param {number} done @param {string} text */
  #progress(done, text) {
    Object.assign(this, { done, text });
    this.onChange();
  }
}

/** @param {Windows} windows @param {number} windowMs at least so long each */
function timedWindows({ seconds, busy }, windowMs) {
  return { seconds, busy, resolution_s: median(seconds) * (clockStep() / windowMs) };
}

/**
 * @param {Result[]} results
 * @param {number[]} roundTripS
 * @param {import("../shared/result.js").LanguageModel | null} beside
 */
function answersThere(results, roundTripS, beside) {
  const last = results[results.length - 1];
  if (!last.energy) return null; // it runs elsewhere, where nobody counts for us
  const own = last.variant === beside?.id ? { accuracy: beside.accuracy } : {};
  // Nothing was sent for what was recorded, and nobody waited: both are left out.
  if (last.recorded) return { variant: last.variant, energies: [last.energy], ...own };
  return {
    variant: last.variant,
    ...own,
    energies: results.map(({ energy }) => energy),
    round_trip_s: roundTripS,
    resolution_s: clockStep() / 1000,
    moved_bytes: (last.bytes_sent ?? 0) + (last.bytes_received ?? 0),
  };
}

/**
 * How many windows of work are timed, and how long each is: longer ones, and fewer, where the clock has large steps.
 *
 * @param {number} stepMs
 */
export function measurePlan(stepMs) {
  const windowMs = Math.min(LONGEST_WINDOW_MS, Math.max(WINDOW_MS, Math.ceil(STEPS * stepMs)));
  const windows = Math.max(FEWEST_WINDOWS, Math.round((WINDOWS * WINDOW_MS) / windowMs));
  return { windowMs, windows, warmUp: Math.max(1, Math.round((WARM_UP * WINDOW_MS) / windowMs)) };
}

/**
 * A moment of answers on this device, back to back.
 *
 * @param {(request: object) => Promise<any>} ask the core
 * @param {string} exhibit
 * @param {object} input
 * @param {string | null} [variant] null: the one that is used here by itself
 */
export async function work(ask, exhibit, input, variant = null) {
  await ask({ do: "window", exhibit, input, variant, where: "here", least_ms: WINDOW_MS });
}
