/**
 * The least that a page needs to run a model: what `hundredfold bench start` holds the page's own start against.
 * It is served beside the page while that runs; not part of it.
 */

/** @type {[string, number][]} seconds */
const phases = [];
const mark = (/** @type {string} */ what) => phases.push([what, performance.now() / 1e3]);

window.bare = (async () => {
  mark("the script runs");
  const { engine, module, model } = document.documentElement.dataset;
  const coming = fetch(model).then((response) => response.arrayBuffer());
  const ort = await import(new URL(engine, location.href).href);
  mark("the engine's script is there");
  ort.env.wasm.wasmPaths = { mjs: new URL(module, location.href).href };
  // As many threads as the page takes.
  const most = Math.min(4, Math.ceil(navigator.hardwareConcurrency / 2));
  ort.env.wasm.numThreads = crossOriginIsolated ? most : 1;
  const session = await ort.InferenceSession.create(new Uint8Array(await coming));
  mark("the engine runs");
  const image = new Float32Array(28 * 28).fill(0.5);
  const feeds = { image: new ort.Tensor("float32", image, [1, 1, 28, 28]) };
  const { logits } = await session.run(feeds);
  const label = logits.data.indexOf(Math.max(...logits.data));
  document.getElementById("answer").textContent = `${label}`;
  mark("the first answer is there");
  return { first_s: phases.at(-1)[1], phases };
})();
