/** Boots the shipped Python and engine with the shipped bridge, and puts a laboratory (laboratory.py) on top. */

import { Rpc } from "/src/runtime/worker/rpc.js";
import { openEngine } from "/src/runtime/worker/ort.js";
import { place, unpack } from "/src/runtime/worker/unpack.js";

const laboratory = start();
self.addEventListener("message", async ({ data }) => {
  try {
    const rpc = await laboratory;
    postMessage(await rpc.ask(data));
  } catch (error) {
    postMessage(JSON.stringify({ crash: String(error) }));
  }
});

async function start() {
  const { python, packages, engine } = await (await fetch("/runtime.json")).json();
  const { loadPyodide } = await import(`/${python.folder}pyodide.js`);
  const pyodide = await loadPyodide({
    indexURL: `/${python.folder}`,
    stdLibURL: `/${python.stdlib}`,
    lockFileContents: python.lock,
    env: { PYTHONOPTIMIZE: "2" },
  });
  for (const url of packages) {
    const zip = await (await fetch(`/${url}`)).arrayBuffer();
    place(pyodide.FS, unpack(zip, "/lib/python3.13/site-packages"));
  }
  const source = await (await fetch("laboratory.py")).text();
  pyodide.FS.writeFile("laboratory.py", source);
  const whole = (path) => new URL(`/${path}`, location.href).href;
  const { script, module, version } = engine;
  const js_engine = await openEngine({ script: whole(script), module: whole(module), version }, 1);
  return new Rpc(pyodide.pyimport("laboratory").Laboratory(js_engine), () => {});
}
