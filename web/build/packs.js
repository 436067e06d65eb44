/** What Python the browser gets, in packs: what a first answer needs, by how often it changes, and what comes later. */

import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { loadPyodide } from "pyodide";

const HERE = dirname(fileURLToPath(import.meta.url));
export const ROOT = join(HERE, "../..");
export const PYODIDE = join(ROOT, "web/node_modules/pyodide");
export const CORE = join(ROOT, "py_src/hundredfold");
const MANIFEST = join(ROOT, "models/manifest.json");
/** Where Pyodide keeps packages. */
export const SITE = "/lib/python3.13/site-packages";
export const STDLIB = join(PYODIDE, "python_stdlib.zip");
/** What exhibits have in their folders beside modules, and read as it is. */
const DATA = /^exhibits\/[^/]+\/.+\.(?!pyc?$)\w+$/;

/**
 * @typedef {{stdlib: string[], numpy: string[], core: string[]}} Files
 * @typedef {{first: Files, later: Files, licences: string[]}} Survey `licences` are numpy's
 *
 * @typedef {object} Source
 * @property {string} from a zip or a folder
 * @property {string[]} files
 * @property {string} [into] what is put before each path
 * @property {boolean} [bare] without docstrings and asserts
 */

/**
 * Make every pack that is not in the cache; returns their paths by name, and what is in them: stdlib, numpy and core are
 * what a first answer needs, later is all else but what own.js packs.
 *
 * @param {string} wheel path of numpy's wheel, already checked against pyodide-lock.json
 * @param {string} cache
 */
export async function makePacks(wheel, cache) {
  mkdirSync(cache, { recursive: true });
  const workshop = new Workshop(wheel);
  const survey = await workshop.survey(cache);
  /** @type {Record<string, Source[]>} */
  const packs = {
    stdlib: [{ from: STDLIB, files: survey.first.stdlib, bare: true }],
    numpy: [{ from: wheel, files: survey.first.numpy, bare: true }],
    core: [{ from: CORE, into: "hundredfold/", files: survey.first.core }],
    later: [
      { from: STDLIB, files: survey.later.stdlib, bare: true },
      { from: wheel, files: [...survey.later.numpy, ...survey.licences], bare: true },
      { from: CORE, into: "hundredfold/", files: [...survey.later.core, ...files(CORE, DATA)] },
    ],
  };
  /** @type {Record<string, string>} */
  const paths = {};
  for (const [name, parts] of Object.entries(packs)) {
    paths[name] = join(cache, `${name}-${stamp(wheel, parts)}.zip`);
    if (!existsSync(paths[name])) await workshop.pack(name, parts, paths[name]);
  }
  return { paths, survey };
}

/** Pyodide under Node, started when there is something to do. */
class Workshop {
  /** @type {Promise<import("pyodide").PyodideInterface> | undefined} */
  #python;

  /** @param {string} wheel */
  constructor(wheel) {
    this.wheel = wheel;
  }

  /** What the page imports, kept in the cache. @param {string} cache @returns {Promise<Survey>} */
  async survey(cache) {
    const kept = join(cache, `survey-${stamp(this.wheel, [])}.json`);
    if (!existsSync(kept)) {
      const { python, text } = await this.#rehearse();
      writeFileSync(`${kept}.part`, text);
      renameSync(`${kept}.part`, kept);
      this.#python = Promise.resolve(python);
    }
    return JSON.parse(readFileSync(kept, "utf8"));
  }

  /** @param {string} name @param {Source[]} parts @param {string} target */
  async pack(name, parts, target) {
    const python = await (this.#python ??= startPython());
    const hosted = parts.map((part) => ({ ...part, from: `/host${part.from}` }));
    const done = python.pyimport("pack").pack(JSON.stringify(hosted), `/host${target}.part`);
    renameSync(`${target}.part`, target);
    console.log(`packed ${name}: ${done}`);
  }

  async #rehearse() {
    const python = await startPython();
    python.unpackArchive(new Uint8Array(readFileSync(this.wheel)), "zip", {
      extractDir: SITE,
    });
    const text = python
      .pyimport("rehearsal")
      .survey(`/host${CORE}`, `/host${MANIFEST}`, `/host${this.wheel}`);
    return { python, text };
  }
}

/** Pyodide under Node, with the machine's files under /host and the build's folder to import from. */
export async function startPython() {
  const pyodide = await loadPyodide({ indexURL: PYODIDE });
  pyodide.FS.mkdirTree("/host");
  pyodide.mountNodeFS("/host", "/");
  pyodide.FS.chdir(`/host${HERE}`);
  return pyodide;
}

/**
 * A hash of everything that a pack, or the survey, is made from.
 *
 * @param {string} wheel
 * @param {Source[]} parts none: the survey's
 */
function stamp(wheel, parts) {
  const hash = createHash("sha256");
  hash.update(JSON.stringify(parts.map((part) => ({ ...part, from: relative(ROOT, part.from) }))));
  const made = ["pack.py", ...(parts.length ? [] : ["rehearsal.py"])];
  for (const name of made) hash.update(readFileSync(join(HERE, name)));
  hash.update(readFileSync(join(PYODIDE, "package.json")));
  if (!parts.length) hash.update(readFileSync(MANIFEST));
  const core = parts.filter(({ from }) => from === CORE).flatMap((part) => part.files);
  hash.update(readFileSync(wheel));
  for (const name of parts.length ? core : files(CORE, /\.py$/)) {
    hash.update(name).update(readFileSync(join(CORE, name)));
  }
  return hash.digest("hex").slice(0, 16);
}

/**
 * @param {string} folder
 * @param {RegExp} wanted
 */
export function files(folder, wanted) {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => wanted.test(name))
    .sort();
}
