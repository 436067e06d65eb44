/** Keeps an answer up with a drawing: the newest input wins, one run at a time, and a busy server is waited for. */

/** A wait longer than this is told to the visitor. */
const QUIET_S = 5;

/**
 * @template Input, Answer
 * @param {(input: Input) => Promise<Answer>} run
 * @param {object} options
 * @param {number} options.pauseMs the least time between the starts of two runs
 * @param {(answer: Answer, input: Input) => void} options.onAnswer
 * @param {(problem: any) => void} options.onProblem
 */
export function follow(run, { pauseMs, onAnswer, onProblem }) {
  /** @type {Input | null} */
  let newest = null;
  let asked = 0;
  let served = 0;
  let busy = false;

  async function serve() {
    if (busy) return;
    busy = true;
    while (served !== asked && newest !== null) {
      const turn = asked;
      const rested = sleep(pauseMs);
      try {
        const input = newest;
        onAnswer(await run(input), input);
        served = turn;
      } catch (error) {
        const waitS = retryAfterS(error);
        if (!waitS) served = turn;
        if (!waitS || waitS > QUIET_S) onProblem(error);
        await sleep(waitS * 1000);
      }
      await rested;
    }
    busy = false;
  }

  return {
    /** @param {Input} input */
    ask(input) {
      newest = input;
      asked += 1;
      void serve();
    },
    /** A run is under way, or the pause after it. */
    get busy() {
      return busy;
    },
    /** Start no run until asked again. */
    forget() {
      newest = null;
    },
  };
}

/**
 * Run once, and again after each wait that the server asks for.
 *
 * @template Answer
 * @param {() => Promise<Answer>} run
 * @param {object} [options]
 * @param {number} [options.mostS] a longer wait at once is not made: the problem is thrown
 * @param {(waitS: number) => void} [options.onWait] hears of each wait before it begins
 * @param {AbortSignal} [options.signal] ends the waiting
 * @returns {Promise<Answer>}
 */
export async function patiently(run, { mostS = QUIET_S, onWait = () => {}, signal } = {}) {
  for (;;) {
    try {
      return await run();
    } catch (error) {
      const waitS = retryAfterS(error);
      if (!waitS || waitS > mostS) throw error;
      onWait(waitS);
      await sleep(waitS * 1000, signal);
      signal?.throwIfAborted();
    }
  }
}

/**
 * One run, with the time that a visitor waits for it: on both sides the way to the model and back is part of it, a wait
 * that a busy server asked for before is not.
 *
 * @param {() => Promise<import("./result.js").Result>} run
 */
export async function timed(run) {
  const start = performance.now();
  const result = await run();
  // What was recorded comes at once: what counts is how long it took then.
  return { result, tookMs: result.recorded ? result.timing.total_ms : performance.now() - start };
}

/** @param {any} error */
function retryAfterS(error) {
  return [429, 503].includes(error?.status) ? (error.retryAfterS ?? 0) : 0;
}

/** @param {number} ms @param {AbortSignal} [signal] @returns {Promise<void>} ends early when the signal says so */
function sleep(ms, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    const early = () => {
      clearTimeout(timer);
      resolve();
    };
    if (signal?.aborted) early();
    signal?.addEventListener("abort", early, { once: true });
  });
}
