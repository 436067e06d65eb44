/**
 * Keeps the site on this device, serves it from there, and can refuse the network altogether.
 *
 * A new version is another script with other contents: it fetches all of its own files before it may take over, so that
 * two versions are never mixed.
 *
 * Written out rather than made from Workbox: that trusts what lies in its caches, and has no switch.
 */

import { page, problem } from "./answers.js";
import { fill, forget, serve } from "./keep.js";
import { look } from "./leave.js";
import { change, isOff, network, stateRead, told } from "./network.js";
import {
  address,
  broadcast,
  build,
  CACHE,
  isOurs,
  isUnnamed,
  known,
  MODELS,
  scope,
  SNAPSHOT,
  STATE,
  worker,
} from "./site.js";

/** A page that hears nothing for longer asks again: the browser may have ended this script. */
const ALIVE_MS = 1000;

worker.addEventListener("install", (event) => event.waitUntil(install()));
worker.addEventListener("activate", (event) => event.waitUntil(activate()));
worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const asked = request.url.split("#")[0];
  const isPage = request.mode === "navigate";
  const url = isPage ? pageUrl(asked) : asked;
  const file = request.method === "GET" ? (known.get(url) ?? modelFile(url)) : undefined;
  if (file) event.respondWith(serve(event, url, file));
  // With the network on, what is not kept is none of this script's business: it would only take longer. Right after the
  // browser woke this script, it does not know yet.
  else if (isOff() !== false) event.respondWith(pass(request));
  if (file && isPage) event.waitUntil(stateRead.then(() => (isOff() ? undefined : look())));
});
worker.addEventListener("message", (event) => {
  const [port] = event.ports;
  const alive = setInterval(() => port?.postMessage({ alive: true }), ALIVE_MS);
  const work = answer(event.data, (told) => port?.postMessage(told)).then(
    (done) => port?.postMessage({ done }),
    (error) => port?.postMessage({ failed: `${error?.message ?? error}` }),
  );
  event.waitUntil(work.finally(() => clearInterval(alive)));
});

async function install() {
  if (worker.registration.active) await fill(() => {});
  else await worker.skipWaiting();
}

async function activate() {
  const keep = [CACHE, MODELS, STATE, SNAPSHOT];
  for (const name of await caches.keys()) {
    if (isOurs(name) && !keep.includes(name)) await caches.delete(name);
    else if (isUnnamed(name)) await clear(name);
  }
  await worker.clients.claim();
}

/** Take out what is of this copy of the site. @param {string} name */
async function clear(name) {
  const cache = await caches.open(name);
  const kept = await cache.keys();
  const ours = kept.filter(({ url }) => url.startsWith(scope));
  await Promise.all(ours.map((request) => cache.delete(request)));
  if (ours.length === kept.length) await caches.delete(name);
}

/**
 * @param {{do: string, url?: string, from?: number}} asked
 * @param {(told: object) => void} tell
 */
async function answer(asked, tell) {
  switch (asked.do) {
    case "state":
      return { build, ...(await told(asked.from ?? 0)) };
    case "fill":
      return fill(tell);
    case "forget":
      return forget(asked.url ?? "");
    case "claim":
      return worker.clients.claim();
    case "off":
    case "on":
      await change({ off: asked.do === "off", since: Date.now() });
      await broadcast({ off: isOff() });
      return { off: isOff() };
    case "use":
      return worker.skipWaiting();
    default:
      throw new Error(`unknown request ${asked.do}`);
  }
}

/**
 * Where a page lies that a visitor opens: the same whatever its address asks for behind the question mark, but for its
 * language. What the visitor chose before, only the page knows.
 *
 * @param {string} asked
 */
function pageUrl(asked) {
  const folder = asked.replace(/(index\.html)?(\?.*)?$/, "");
  if (!folder.endsWith("/")) return folder;
  const lang = new URL(asked).searchParams.get("lang") ?? "";
  for (const language of [lang, ...worker.navigator.languages]) {
    const name = language.toLowerCase().split("-")[0];
    if (name === "en") break; // index.html itself
    if (known.has(`${folder}index.${name}.html`)) return `${folder}index.${name}.html`;
  }
  return folder;
}

/** What is not kept: through, or refused. @param {Request} request */
async function pass(request) {
  try {
    return await network(request, true);
  } catch (error) {
    if (!isOff()) throw error;
    const why = { code: "offline-refused" };
    return request.mode === "navigate" ? page(why) : problem(503, "The network is off", why);
  }
}

/** @param {string} url @returns {import("./site.js").SiteFile | undefined} */
function modelFile(url) {
  const { href, pathname, searchParams } = new URL(url);
  const sha256 = searchParams.get("sha256");
  if (!sha256 || !href.startsWith(address("models/"))) return undefined;
  return { url: pathname.slice(new URL(scope).pathname.length), sha256, bytes: 0 };
}
