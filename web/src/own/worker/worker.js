/**
 * The worker of "your own model": Python with onnx and the core's compress/, and an engine, both its own. It may run out of
 * memory and die without harm to the page. When it has started it has no way to the network any more.
 */

import { expose } from "comlink";
import runtime from "virtual:runtime";
import { address } from "../../shared/address.js";
import { live } from "../../shared/life.js";
import { startDownloads } from "../../runtime/worker/downloads.js";
import { countMemories, memoryBytes, watchMoved } from "../../runtime/worker/moved.js";
import { openEngine } from "../../runtime/worker/ort.js";
import { openPython, SITE_PACKAGES } from "../../runtime/worker/python.js";
import { toldBy } from "../../runtime/worker/told.js";
import { place, unpack } from "../../runtime/worker/unpack.js";
import { Desk } from "./desk.js";
import { seal } from "./seal.js";

/** @typedef {import("../own-model.js").Told} Told */

/** What the page says of this start; see client.js. @type {{kept: boolean, threads: number, lifeline: string}} */
const told = JSON.parse(self.name);
live(told.lifeline);

countMemories();
watchMoved((moved) => tell({ moved }));

const files = [runtime.own, ...runtime.files].map((file) => ({ ...file, url: address(file.url) }));
const downloads = startDownloads(files, told.kept, (loadedBytes, totalBytes) =>
  tell({ progress: { phase: "fetch", done: loadedBytes / totalBytes } }),
);
// Pyodide and the engine fetch with the global fetch(): so they get what is already on its way.
self.fetch = downloads.fetch;
WebAssembly.instantiateStreaming = downloads.instantiateStreaming;

const booted = boot();
booted.catch(() => {}); // whoever asks hears of it

expose({
  /** When it can be asked: addresses of what only this needs; rejects with {told} for what is to be said. */
  ready: async () => {
    try {
      await booted;
      return [address(runtime.own.url)];
    } catch (error) {
      throw { told: toldBy(error) }; // Comlink keeps no more of an error than its name and message
    }
  },
  /**
   * One request of compress/requests.py: JSON and files in, JSON and files out.
   *
   * @param {string} request
   * @param {Record<string, Uint8Array>} files
   * @param {SharedArrayBuffer | null} stop its first byte is set to stop the work
   */
  ask: async (request, files, stop) => (await booted).ask(request, files, stop),
  /** Stop the work under way when Python gets to look; where no memory is shared, this is how. */
  stop: async () => (await booted).stop(),
  memory: memoryBytes,
});

async function boot() {
  const { engine, python: home } = runtime;
  const opening = openEngine(
    { ...engine, script: address(engine.script), module: address(engine.module) },
    told.threads,
  );
  opening.catch(() => {}); // awaited below
  const [{ python }, own, later] = await Promise.all([
    Promise.race([openPython(runtime, false), downloads.lost(address(home.folder))]),
    pack(runtime.own.url),
    pack(runtime.later.url),
  ]);
  place(python.FS, [...later, ...own]);
  const web = python.pyimport("hundredfold.adapters.web");
  web.find_later(SITE_PACKAGES);
  web.destroy();
  const core = python.pyimport("hundredfold.adapters.own");
  const desk = new Desk(
    core.Desk(await Promise.race([opening, downloads.lost(address(engine.folder))])),
    tell,
  );
  seal(self);
  return desk;
}

/** @param {string} url */
async function pack(url) {
  const response = await fetch(address(url));
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return unpack(await response.arrayBuffer(), SITE_PACKAGES);
}

/** @param {Told} told */
function tell(told) {
  postMessage(told);
}
