/**
 * The pack of "your own model": onnx, onnxruntime's quantiser, the core's compress/, and what these import of Python and
 * numpy that no other pack has. Fetched by a visitor who opens that room, and by nobody else.
 */

import { createHash } from "node:crypto";
import { existsSync, readFileSync, renameSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { CORE, files, PYODIDE, SITE, startPython, STDLIB } from "./packs.js";

const HERE = dirname(fileURLToPath(import.meta.url));
/** What stands in for compiled packages that browsers have none of, and says no. */
const STAND_INS = join(HERE, "own");
const NAME = "own";
/** Of the core, what only that room needs. */
const OWN_CORE = /^(compress\/|adapters\/own\.py)/;

/**
 * @typedef {{wheels: string[], quantiser: string}} OwnSources paths: the wheels checked already, the quantiser a folder
 * @typedef {import("./packs.js").Survey} Survey
 * @typedef {{stdlib: string[], numpy: string[], site: string[], about: string[], core: string[]}} Found
 */

/**
 * Make the pack unless it is in the cache; returns its path.
 *
 * @param {OwnSources} sources
 * @param {string} numpy path of numpy's wheel
 * @param {Survey} survey what the other packs have
 * @param {string} cache
 */
export async function makeOwnPack({ wheels, quantiser }, numpy, survey, cache) {
  const target = join(cache, `${NAME}-${stamp([...wheels, numpy], quantiser, survey)}.zip`);
  if (existsSync(target)) return target;
  const python = await startPython();
  python.unpackArchive(new Uint8Array(readFileSync(numpy)), "zip", { extractDir: SITE });
  const rehearsal = python.pyimport("own_rehearsal");
  const hosted = JSON.stringify(wheels.map((path) => `/host${path}`));
  rehearsal.install(hosted, `/host${quantiser}`, `/host${STAND_INS}`);
  /** @type {Found} */
  const found = JSON.parse(rehearsal.survey(`/host${CORE}`));
  const there = { stdlib: taken(survey, "stdlib"), numpy: taken(survey, "numpy") };
  const parts = [
    { from: `/host${STDLIB}`, files: without(found.stdlib, there.stdlib), bare: true },
    { from: `/host${numpy}`, files: without(found.numpy, there.numpy), bare: true },
    // Its asserts stay: what is wrong with a stranger's model may be found by one.
    { from: SITE, files: [...found.site, ...found.about] },
    {
      from: `/host${CORE}`,
      into: "hundredfold/",
      files: found.core.filter((name) => OWN_CORE.test(name)),
    },
  ];
  const done = python.pyimport("pack").pack(JSON.stringify(parts), `/host${target}.part`);
  renameSync(`${target}.part`, target);
  console.log(`packed ${NAME}: ${done}`);
  return target;
}

/** @param {Survey} survey @param {"stdlib" | "numpy"} kind */
function taken({ first, later }, kind) {
  return new Set([...first[kind], ...later[kind]]);
}

/** @param {string[]} names @param {Set<string>} there */
function without(names, there) {
  return names.filter((name) => !there.has(name));
}

/**
 * A hash of everything that the pack is made from.
 *
 * @param {string[]} wheels
 * @param {string} quantiser
 * @param {Survey} survey
 */
function stamp(wheels, quantiser, survey) {
  const hash = createHash("sha256");
  hash.update(JSON.stringify(survey));
  for (const name of ["own.js", "own_rehearsal.py", "pack.py"])
    hash.update(readFileSync(join(HERE, name)));
  hash.update(readFileSync(join(PYODIDE, "package.json")));
  for (const wheel of wheels) hash.update(readFileSync(wheel));
  for (const [folder, wanted] of /** @type {[string, RegExp][]} */ ([
    [quantiser, /\.py$/],
    [join(quantiser, "../transformers"), /^float16\.py$/],
    [STAND_INS, /\.py$/],
    [CORE, OWN_CORE],
  ]))
    for (const name of files(folder, wanted))
      if (name.endsWith(".py")) hash.update(name).update(readFileSync(join(folder, name)));
  return hash.digest("hex").slice(0, 16);
}
