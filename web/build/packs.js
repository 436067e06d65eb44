/** What Python the browser gets, in three packs: its standard library, numpy, and this project's core. */

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { loadPyodide } from "pyodide";

const HERE = dirname(fileURLToPath(import.meta.url));
export const ROOT = join(HERE, "../..");
export const PYODIDE = join(ROOT, "web/node_modules/pyodide");
const CORE = join(ROOT, "py_src/hundredfold");

/**
 * @typedef {object} Source
 * @property {string} from a zip or a folder
 * @property {string} [into] what is put before each path
 * @property {{paths?: string[], folders?: string[], endings?: string[]}} [drop] what is left out
 */

/**
 * The packs by name. What numpy loses (tests, the Fortran compiler's front end, headers, type stubs) can not run in a
 * browser or is of no use there; its licences stay.
 *
 * @param {string} wheel path of numpy's wheel, already checked against pyodide-lock.json
 * @returns {Record<string, Source[]>}
 */
export function sources(wheel) {
  return {
    stdlib: [{ from: join(PYODIDE, "python_stdlib.zip"), drop: { paths: ["pydoc_data/"] } }],
    numpy: [
      {
        from: wheel,
        drop: {
          paths: [
            "numpy/f2py/",
            "numpy/random/_examples/",
            "numpy/_core/lib/",
            "numpy/random/lib/",
          ],
          folders: ["tests", "include", "_pyinstaller"],
          endings: [".pyi", ".pxd", ".h", ".c", ".build", ".typed", "/RECORD", "/conftest.py"],
        },
      },
    ],
    core: [
      {
        from: CORE,
        into: "hundredfold/",
        drop: {
          paths: ["service/", "forge/", "setup/", "bench", "cli.py", "adapters/native.py"],
          folders: ["__pycache__"],
        },
      },
    ],
  };
}

/**
 * Make every pack that is not in the cache; returns their paths by name.
 *
 * @param {string} wheel
 * @param {string} cache
 */
export async function makePacks(wheel, cache) {
  mkdirSync(cache, { recursive: true });
  /** @type {Record<string, string>} */
  const paths = {};
  /** @type {import("pyodide").PyodideInterface | undefined} */
  let pyodide;
  for (const [name, parts] of Object.entries(sources(wheel))) {
    paths[name] = join(cache, `${name}-${stamp(parts)}.zip`);
    if (existsSync(paths[name])) continue;
    pyodide ??= await bootPyodide();
    const unfinished = `${paths[name]}.part`;
    const counts = pyodide
      .pyimport("pack")
      .pack(
        JSON.stringify(parts.map((part) => ({ ...part, from: `/host${part.from}` }))),
        `/host${unfinished}`,
      );
    renameSync(unfinished, paths[name]);
    console.log(`packed ${name}: ${counts}`);
  }
  return paths;
}

async function bootPyodide() {
  const pyodide = await loadPyodide({ indexURL: PYODIDE });
  pyodide.FS.mkdirTree("/host");
  pyodide.mountNodeFS("/host", "/");
  pyodide.FS.chdir(`/host${HERE}`);
  return pyodide;
}

/**
 * A hash of everything that a pack is made from, the packer included.
 *
 * @param {Source[]} parts
 */
function stamp(parts) {
  const hash = createHash("sha256");
  hash.update(readFileSync(join(HERE, "pack.py")));
  hash.update(readFileSync(join(PYODIDE, "package.json")));
  for (const part of parts) {
    hash.update(JSON.stringify({ ...part, from: relative(ROOT, part.from) }));
    for (const file of files(part.from)) {
      hash.update(relative(ROOT, file)).update(readFileSync(file));
    }
  }
  return hash.digest("hex").slice(0, 16);
}

/**
 * @param {string} path
 * @returns {string[]}
 */
function files(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".py") || name.endsWith(".pddl"))
    .sort()
    .map((name) => join(path, name));
}
