/** Does work at most once in a while: who asks in between is not forgotten, but served when that is over. */

/**
 * @param {() => Promise<void>} work
 * @param {number} pauseMs the least time between two starts
 * @returns {() => Promise<void>} asks for the work; settles when it was done for this call
 */
export function throttle(work, pauseMs) {
  /** @type {Promise<void> | null} */
  let pause = null;
  /** @type {Promise<void> | null} */
  let next = null;
  return () => (pause ? (next ??= pause.then(go)) : go());

  function go() {
    next = null;
    const own = new Promise((resolve) => setTimeout(resolve, pauseMs)).then(() => {
      if (!next) pause = null;
    });
    pause = own;
    return work();
  }
}
