/** Drives the core's dispatcher (py_src/hundredfold/adapters/dispatcher.py): a question as JSON in, its answer as JSON out. */

const SIGN_OF_LIFE_MS = 500;

export class Rpc {
  /** @type {Promise<unknown>} */
  #last = Promise.resolve();
  #lastSign = 0;

  /**
   * @param {any} pyDispatcher
   * @param {() => void} onAlive called now and then during long work, as nothing else gets a turn meanwhile
   */
  constructor(pyDispatcher, onAlive) {
    this.pyDispatcher = pyDispatcher;
    this.onAlive = onAlive;
    /** @type {string} */
    this.facts = pyDispatcher.facts;
  }

  /**
   * Answer one request of app.handle(), after those before it.
   *
   * @param {string} request
   * @returns {Promise<string>}
   */
  ask(request) {
    const answer = this.#last.then(() => this.#drive(request));
    this.#last = answer.catch(() => {});
    return answer;
  }

  /**
   * Python's coroutine yields what it waits for; awaiting it here takes none of the turns of Python's event loop.
   *
   * @param {string} request
   */
  async #drive(request) {
    const driven = this.pyDispatcher.ask(request);
    try {
      let step = driven.send();
      while (typeof step !== "string") {
        this.#showLife();
        step = driven.send(await step.promise);
      }
      return step;
    } finally {
      driven.destroy();
    }
  }

  #showLife() {
    const now = performance.now();
    if (now - this.#lastSign < SIGN_OF_LIFE_MS) return;
    this.#lastSign = now;
    this.onAlive();
  }
}
