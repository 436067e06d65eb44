/**
 * Starts Python with numpy and the core: from where it was when it had imported them the last time on this device, if
 * that was kept.
 *
 * A snapshot is Python's memory and nothing else. numpy's libraries also have code, and places in the table of functions
 * to which that memory points. So they are loaded before Python starts, always in the same order: then they come to lie
 * where they lay. Whether anything else took a place in the table is looked at before a snapshot is kept.
 */

import { address } from "../../shared/address.js";
import { imported } from "./imported.js";
import { mark } from "./phases.js";
import { keepSnapshot, keptSnapshot } from "./snapshot.js";
import { place, unpack } from "./unpack.js";

/** @typedef {import("pyodide").PyodideInterface} PyodideInterface */
/** @typedef {import("./snapshot.js").Snapshot} Snapshot */

/**
 * Pyodide from inside, as far as it is used here.
 *
 * @typedef {object} Module
 * @property {import("./unpack.js").FileSystem} FS
 * @property {WebAssembly.Table} wasmTable
 * @property {(name: string) => void} addRunDependency Python does not start before it is removed
 * @property {(name: string) => void} removeRunDependency
 * @property {(code: WebAssembly.Module, flags: object, path: string, scope: object) => Promise<object>} loadWebAssemblyModule
 * @property {Record<string, object>} preloadedWasm libraries that Python finds loaded, by their paths
 * @property {(callee: unknown) => number} addFunction gives it a place in the table
 *
 * @typedef {import("./unpack.js").Packed & {code?: Promise<WebAssembly.Module>}} Part
 * @typedef {{preRun: ((module: Module) => unknown)[], onRuntimeInitialized?: () => void}} Settings
 * @typedef {(settings: Settings) => Promise<Module>} Create
 *
 * @typedef {object} Opened
 * @property {PyodideInterface} python
 * @property {any} core the core's dispatcher
 * @property {Pick<Snapshot, "url" | "forget"> | null} snapshot where it started from
 * @property {() => Promise<void>} keep keeps a snapshot for the next start
 */

/** Where Python looks for packages. */
export const SITE_PACKAGES = "/lib/python3.13/site-packages";
const CORE = "hundredfold.adapters.dispatcher";

/**
 * @param {import("./runtime.js").Runtime} runtime
 * @param {boolean} carefully from no snapshot, as an earlier start took the tab down
 * @returns {Promise<Opened>}
 */
export async function openPython({ python: { folder, stdlib, lock }, packages }, carefully) {
  const packs = Promise.all(packages.map(fetchPack)).then((each) => each.flat());
  packs.catch(() => {}); // awaited below
  const home = address(folder);
  const name = nameOf(home, [stdlib, ...packages]);
  const [{ loadPyodide }, kept] = await Promise.all([
    /** @type {Promise<{loadPyodide: (options: object) => Promise<PyodideInterface>}>} */ (
      imported(`${home}pyodide.js`)
    ),
    keptSnapshot(name),
    imported(`${home}pyodide.asm.js`),
  ]);
  mark("a snapshot was looked for");
  const options = {
    indexURL: home,
    stdLibURL: address(stdlib),
    lockFileContents: lock,
    env: { PYTHONOPTIMIZE: "2" }, // numpy is packed without its docstrings, and asks for them unless told so
  };
  const begin = (/** @type {object} */ how) =>
    start(packs, () => loadPyodide({ ...options, ...how }));
  if (kept && !carefully) {
    await packs; // what goes wrong with them is not the snapshot's fault
    try {
      const { python } = await begin({ _loadSnapshot: kept.bytes });
      await kept.checked; // meanwhile: nothing was asked of it yet
      mark("Python goes on from the snapshot");
      const { url, forget } = kept;
      // Pyodide would hold the bytes for ever, and they are as many as Python's memory has.
      delete (/** @type {any} */ (python)._api.config._loadSnapshot);
      return { python, core: importCore(python), snapshot: { url, forget }, keep: nothing };
    } catch {
      // as if there were none
    }
  }
  await kept?.forget();
  const { python, isAsLoaded } = await begin({ _makeSnapshot: true });
  mark("Python starts");
  const core = importCore(python);
  const bytes = isAsLoaded() ? snapshotOf(python) : null;
  const keep = bytes ? keepSnapshot.bind(null, name, bytes) : nothing;
  return { python, core, snapshot: null, keep };
}

async function nothing() {}

/**
 * A pack's files, whose libraries are compiled from now on.
 *
 * @param {string} url
 * @returns {Promise<Part[]>}
 */
async function fetchPack(url) {
  const zip = await (await fetch(address(url))).arrayBuffer();
  return unpack(zip, SITE_PACKAGES).map((file) => {
    if (!file.path.endsWith(".so")) return file;
    const code = WebAssembly.compile(file.bytes);
    code.catch(() => {}); // whoever loads it hears of it
    return { ...file, code };
  });
}

/** Names a snapshot: changes with all that it is made from. @param {string} home @param {string[]} urls */
function nameOf(home, urls) {
  return home + urls.map((url) => url.split("/").at(-1)).join("+");
}

function inside() {
  return /** @type {{_createPyodideModule: Create}} */ (/** @type {unknown} */ (globalThis));
}

/**
 * Start Python after the packs are in their place and their libraries loaded.
 *
 * @param {Promise<Part[]>} packs
 * @param {() => Promise<PyodideInterface>} load
 * @returns {Promise<{python: PyodideInterface, isAsLoaded: () => boolean}>} `isAsLoaded` tells whether the table of
 *   functions is as it was when Python started
 */
function start(packs, load) {
  const create = inside()._createPyodideModule;
  /** @type {ReturnType<typeof start>} */
  const started = new Promise((resolve, reject) => {
    const isAsLoaded = loadFirst(create, packs, reject);
    load().then((python) => resolve({ python, isAsLoaded }), reject);
  });
  return started.finally(() => (inside()._createPyodideModule = create));
}

/**
 * Have the next Python begin with its libraries. Apart from start(), since Pyodide keeps what is made in here for ever,
 * and with it whatever it can see.
 *
 * @param {Create} create
 * @param {Promise<Part[]>} packs
 * @param {(error: Error) => void} fail
 */
function loadFirst(create, packs, fail) {
  /** @type {WebAssembly.Table} */
  let table;
  let places = 0;
  const before = async (/** @type {Module} */ module) => {
    table = module.wasmTable;
    module.addRunDependency("packs");
    await prepare(module, await packs);
    module.removeRunDependency("packs");
  };
  inside()._createPyodideModule = (settings) => {
    settings.preRun.push((module) => before(module).catch(fail));
    settings.onRuntimeInitialized = () => (places = table.length);
    return create(settings);
  };
  return () => table.length === places;
}

/** @param {Module} module @param {Part[]} parts */
async function prepare(module, parts) {
  place(module.FS, parts);
  for (const { path, code } of parts) {
    if (!code) continue;
    const flags = { loadAsync: true, nodelete: true };
    const exports = await module.loadWebAssemblyModule(await code, flags, path, {});
    module.preloadedWasm[path] = exports;
    // These are looked up, and get their place, when Python imports them; one that goes on from a snapshot does not.
    for (const [name, value] of Object.entries(exports))
      if (name.startsWith("PyInit_")) module.addFunction(value);
  }
  mark("packs are unpacked");
}

/** @param {PyodideInterface} python */
function importCore(python) {
  python.pyimport("numpy").destroy();
  mark("numpy is imported");
  const core = python.pyimport(CORE);
  mark("the core is imported");
  return core;
}

/** @param {PyodideInterface} python */
function snapshotOf(python) {
  try {
    return python.makeMemorySnapshot();
  } catch {
    return null; // it can not be done with this Python: the next start takes as long
  }
}
