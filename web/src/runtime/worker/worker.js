/** The worker: boots Python and the engine side by side, loads the core, and forwards requests to its dispatcher. */

import { expose } from "comlink";
import runtime from "virtual:runtime";
import { address } from "../../shared/address.js";
import { Rpc } from "./rpc.js";
import { DamagedError, DownloadError, orError, startDownloads } from "./downloads.js";
import { live } from "../../shared/life.js";
import { mark, onMark, phases } from "./phases.js";
import { Models } from "./models.js";
import { countMemories, memoryBytes, watchMoved } from "./moved.js";
import { openEngine } from "./ort.js";
import { openPython, SITE_PACKAGES } from "./python.js";
import { ToldError, toldBy } from "./told.js";
import { place, unpack } from "./unpack.js";

/** @typedef {import("pyodide").PyodideInterface} PyodideInterface */
/** @typedef {import("../status.js").Report} Report */
/** @typedef {import("../status.js").Failure} Failure */

/** The exhibit that a visitor sees first; what it needs is packed apart. */
const [FIRST] = EXHIBIT_IDS;
const MOST_THREADS = 4;
/** A first answer that is asked for at once comes first. */
const REST_AFTER_MS = 400;

/** What the page says of this start; see runtime/page/early.js. @type {{kept: boolean, threads: "many" | "one" | "none", lifeline: string}} */
const told = JSON.parse(self.name);
live(told.lifeline);
onMark(() => postMessage({ alive: true }));
mark("the worker runs");
/** A function that returns a vector: what the engine is made of. */
const SIMD = [
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15,
  253, 98, 11,
];
/** There is WebAssembly at all. */
const able = typeof WebAssembly === "object";
/** The message that says what keeps it from starting; "" when nothing does. */
const hindrance =
  told.threads === "none" ? "runtime-many-stops" : able ? lacking() : "runtime-no-wasm";

function lacking() {
  return WebAssembly.validate(new Uint8Array(SIMD)) ? "" : "runtime-no-simd";
}

if (able) countMemories();
watchMoved((moved) => postMessage({ moved }));

/** @param {Report} status */
const report = (status) => postMessage({ status });

const files = (hindrance ? [] : runtime.files).map((file) => ({ ...file, url: address(file.url) }));
const downloads = startDownloads(files, told.kept, (loadedBytes, totalBytes) => {
  const code = loadedBytes < totalBytes ? "runtime-fetching" : "runtime-starting";
  report({ phase: "loading", text: { code }, loadedBytes, totalBytes });
});

// Pyodide and the engine fetch with the global fetch(): so they get what is already on its way.
globalThis.fetch = downloads.fetch;
if (able) WebAssembly.instantiateStreaming = downloads.instantiateStreaming;

// Pyodide lets some failed downloads go unheard; boot() has reported them by then, so they are not errors a second time.
addEventListener("unhandledrejection", (event) => {
  if (event.reason instanceof DownloadError) event.preventDefault();
});

/** What is to be done once the start is over. @type {(() => Promise<unknown>)[]} */
const afterwards = [];

const booted = boot();
booted.then(
  ({ rest }) => {
    postMessage({ booted: true, phases: phases() });
    // Also when nobody asks: the server may be gone by the time that somebody does.
    setTimeout(() => {
      rest.fetch().catch(() => {}); // whoever needs it will hear
      for (const work of afterwards.splice(0)) void work();
    }, REST_AFTER_MS);
  },
  (error) =>
    postMessage(
      /** @type {Failure} */ ({
        failed: toldBy(error),
        reason: error.cause ? toldBy(error.cause) : "",
        damaged: error.cause instanceof DamagedError ? error.cause.url : "",
      }),
    ),
);

expose({
  ask: async (/** @type {string} */ request) => {
    const { rpc, rest, snapshot } = await booted;
    if (!rest.isThere && !isFirst(request)) await rest.fetch().catch(cross);
    try {
      return await rpc.ask(request);
    } catch (error) {
      void snapshot?.forget(); // Python itself failed, which it never should: next time it starts anew
      throw error;
    }
  },
  facts: async () => (await booted).rpc.facts,
  ping: () => true,
  memory: memoryBytes,
});

/** Comlink keeps no more of an error than its name and message. @param {unknown} error @returns {never} */
function cross(error) {
  throw error instanceof ToldError ? { told: error.told } : error;
}

async function boot() {
  if (hindrance) throw new ToldError({ code: hindrance }, hindrance);
  const models = new Models();
  const opening = named(
    "engine",
    openEngine(
      {
        ...runtime.engine,
        script: address(runtime.engine.script),
        module: address(runtime.engine.module),
      },
      threads(),
    ),
    downloads.lost(address(runtime.engine.folder)),
  );
  const listing = named("models", models.manifest());
  void createFirst(opening, listing);
  const [{ python, core, snapshot, keep }, engine, manifest] = await Promise.all([
    named(
      "python",
      openPython(runtime, told.threads !== "many"),
      downloads.lost(address(runtime.python.folder)),
    ),
    opening,
    listing,
  ]);
  mark("the engine is up too");
  afterwards.push(keep);
  try {
    const pyDispatcher = core.Dispatcher(models.fetch, engine, manifest.text);
    const rpc = new Rpc(pyDispatcher, () => postMessage({ alive: true }));
    const { warm } = JSON.parse(await rpc.ask(JSON.stringify({ do: "warm" })));
    mark("the model is checked");
    if (!warm.length) await snapshot?.forget(); // wherever the fault is: the next start shall not begin with it
    return { rpc, rest: new Rest(python), snapshot };
  } catch (error) {
    if (!snapshot) throw error;
    await snapshot.forget();
    const cause = new DamagedError(snapshot.url);
    const message = "what this device kept of Python does not work any more";
    throw new ToldError({ code: "runtime-kept-broken" }, message, { cause });
  }
}

/**
 * The first model's session is there before Python is.
 *
 * @param {Promise<import("./ort.js").Engine>} opening
 * @param {ReturnType<Models["manifest"]>} listing
 */
async function createFirst(opening, listing) {
  try {
    const [engine, { first }] = await Promise.all([opening, listing]);
    if (first) engine.createAhead(await first);
  } catch {
    // whoever waits for the engine, the list or the model hears of it
  }
}

/** What a first answer does without: fetched after it, or when something else is asked before. */
class Rest {
  isThere = false;
  /** @type {Promise<void> | null} */
  #coming = null;

  /** @param {PyodideInterface} python */
  constructor(python) {
    this.python = python;
  }

  fetch() {
    return (this.#coming ??= this.#fetch().catch((error) => {
      this.#coming = null; // the next one who needs it tries again
      throw error;
    }));
  }

  async #fetch() {
    const url = address(runtime.later.url);
    const response = await orError(await fetch(url));
    place(this.python.FS, unpack(await response.arrayBuffer(), SITE_PACKAGES));
    const web = this.python.pyimport("hundredfold.adapters.web");
    web.find_later(SITE_PACKAGES);
    web.destroy();
    this.isThere = true;
  }
}

/** Whether a request needs only what is there from the start: a run of the first exhibit without its energy. */
function isFirst(/** @type {string} */ request) {
  const { do: what, exhibit, device } = JSON.parse(request) ?? {};
  return what === "run" && exhibit === FIRST && !device;
}

/**
 * How many threads the engine gets; more than one needs an isolated page. Half of what the browser counts, since it
 * counts hyper-threads, and since a thread that has to wait for a core makes the others wait for it: a small model then
 * takes twenty times as long now and then. A large one gains little from more than four.
 */
function threads() {
  return crossOriginIsolated && told.threads === "many"
    ? Math.min(MOST_THREADS, Math.ceil(navigator.hardwareConcurrency / 2))
    : 1;
}

/**
 * Say in an error what it was that failed.
 *
 * @template T
 * @param {"python" | "engine" | "models"} what
 * @param {Promise<T>[]} works the first that fails, or succeeds, decides
 * @returns {Promise<T>}
 */
async function named(what, ...works) {
  try {
    return await Promise.race(works);
  } catch (error) {
    const message = `${what} could not be loaded (${error})`;
    throw new ToldError({ code: `runtime-unloaded-${what}` }, message, { cause: error });
  }
}
