/** Gathers Python and the engine into one folder, under names that change with their content, with an index of it. */

import {
  copyFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { compress, compressAll, sha256 } from "./compress.js";
import { placeDocs } from "./docs.js";
import { placePages } from "./pages.js";
import { placePreviews } from "./preview.js";
import { makeOwnPack } from "./own.js";
import { makePacks, PYODIDE, ROOT } from "./packs.js";

const ENGINE = join(ROOT, "web/node_modules/onnxruntime-web");
const CACHE = join(ROOT, ".cache");
const STAGE = join(CACHE, "stage");
const COMPRESSED = join(CACHE, "compressed");

/** @typedef {import("../src/runtime/worker/runtime.js").Runtime} Runtime */

/**
 * Gather everything in the stage; returns its index, which the page gets as the module `virtual:runtime`.
 *
 * @param {string} wheel path of numpy's wheel, already checked against pyodide-lock.json
 * @param {import("./own.js").OwnSources} sources of what "your own model" needs beside
 * @returns {Promise<Runtime>}
 */
export async function stageRuntime(wheel, sources) {
  rmSync(STAGE, { recursive: true, force: true });
  const cache = join(CACHE, "packs");
  const { paths: packs, survey } = await makePacks(wheel, cache);
  const ownPack = await makeOwnPack(sources, wheel, survey, cache);
  const python = `runtime/pyodide-${version(PYODIDE)}/`;
  const engine = `runtime/ort-${version(ENGINE)}/`;
  const fromPython = (/** @type {string} */ name) =>
    stage(join(PYODIDE, name), python + plain(name));
  const fromEngine = (/** @type {string} */ name) =>
    stage(join(ENGINE, "dist", name), engine + plain(name));
  const [pythonWasm, engineWasm, stdlib, numpy, core, later, own] = await Promise.all([
    fromPython("pyodide.asm.wasm"),
    fromEngine("ort-wasm-simd-threaded.wasm"),
    stage(packs.stdlib, `${python}stdlib-[hash].zip`),
    stage(packs.numpy, `${python}numpy-[hash].zip`),
    stage(packs.core, "assets/hundredfold-[hash].zip"),
    stage(packs.later, "assets/later-[hash].zip"),
    stage(ownPack, "assets/optional/own-[hash].zip"),
    ...["pyodide.mjs", "pyodide.asm.js"].map(fromPython),
    ...["ort.wasm.min.mjs", "ort-wasm-simd-threaded.mjs"].map(fromEngine),
  ]);
  const index = {
    python: { folder: python, lock: trimmedLock(), stdlib: stdlib.url },
    packages: [numpy.url, core.url],
    later: { url: later.url, integrity: later.integrity },
    own,
    engine: {
      folder: engine,
      script: `${engine}ort.wasm.min.js`,
      module: `${engine}ort-wasm-simd-threaded.js`,
      version: version(ENGINE),
    },
    files: [pythonWasm, stdlib, numpy, core, engineWasm],
  };
  writeFileSync(join(STAGE, "runtime.json"), JSON.stringify(index));
  return index;
}

/**
 * A Vite plugin that serves the index as `virtual:runtime`.
 *
 * @param {Runtime} index
 * @returns {import("vite").Plugin}
 */
export function runtimeIndex(index) {
  const id = "virtual:runtime";
  return {
    name: "runtime-index",
    resolveId: (wanted) => (wanted === id ? `\0${id}` : undefined),
    load: (wanted) =>
      wanted === `\0${id}` ? `export default ${JSON.stringify(index)};` : undefined,
  };
}

/**
 * A Vite plugin that puts the stage beside the built page and compresses all of it.
 *
 * @returns {import("vite").Plugin}
 */
export function placeRuntime() {
  let target = "";
  let written = false;
  return {
    name: "place-runtime",
    configResolved(config) {
      target = resolve(config.root, config.build.outDir);
    },
    writeBundle() {
      written = true;
    },
    async closeBundle() {
      if (!written) return; // the build failed, and says itself why
      cpSync(STAGE, target, { recursive: true });
      placePages(target);
      placeEmbeds(target);
      placeDocs(target);
      placePreviews(target);
      await compressAll(target, COMPRESSED);
    },
  };
}

/**
 * A page for each exhibit alone, two folders down: embed/<exhibit>/, in every language.
 *
 * @param {string} target
 */
function placeEmbeds(target) {
  const { exhibits } = JSON.parse(readFileSync(join(ROOT, "models/manifest.json"), "utf8"));
  for (const name of readdirSync(target).filter((each) => /^embed\..*html$/.test(each))) {
    const page = readFileSync(join(target, name), "utf8")
      .replace('="./watch.js"', '="../watch.js"')
      .replaceAll('="./', '="../../');
    // The last is what the server makes one from for each exhibit that is added to it.
    for (const id of [...Object.keys(exhibits), "EXHIBIT"]) {
      mkdirSync(join(target, "embed", id), { recursive: true });
      const own = page.replaceAll("EXHIBIT", id);
      writeFileSync(join(target, "embed", id, name.replace("embed", "index")), own);
    }
    rmSync(join(target, name));
  }
  // Only what lies under embed/ reaches a page that somebody put into a sandbox.
  copyFileSync(join(target, "watch.js"), join(target, "embed/watch.js"));
}

/**
 * Copy one file into the stage.
 *
 * @param {string} from
 * @param {string} to its address, from the site's folder; `[hash]` stands for its content
 */
async function stage(from, to) {
  const hash = sha256(readFileSync(from));
  const url = to.replace("[hash]", hash.slice(0, 10));
  const file = join(STAGE, url);
  mkdirSync(dirname(file), { recursive: true });
  copyFileSync(from, file);
  const bytes = readFileSync(file).length;
  const integrity = `sha256-${Buffer.from(hash, "hex").toString("base64")}`;
  return { url, bytes, sentBytes: await compress(file, COMPRESSED), integrity };
}

/**
 * A name that every host knows the type of: to many, `.mjs` is a file like any other, which no browser then runs.
 *
 * @param {string} name
 */
function plain(name) {
  return name.replace(/\.mjs$/, ".js");
}

/** Pyodide's lock file without its list of 300 packages, of which the page loads none through it. */
function trimmedLock() {
  const { info } = JSON.parse(readFileSync(join(PYODIDE, "pyodide-lock.json"), "utf8"));
  return { info, packages: {} };
}

/**
 * @param {string} folder
 * @returns {string}
 */
function version(folder) {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).version;
}
