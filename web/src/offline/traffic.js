/**
 * Counts what this page moves over the network, as the browser itself recorded it (Resource Timing): that sees every
 * request of the page, however it was made, also one that the service worker should have refused. What was kept on this
 * device counts as nothing there. It does not know how much was sent, and tells of an answer a little late, so whoever asks
 * the server tells it too; of both the larger one counts.
 *
 * Bytes received are those of the answers with their headers, as they were compressed; bytes sent are those of bodies.
 */

/** @typedef {{requests: number, sent_bytes: number, received_bytes: number}} Moved */
/** @typedef {{at: number} & Moved} Entry `at` in ms since 1970, when the request was made */
/** @typedef {"asked" | "server" | "else"} Kind told by who asked the server; recorded, of the server; recorded, of all else */

export class Traffic {
  #opened = sums();
  #switched = sums();
  #switchedAt = -Infinity;

  /** @param {string} server where the addresses begin that are asked by who tells it */
  constructor(server) {
    this.server = server;
  }

  /** Read the browser's record from now on, and what is in it already. @param {() => void} onChange */
  watch(onChange) {
    for (const type of ["navigation", "resource"]) {
      const observer = new PerformanceObserver((list) => {
        if (this.recorded(/** @type {any[]} */ (list.getEntries()))) onChange();
      });
      observer.observe({ type, buffered: true });
      this.#observers.push(observer);
    }
  }

  /** @type {PerformanceObserver[]} */
  #observers = [];

  /**
   * @param {Pick<PerformanceResourceTiming, "name" | "startTime" | "transferSize">[]} entries
   * @returns {boolean} something was moved
   */
  recorded(entries) {
    const moved = entries.filter(({ transferSize }) => transferSize > 0);
    for (const { name, startTime, transferSize } of moved) {
      const entry = { requests: 1, sent_bytes: 0, received_bytes: transferSize };
      const at = performance.timeOrigin + startTime;
      this.enter(name.startsWith(this.server) ? "server" : "else", { at, ...entry });
    }
    return moved.length > 0;
  }

  /** @param {Kind} kind @param {Entry} entry */
  enter(kind, entry) {
    add(this.#opened[kind], entry);
    if (entry.at >= this.#switchedAt) add(this.#switched[kind], entry);
  }

  /** The network was switched: a count of its own begins. @param {number} at in ms since 1970 */
  switched(at) {
    this.#switchedAt = at;
    this.#switched = sums();
  }

  /** Since the page was opened, or since the switch. @param {boolean} sinceSwitch @returns {Moved} */
  told(sinceSwitch) {
    for (const observer of this.#observers)
      this.recorded(/** @type {any[]} */ (observer.takeRecords()));
    const counted = sinceSwitch ? this.#switched : this.#opened;
    const moved = { ...counted.else };
    for (const name of /** @type {(keyof Moved)[]} */ (Object.keys(moved)))
      moved[name] += Math.max(counted.asked[name], counted.server[name]);
    return moved;
  }
}

function sums() {
  return { asked: none(), server: none(), else: none() };
}

/** @returns {Moved} */
function none() {
  return { requests: 0, sent_bytes: 0, received_bytes: 0 };
}

/** @param {Moved} sum @param {Moved} more */
function add(sum, { requests, sent_bytes, received_bytes }) {
  sum.requests += requests;
  sum.sent_bytes += sent_bytes;
  sum.received_bytes += received_bytes;
}
