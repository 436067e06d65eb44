/** `window.hundredfold`: what this page can do, for the console, for tests and for those who embed it. */

/** @typedef {import("./lib/result.js").Result} Result */

/**
 * `await hundredfold.ready` first.
 *
 * @param {object} parts
 * @param {ReturnType<typeof import("./lib/here.js").openHere>} parts.here
 * @param {{run: (id: string, input: object, options: object) => Promise<Result>}} parts.there
 * @param {import("./lib/energy.js").Energy} parts.energy
 * @param {import("./lib/offline.js").Offline} parts.offline
 * @param {Map<string, import("./lib/balance.js").Balance>} parts.balances of each exhibit that is asked
 * @param {Map<string, HTMLElement>} parts.played each exhibit that is played
 */
export function surface({ here, there, energy, offline, balances, played }) {
  return {
    /** Python and the engine are up on this device; rejects with why they are not. */
    get ready() {
      return here.ready;
    },
    /** Every exhibit with its variants and their facts. */
    exhibits: () => here.exhibits(),
    /** What this device computes with. */
    device: () => here.device(),
    /**
     * @param {string} id of an exhibit
     * @param {object} input as the exhibit describes it
     * @param {{where?: "here" | "there", variant?: string | null, repeats?: number}} [options] there is what was
     *   recorded, in a copy of the site without a server; `recorded` in the Result tells
     * @returns {Promise<Result>}
     */
    run: (id, input, { where = "here", ...options } = {}) =>
      (where === "there" ? there : here).run(id, input, options),
    /**
     * Measure the energy of both sides for some seconds, back to back and in turns.
     *
     * @param {string} id of an exhibit
     * @param {object} input
     * @returns {Promise<any>} the balance of both, with every figure's inputs; null when the tab was hidden meanwhile
     */
    measure: (id, input) => {
      const balance = balances.get(id);
      if (!balance) throw new Error(`there is no exhibit ${id}`);
      return balance.measure(input);
    },
    /** The balance that was told last, lightly or measured; null before. @param {string} id of an exhibit */
    balance: (id) => balances.get(id)?.told ?? null,
    /** What energy is counted with; `choose({profile})`, `choose({active_w, idle_w})` and others change it. */
    energy,
    /** One request of the core's door on this device, as app.py has it. @param {object} request */
    ask: (request) => here.ask(request),
    /** What is played, for the console and for tests: `tower.match` starts, plays, steps and pushes. */
    get tower() {
      return /** @type {import("./ui/tower-view.js").TowerView} */ (played.get("tower")).match;
    },
    /** When what was done of the start: `hundredfold bench start` tells it as a table. */
    get phases() {
      return here.phases;
    },
    /** What the page takes, in bytes. */
    memory: () => here.memory(),
    /** Memory above which Python and the engine are started again. @param {number} bytes */
    boundMemory: (bytes) => {
      here.memoryBoundBytes = bytes;
    },
    /** The network-off switch: `ready` settles when everything is kept on this device, `off()` refuses the network. */
    offline: {
      get ready() {
        return offline.ready;
      },
      off: () => offline.switchOff(),
      on: () => offline.switchOn(),
      /** Since the switch: {off, requests, sent_bytes, received_bytes, refused}. */
      counters: () => offline.counters(),
      /** A new version is here. */
      get update() {
        return offline.update;
      },
      use: () => offline.useUpdate(),
    },
    /** End the worker as a crash would: the page notices and starts it again. */
    terminate: () => here.terminate(),
  };
}
