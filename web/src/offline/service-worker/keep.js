/** Has every file of this version on the device, and checks each against its sha256 when it is kept and when it is used. */

import { isDoubted, isOff, network, stateRead } from "./network.js";
import {
  address,
  broadcast,
  build,
  CACHE,
  isOptional,
  isOurs,
  isUnnamed,
  known,
  MODELS,
  worker,
} from "./site.js";
import { whatIsThere } from "./leave.js";
import { isolated, page, problem } from "./answers.js";

/** @typedef {import("./site.js").SiteFile} SiteFile */
/** @typedef {import("../../shared/messages.js").Message} Message */
/**
 * @typedef {{complete: boolean, kept_bytes: number, total_bytes: number, reason: string, problem: Message | null}} Filled
 *   `reason` is "full", "changed" (by something on the way), "other" or ""
 */

const AT_ONCE = 4;
/** A download of which nothing arrives for so long is given up. */
const STALLED_MS = 30_000;
/** Files that were found damaged and could not be had again. @type {Set<string>} */
const damaged = new Set();
/** @type {Promise<Filled> | null} */
let filling = null;
/** Who wants to know how far it is. @type {Set<(told: object) => void>} */
const told = new Set();

/** What is not the list's: it can not be helped by another try at once. */
class NotKept extends Error {
  /** @param {string} reason @param {string} code of a message @param {Message["values"]} [values] without the file */
  constructor(reason, code, values) {
    super(code);
    this.reason = reason;
    this.code = code;
    this.values = values;
  }
}

/**
 * Have every file of this version on the device; once at a time, whoever asks. Tells {kept_bytes, total_bytes} as it goes
 * on.
 *
 * @param {(told: object) => void} tell
 */
export function fill(tell) {
  told.add(tell);
  return (filling ??= fillAll().finally(() => {
    filling = null;
    told.clear();
  }));
}

/** @returns {Promise<Filled>} */
async function fillAll() {
  const cache = await caches.open(CACHE);
  const withOptional = await hadOptional();
  const queue = [...known].filter(([url]) => withOptional || !isOptional(url));
  const total_bytes = queue.reduce((sum, [, { bytes }]) => sum + bytes, 0);
  let kept_bytes = 0;
  let reason = "";
  let problem = /** @type {Message | null} */ (null);
  const there = new Set((await cache.keys()).map(({ url }) => url)); // checked when they are used
  const work = async () => {
    for (let next = queue.shift(); next && !reason; next = queue.shift()) {
      const [url, file] = next;
      try {
        if (!there.has(url)) await keepAnew(cache, url, file);
        kept_bytes += file.bytes;
        for (const tell of told) tell({ kept_bytes, total_bytes });
      } catch (error) {
        const why = notKept(/** @type {Error} */ (error));
        reason = why.reason;
        problem = { code: why.code, values: { file: file.url, ...why.values } };
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const { active } = worker.registration;
  if (reason && active && !active.scriptURL.includes(build))
    throw new Error(JSON.stringify(problem)); // an update that is not whole does not take over
  return { complete: !reason, kept_bytes, total_bytes, reason, problem };
}

/** Whether this visitor has used what is optional, in this version or another: then it works offline in each. */
async function hadOptional() {
  for (const name of (await caches.keys()).filter(isOurs)) {
    const kept = await (await caches.open(name)).keys();
    if (kept.some(({ url }) => isOptional(url))) return true;
  }
  return false;
}

/** Why a file is not kept. @param {Error} error */
function notKept(error) {
  if (error instanceof NotKept) return error;
  const { name, message } = error;
  if (name === "QuotaExceededError")
    return new NotKept("full", "offline-detail-fault", { message });
  if (isOff()) return new NotKept("other", "offline-detail-off");
  return new NotKept("other", "offline-detail-fault", { message });
}

/** From another version's cache if it is there, else from the network. @param {Cache} cache @param {string} url @param {SiteFile} file */
async function keepAnew(cache, url, file) {
  for (const name of await caches.keys()) {
    if (name === CACHE || !(isOurs(name) || isUnnamed(name))) continue;
    const other = await (await caches.open(name)).match(url);
    if (other && (await isWhole(other.clone(), file))) return cache.put(url, other);
  }
  // The browser's own cache may have an old one.
  const response = (await fetched(url, file, "default")) ?? (await fetched(url, file, "reload"));
  if (!response) throw await whyOther();
  return cache.put(url, response);
}

/**
 * The file from the network; null when it is another.
 *
 * @param {string} url
 * @param {SiteFile} file
 * @param {RequestCache} cache
 */
async function fetched(url, file, cache) {
  const stop = new AbortController();
  const late = new NotKept("other", "offline-detail-stalled", { seconds: STALLED_MS / 1000 });
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const alive = () => {
    clearTimeout(timer);
    timer = setTimeout(() => stop.abort(late), STALLED_MS);
  };
  alive();
  try {
    const response = await network(new Request(url, { cache, signal: stop.signal }));
    const { ok, status } = response;
    if (!ok) throw new NotKept("other", "offline-detail-status", { status });
    const watch = new TransformStream({
      transform(part, out) {
        alive();
        out.enqueue(part);
      },
    });
    const copy = new Response(response.clone().body?.pipeThrough(watch));
    return (await isWhole(copy, file)) ? response : null;
  } finally {
    clearTimeout(timer);
  }
}

/** The network's own copy is not what the list says, twice. */
async function whyOther() {
  const signal = AbortSignal.timeout(STALLED_MS);
  const list = await network(new Request(address("build.json"), { cache: "no-store", signal }))
    .then((response) => response.json())
    .catch(() => null);
  return list?.build === build
    ? new NotKept("changed", "offline-detail-changed")
    : new NotKept("other", "offline-detail-version");
}

/**
 * A file that is kept, after its check against its sha256; null when it is not there or damaged. Streamed ones are
 * checked by runtime/worker/downloads.js before they run.
 *
 * The check reads one copy and another is returned: with it comes the machine code that the browser keeps beside it.
 *
 * @param {Cache} cache
 * @param {string} url
 * @param {SiteFile} file
 */
async function whole(cache, url, file) {
  const kept = await cache.match(url);
  if (!kept) return null;
  if (file.streamed) return kept;
  if (await isWhole(kept, file)) return /** @type {Response} */ (await cache.match(url));
  damaged.add(url);
  await cache.delete(url);
  return null;
}

/** @param {Response} response @param {SiteFile} file */
async function isWhole(response, { sha256 }) {
  const digest = new Uint8Array(
    await crypto.subtle.digest("SHA-256", await response.arrayBuffer()),
  );
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("") === sha256;
}

/** It turned out to be damaged where it was used. @param {string} url */
export async function forget(url) {
  damaged.add(url);
  return (await caches.open(CACHE)).delete(url);
}

/**
 * @param {FetchEvent} event
 * @param {string} url
 * @param {SiteFile} file
 */
export async function serve(event, url, file) {
  await stateRead;
  const { request } = event;
  const other =
    isDoubted() && request.mode === "navigate" && !isOff() && (await whatIsThere(request));
  if (other) return other;
  const store = await caches.open(known.has(url) ? CACHE : MODELS);
  const kept = await whole(store, url, file);
  if (kept) return isolated(request, kept);
  const wasDamaged = damaged.has(url);
  try {
    const cache = wasDamaged ? "reload" : "default";
    const response = await network(new Request(url, { cache }));
    if (response.ok) event.waitUntil(keep(store, url, file, response.clone(), wasDamaged));
    return isolated(request, response);
  } catch {
    if (wasDamaged) void broadcast({ damaged: file.url, mended: false });
    const state = wasDamaged ? "damaged" : "missing";
    const code = `offline-file-${state}-${isOff() ? "off" : "lost"}`;
    const why = { code, values: { file: file.url } };
    return request.mode === "navigate" ? page(why) : problem(504, "A file is missing", why);
  }
}

/** @param {Cache} cache @param {string} url @param {SiteFile} file @param {Response} response @param {boolean} wasDamaged */
async function keep(cache, url, file, response, wasDamaged) {
  if (!(await isWhole(response.clone(), file))) return;
  await cache.put(url, response).catch(() => {}); // the storage is full: fill() tells
  if (!wasDamaged) return;
  damaged.delete(url);
  await broadcast({ damaged: file.url, mended: true });
}
