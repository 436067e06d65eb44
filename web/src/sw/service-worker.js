/**
 * Keeps the site on this device, serves it from there, and can refuse the network altogether.
 *
 * What there is to keep stands in `site`, which the server (py_src/hundredfold/service/offline.py) puts in front of this
 * script: each file with its sha256, which is checked whenever the file is used. A new version is another script with
 * other contents: it fetches all of its own files before it may take over, so that two versions are never mixed.
 *
 * Written out rather than made from Workbox: that trusts what lies in its caches, and has no switch.
 */

/// <reference lib="webworker" />

/**
 * @typedef {object} SiteFile
 * @property {string} url
 * @property {string} sha256
 * @property {number} bytes
 * @property {boolean} [streamed] checked by who uses it (lib/downloads.js): reading it twice takes too long
 */
/** @typedef {{requests: number, sent_bytes: number, received_bytes: number, refused: number}} Counters */

const worker =
  /** @type {ServiceWorkerGlobalScope & {site: {build: string, files: SiteFile[]}}} */ (
    /** @type {unknown} */ (self)
  );
const { build, files } = worker.site;
const PREFIX = "hundredfold-";
const CACHE = `${PREFIX}${build}`;
/** Models beyond the first ones, kept when they are first used; their address has their sha256. */
const MODELS = `${PREFIX}models`;
const STATE = `${PREFIX}state`;
/** Of Python, by lib/snapshot.js, which looks after it. */
const SNAPSHOT = `${PREFIX}snapshot`;
const AT_ONCE = 4;
/** What makes a page isolated, where the host itself does not say it. */
const ISOLATING = {
  "Cross-Origin-Embedder-Policy": "require-corp",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
};
const OPENED = ["document", "iframe", "worker", "sharedworker"];

const known = new Map(files.map((file) => [address(file.url), file]));
/** @type {{off: boolean, since: number, counters: Counters} | undefined} */
let state;
const stateRead = readState();
/** Files that were found damaged and could not be had again. @type {Set<string>} */
const damaged = new Set();

worker.addEventListener("install", (event) => event.waitUntil(install()));
worker.addEventListener("activate", (event) => event.waitUntil(activate()));
worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const asked = request.url.split("#")[0];
  // A page is the same whatever its address asks for behind the question mark.
  const url = request.mode === "navigate" ? asked.replace(/(index\.html)?(\?.*)?$/, "") : asked;
  const file = request.method === "GET" ? (known.get(url) ?? modelFile(url)) : undefined;
  // With the network on, what is not kept is none of this script's business.
  if (file) event.respondWith(serve(event, url, file));
  else if (!state || state.off) event.respondWith(pass(request));
});
worker.addEventListener("message", (event) => {
  const [port] = event.ports;
  const work = answer(event.data, (told) => port?.postMessage(told));
  event.waitUntil(
    work.then(
      (told) => port?.postMessage({ done: told }),
      (error) => port?.postMessage({ failed: `${error?.message ?? error}` }),
    ),
  );
});

/** @param {string} path */
function address(path) {
  return new URL(path, worker.registration.scope).href;
}

async function install() {
  if (worker.registration.active) await fill(() => {});
  else await worker.skipWaiting();
}

async function activate() {
  const keep = [CACHE, MODELS, STATE, SNAPSHOT];
  const others = (await caches.keys()).filter((name) => name.startsWith(PREFIX));
  await Promise.all(others.map((name) => keep.includes(name) || caches.delete(name)));
  await worker.clients.claim();
}

/**
 * @param {{do: string, url?: string}} asked
 * @param {(told: object) => void} tell
 */
async function answer(asked, tell) {
  await stateRead;
  switch (asked.do) {
    case "state":
      return { build, off: state?.off, since: state?.since, counters: state?.counters };
    case "fill":
      return fill(tell);
    case "forget":
      damaged.add(asked.url ?? "");
      return (await caches.open(CACHE)).delete(asked.url ?? "");
    case "claim":
      return worker.clients.claim();
    case "off":
    case "on":
      await writeState({ off: asked.do === "off", since: Date.now(), counters: none() });
      await broadcast({ off: state?.off });
      return { off: state?.off };
    case "use":
      return worker.skipWaiting();
    default:
      throw new Error(`unknown request ${asked.do}`);
  }
}

/**
 * Have every file of this version on the device. Tells {kept_bytes, total_bytes} as it goes on.
 *
 * @param {(told: object) => void} tell
 * @returns {Promise<{complete: boolean, kept_bytes: number, total_bytes: number, problem: string}>}
 */
async function fill(tell) {
  const cache = await caches.open(CACHE);
  const total_bytes = files.reduce((sum, { bytes }) => sum + bytes, 0);
  let kept_bytes = 0;
  let problem = "";
  const queue = [...known];
  const there = new Set((await cache.keys()).map(({ url }) => url)); // checked when they are used
  const work = async () => {
    for (let next = queue.shift(); next && !problem; next = queue.shift()) {
      const [url, file] = next;
      try {
        if (!there.has(url)) await keepAnew(cache, url, file);
        kept_bytes += file.bytes;
        tell({ kept_bytes, total_bytes });
      } catch (error) {
        const full = /** @type {Error} */ (error).name === "QuotaExceededError";
        problem = full ? "full" : `${file.url}: ${/** @type {Error} */ (error).message}`;
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  if (
    problem &&
    worker.registration.active &&
    !worker.registration.active.scriptURL.includes(build)
  )
    throw new Error(problem); // an update that is not whole does not take over
  return { complete: !problem, kept_bytes, total_bytes, problem };
}

/** From another version's cache if it is there, else from the network. @param {Cache} cache @param {string} url @param {SiteFile} file */
async function keepAnew(cache, url, file) {
  for (const name of await caches.keys()) {
    if (!name.startsWith(PREFIX) || name === CACHE) continue;
    const other = await (await caches.open(name)).match(url);
    if (other && (await isWhole(other.clone(), file))) return cache.put(url, other);
  }
  let response = await network(new Request(url));
  if (!(await isWhole(response.clone(), file)))
    response = await network(new Request(url, { cache: "reload" }));
  if (!response.ok) throw new Error(`the server answered ${response.status}`);
  if (!(await isWhole(response.clone(), file)))
    throw new Error("the server has another version of it by now: reload the page");
  return cache.put(url, response);
}

/**
 * A file that is kept, after its check against its sha256; null when it is not there or damaged. Streamed ones are
 * checked by lib/downloads.js before they run.
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

/**
 * @param {FetchEvent} event
 * @param {string} url
 * @param {SiteFile} file
 */
async function serve(event, url, file) {
  await stateRead;
  const store = await caches.open(known.has(url) ? CACHE : MODELS);
  const kept = await whole(store, url, file);
  if (kept) return dressed(event.request, kept);
  const wasDamaged = damaged.has(url);
  try {
    const cache = wasDamaged ? "reload" : "default";
    const response = await network(new Request(url, { cache }));
    if (response.ok) event.waitUntil(keep(store, url, file, response.clone(), wasDamaged));
    return dressed(event.request, response);
  } catch {
    const why = wasDamaged ? "is damaged on this device" : "is not kept on this device";
    const now = state?.off ? "the network is switched off" : "the server can not be reached";
    if (wasDamaged) void broadcast({ damaged: file.url, mended: false });
    const detail = `${file.url} ${why}, and ${now}.`;
    return event.request.mode === "navigate"
      ? page(detail)
      : problem(504, "A file is missing", detail);
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

/** The only way to the network while it may be off. @param {Request} request */
async function network(request) {
  if (state?.off) {
    await count({ refused: 1 });
    throw new TypeError("the network is switched off");
  }
  return fetch(request);
}

/** What is not kept: through, or refused. @param {Request} request */
async function pass(request) {
  await stateRead;
  try {
    return await network(request);
  } catch (error) {
    if (!state?.off) throw error;
    const detail = "The network is switched off on this page. Switch it on to ask the server.";
    return request.mode === "navigate" ? page(detail) : problem(503, "The network is off", detail);
  }
}

/** @param {string} url @returns {SiteFile | undefined} */
function modelFile(url) {
  const { href, pathname, searchParams } = new URL(url);
  const sha256 = searchParams.get("sha256");
  if (!sha256 || !href.startsWith(address("models/"))) return undefined;
  return {
    url: pathname.slice(new URL(worker.registration.scope).pathname.length),
    sha256,
    bytes: 0,
  };
}

/** A page or a worker says that it is isolated, on hosts that do not. @param {Request} request @param {Response} response */
function dressed(request, response) {
  const bare = !response.headers.has("Cross-Origin-Embedder-Policy");
  if (!bare || !OPENED.includes(request.destination) || !response.body) return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(ISOLATING)) headers.set(name, value);
  return new Response(response.body, { status: response.status, headers });
}

/** @param {number} status @param {string} title @param {string} detail */
function problem(status, title, detail) {
  const headers = { "Content-Type": "application/problem+json", "X-Hundredfold": title };
  return new Response(JSON.stringify({ type: "about:blank", status, title, detail }), {
    status,
    headers,
  });
}

/** @param {string} detail */
function page(detail) {
  const home = worker.registration.scope;
  const text = `<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Hundredfold</title><h1>This page is not here</h1><p></p><p><a href="${home}">Back to Hundredfold</a></p>`;
  const headers = { "Content-Type": "text/html", ...ISOLATING };
  return new Response(text.replace("<p></p>", `<p>${detail}</p>`), { status: 504, headers });
}

function none() {
  return { requests: 0, sent_bytes: 0, received_bytes: 0, refused: 0 };
}

/** @param {Partial<Counters>} more */
async function count(more) {
  if (!state) return;
  for (const [name, value] of Object.entries(more))
    state.counters[/** @type {keyof Counters} */ (name)] += value;
  await writeState(state);
  await broadcast({ counters: state.counters });
}

async function readState() {
  const kept = await caches
    .open(STATE)
    .then((cache) => cache.match(address("state")))
    .then((response) => response?.json())
    .catch(() => null); // nothing can be kept: the network is on
  state ??= kept ?? { off: false, since: 0, counters: none() };
}

/** @param {NonNullable<typeof state>} next */
async function writeState(next) {
  state = next;
  const text = new Response(JSON.stringify(next));
  await caches
    .open(STATE)
    .then((cache) => cache.put(address("state"), text))
    .catch(() => {}); // the storage is full: it holds until the browser ends this script
}

/** @param {object} told */
async function broadcast(told) {
  const clients = await worker.clients.matchAll({ includeUncontrolled: true });
  for (const client of clients) client.postMessage(told);
}
