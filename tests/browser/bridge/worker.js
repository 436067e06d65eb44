/** Boots the shipped Python and engine with the shipped bridge, and puts a laboratory (laboratory.py) on top. */

import { Door } from "/src/lib/door.js";
import { openEngine } from "/src/lib/ort.js";

const laboratory = start();
self.addEventListener("message", async ({ data }) => {
  try {
    const door = await laboratory;
    postMessage(await door.ask(data));
  } catch (error) {
    postMessage(JSON.stringify({ crash: String(error) }));
  }
});

async function start() {
  const { python, packages, engine } = await (await fetch("/runtime.json")).json();
  const { loadPyodide } = await import(`${python.folder}pyodide.mjs`);
  const pyodide = await loadPyodide({
    indexURL: python.folder,
    stdLibURL: python.stdlib,
    lockFileContents: python.lock,
  });
  for (const url of packages) pyodide.unpackArchive(await (await fetch(url)).arrayBuffer(), "zip");
  const source = await (await fetch("laboratory.py")).text();
  pyodide.FS.writeFile("laboratory.py", source);
  const js_engine = await openEngine(engine, 1);
  return new Door(pyodide.pyimport("laboratory").Laboratory(js_engine), () => {});
}
