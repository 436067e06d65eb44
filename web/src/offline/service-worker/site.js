/** What this service worker keeps, which the server put in front of it (see service/offline.py), and under which names. */

/// <reference lib="webworker" />

/**
 * @typedef {object} SiteFile
 * @property {string} url
 * @property {string} sha256
 * @property {number} bytes
 * @property {boolean} [streamed] checked by who uses it (runtime/worker/downloads.js): reading it twice takes too long
 */

export const worker =
  /** @type {ServiceWorkerGlobalScope & {site: {build: string, files: SiteFile[]}}} */ (
    /** @type {unknown} */ (self)
  );
export const { build, files } = worker.site;
export const { scope } = worker.registration;

/** All that one host serves shares one storage: each name ends in the folder where this copy lies, as in shared/address.js. */
const WHERE = `@${new URL(scope).pathname}`;
export const CACHE = named(build);
/** Models beyond the first ones, kept when they are first used; their address has their sha256. */
export const MODELS = named("models");
export const STATE = named("state");
/** Of Python, by runtime/worker/snapshot.js, which looks after it. */
export const SNAPSHOT = named("snapshot");

/** What few visitors need: kept when one fetches it, and from then on like all else. */
const OPTIONAL = "assets/optional/";

export const known = new Map(files.map((file) => [address(file.url), file]));

/** @param {string} url */
export function isOptional(url) {
  return url.startsWith(address(OPTIONAL));
}

/** @param {string} path */
export function address(path) {
  return new URL(path, scope).href;
}

/** @param {string} what */
function named(what) {
  return `hundredfold-${what}${WHERE}`;
}

/** A cache of this copy of the site, in this version or another. @param {string} name */
export function isOurs(name) {
  return name.startsWith("hundredfold-") && name.slice(name.indexOf("@")) === WHERE;
}

/** A cache from when names did not say whose they are: what is in it does, by its address. @param {string} name */
export function isUnnamed(name) {
  return /^hundredfold-[^@]+$/.test(name);
}

/** @param {object} told */
export async function broadcast(told) {
  const clients = await worker.clients.matchAll({ includeUncontrolled: true });
  for (const client of clients) client.postMessage(told);
}
