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
 * Run once, however long the server asks to wait.
 *
 * @template Answer
 * @param {() => Promise<Answer>} run
 * @returns {Promise<Answer>}
 */
export async function patiently(run) {
  for (;;) {
    try {
      return await run();
    } catch (error) {
      const waitS = retryAfterS(error);
      if (!waitS || waitS > QUIET_S) throw error;
      await sleep(waitS * 1000);
    }
  }
}

/** @param {any} error */
function retryAfterS(error) {
  return [429, 503].includes(error?.status) ? (error.retryAfterS ?? 0) : 0;
}

/** @param {number} ms */
function sleep(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
