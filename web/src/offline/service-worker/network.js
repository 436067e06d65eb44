/** The network switch, the only way from here to the network, and a count of what went that way. */

import { address, broadcast, STATE } from "./site.js";

/**
 * @typedef {{requests: number, received_bytes: number, refused: number}} Moved
 * @typedef {object} State
 * @property {boolean} off
 * @property {number} since when it was switched, in ms since 1970
 * @property {boolean} doubt something else may have this address by now: see leave.js
 * @property {(Moved & {at: number})[]} log
 */

const MOST_LOGGED = 2000;
/** What was refused within so many ms is one entry. */
const TOGETHER_MS = 10_000;

/** @type {State | undefined} */
let state;
let left = false;
export const stateRead = read();
/** By address: what a response said of its length, for browsers that do not tell a service worker what was moved. @type {Map<string, number>} */
const lengths = new Map();
const observer = new PerformanceObserver((list) => note(list.getEntries()));
observer.observe({ type: "resource", buffered: true });

/** undefined until it is known. */
export function isOff() {
  return state?.off;
}

export function isDoubted() {
  return state?.doubt === true;
}

/** The switch, and what this script moved or refused since then; while it is on, since `from`, in ms since 1970. @param {number} from */
export async function told(from) {
  await stateRead;
  note(observer.takeRecords());
  const { off, since, log: entries } = /** @type {State} */ (state);
  const counted = none();
  for (const entry of entries) {
    if (entry.at < (off ? since : from)) continue;
    for (const name of /** @type {(keyof Moved)[]} */ (Object.keys(counted)))
      counted[name] += entry[name];
  }
  return { off, since, ...counted };
}

/** @param {Partial<State>} change */
export async function change(change) {
  await stateRead;
  await write({ .../** @type {State} */ (state), ...change });
}

/** Nothing is written any more: this site is not kept here from now on. */
export function stopWriting() {
  left = true;
}

/**
 * The only way to the network; rejects while that is off.
 *
 * @param {Request} request
 * @param {boolean} [handedOn] it is a page's own, which counts what it moves (offline/traffic.js)
 */
export async function network(request, handedOn = false) {
  await stateRead;
  if (state?.off) {
    refuse();
    throw new TypeError("the network is switched off");
  }
  const response = await fetch(request);
  if (!handedOn) lengths.set(request.url, Number(response.headers.get("Content-Length")));
  return response;
}

/**
 * What this script fetched, as the browser tells it: what came from its own cache moved nothing. WebKit tells a service
 * worker that all sizes are 0; there it is what the response said.
 *
 * @param {PerformanceEntryList} entries
 */
function note(entries) {
  const told = /** @type {PerformanceResourceTiming[]} */ (entries);
  for (const { name, startTime, transferSize, encodedBodySize } of told) {
    const received_bytes = transferSize || (encodedBodySize ? undefined : lengths.get(name));
    lengths.delete(name);
    if (received_bytes === undefined) continue;
    enter({ ...none(), at: performance.timeOrigin + startTime, requests: 1, received_bytes });
  }
}

function refuse() {
  const last = state?.log.at(-1);
  const at = Date.now();
  if (last?.refused && last.at > at - TOGETHER_MS && last.at >= (state?.since ?? 0)) {
    last.refused += 1;
    enter(null);
  } else enter({ ...none(), at, refused: 1 });
}

/** @param {(Moved & {at: number}) | null} entry null: one that is there has changed */
function enter(entry) {
  void stateRead.then(async () => {
    const { log, ...rest } = /** @type {State} */ (state);
    await write({ ...rest, log: entry ? [...log, entry].slice(-MOST_LOGGED) : log });
    await broadcast({ moved: true });
  });
}

/** @returns {Moved} */
function none() {
  return { requests: 0, received_bytes: 0, refused: 0 };
}

async function read() {
  const kept = await caches
    .open(STATE)
    .then((cache) => cache.match(address("state")))
    .then((response) => response?.json())
    .catch(() => null); // nothing can be kept: the network is on
  state ??= { off: false, since: 0, doubt: false, log: [], ...kept };
}

/** @param {State} next */
async function write(next) {
  state = next;
  if (left) return;
  const text = new Response(JSON.stringify(next));
  await caches
    .open(STATE)
    .then((cache) => cache.put(address("state"), text))
    .catch(() => {}); // the storage is full: it holds until the browser ends this script
}
