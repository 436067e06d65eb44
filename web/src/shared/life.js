/**
 * Whether a worker is still there: the browser tells, where it can, by a lock that a worker holds as long as it lives.
 * Else, and for one that hangs, there is silence to go by, and how long is too long depends on how slow this device has
 * been so far: a worker that computes gets no turn to answer.
 */

/** Seconds of silence that say something, on a device of which nothing is known yet. */
const IDLE_S = 30;
const BUSY_S = 120;
/** As many times longer than the longest silence that ended well. */
const LONGER = 4;

/** Counts the seconds in which a worker says nothing. */
export class Silence {
  /** So far. */
  seconds = 0;
  #longest = 0;

  /** The worker said something. */
  end() {
    this.#longest = Math.max(this.#longest, this.seconds);
    this.seconds = 0;
  }

  /** Another worker is listened to. */
  begin() {
    this.seconds = 0;
  }

  /**
   * One more second went by, in which this page had its turns: a page that is hidden, or that rests itself, counts none.
   *
   * @param {boolean} busy the worker computes
   * @returns {boolean} it has been too long
   */
  goOn(busy) {
    this.seconds += 1;
    return this.seconds > Math.max(busy ? BUSY_S : IDLE_S, LONGER * this.#longest);
  }
}

/** A name for a lock that one worker holds. */
export function lifeline() {
  return `hundredfold.worker.${Math.random().toString(36).slice(2)}`;
}

/** In the worker: hold the lock for as long as it lives, and say so. @param {string} name */
export function live(name, locks = navigator.locks) {
  const held = locks?.request(name, () => {
    postMessage({ holds: name });
    return new Promise(() => {});
  });
  held?.catch(() => {}); // not granted here, as in some sandboxes: then there is silence to go by
}

/** In the page: settles when the worker that holds the lock is gone. @param {string} name @returns {Promise<void>} */
export async function gone(name, locks = navigator.locks) {
  await locks.request(name, () => {});
}
