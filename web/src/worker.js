/** The worker: boots Python and the engine side by side, loads the core, and forwards requests to its one door. */

import { expose } from "comlink";
import runtime from "virtual:runtime";
import { Door } from "./lib/door.js";
import { DownloadError, startDownloads } from "./lib/downloads.js";
import { Models } from "./lib/models.js";
import { openEngine } from "./lib/ort.js";

/** @typedef {import("pyodide").PyodideInterface} PyodideInterface */
/** @typedef {import("./lib/here.js").Status} Status */

const MOST_THREADS = 4;

/** @param {Status} status */
const report = (status) => postMessage({ status });

const downloads = startDownloads(runtime.files, (loadedBytes, totalBytes) => {
  const text =
    loadedBytes < totalBytes ? "Fetching Python and the engine" : "Starting Python and the engine";
  report({ phase: "loading", text, loadedBytes, totalBytes });
});

// Pyodide and the engine fetch with the global fetch(): so they get what is already on its way.
globalThis.fetch = downloads.fetch;

// Pyodide lets some failed downloads go unheard; boot() has reported them by then, so they are not errors a second time.
addEventListener("unhandledrejection", (event) => {
  if (event.reason instanceof DownloadError) event.preventDefault();
});

const booted = boot();
booted.then(
  () => postMessage({ booted: true }),
  (error) => postMessage({ failed: error instanceof Error ? error.message : String(error) }),
);

expose({
  ask: async (/** @type {string} */ request) => (await booted).ask(request),
  facts: async () => (await booted).facts,
  ping: () => true,
});

async function boot() {
  const models = new Models();
  const [core, engine, manifest] = await Promise.all([
    named("Python", loadCore(), downloads.lost(runtime.python.folder)),
    named(
      "The engine",
      openEngine(runtime.engine, threads()),
      downloads.lost(runtime.engine.folder),
    ),
    named("The list of models", models.manifest()),
  ]);
  const pyDoor = core.Door(models.fetch, engine, manifest);
  const door = new Door(pyDoor, () => postMessage({ alive: true }));
  await door.ask(JSON.stringify({ do: "warm" }));
  return door;
}

/** Boot Python, unpack numpy and the core beside it, and import the core. */
async function loadCore() {
  const { folder, lock, stdlib } = runtime.python;
  const packages = Promise.all(
    runtime.packages.map(async (url) => (await fetch(url)).arrayBuffer()),
  );
  packages.catch(() => {}); // awaited below, unless Python itself fails first
  /** @type {{loadPyodide: (options: object) => Promise<PyodideInterface>}} */
  const { loadPyodide } = await import(/* @vite-ignore */ `${folder}pyodide.mjs`);
  const pyodide = await loadPyodide({
    indexURL: folder,
    stdLibURL: stdlib,
    lockFileContents: lock,
  });
  for (const zip of await packages) pyodide.unpackArchive(zip, "zip");
  return pyodide.pyimport("hundredfold.adapters.door");
}

/**
 * How many threads the engine gets; more than one needs an isolated page. Half of what the browser counts, since it
 * counts hyper-threads, and since a thread that has to wait for a core makes the others wait for it: a small model then
 * takes twenty times as long now and then. A large one gains little from more than four.
 */
function threads() {
  return crossOriginIsolated
    ? Math.min(MOST_THREADS, Math.ceil(navigator.hardwareConcurrency / 2))
    : 1;
}

/**
 * Say in an error what it was that failed.
 *
 * @template T
 * @param {string} what
 * @param {Promise<T>[]} works the first that fails, or succeeds, decides
 * @returns {Promise<T>}
 */
async function named(what, ...works) {
  try {
    return await Promise.race(works);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${what} could not be loaded (${reason})`);
  }
}
