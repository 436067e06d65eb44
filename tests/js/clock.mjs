/** A clock for tests that stands still until it is told to go on: no test waits for real time. */

/**
 * @param {import("node:test").TestContext} t
 * @returns {{pass: (ms: number) => Promise<void>}} pass: lets so many ms go by, with all that becomes due in them
 */
export function turns(t) {
  t.mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"] });
  /** Whatever waits for no timer gets its turn. */
  const settle = async (rounds) => {
    for (; rounds > 0; rounds--) await new Promise((resolve) => setImmediate(resolve));
  };
  return {
    async pass(ms) {
      await settle(3);
      for (let left = ms; left > 0; left--) {
        t.mock.timers.tick(1);
        await settle(1);
      }
      await settle(3);
    },
  };
}
