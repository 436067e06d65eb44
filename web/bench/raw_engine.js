/**
 * The least that JavaScript needs to run a model: what the bench compares the way through Python with.
 * Evaluated in the page by `hundredfold bench`; not part of the page.
 * @param {[engine: string, model: string, threads: number, runs: number]} settings
 * @returns {Promise<number[]>} milliseconds of each run, after warm-up
 */
async ([engine, model, threads, runs]) => {
  const ort = await import(engine);
  ort.env.wasm.wasmPaths = { mjs: new URL("ort-wasm-simd-threaded.js", engine).href };
  ort.env.wasm.numThreads = threads;
  const bytes = new Uint8Array(await (await fetch(model)).arrayBuffer());
  const session = await ort.InferenceSession.create(bytes, { executionProviders: ["wasm"] });
  const image = new Float32Array(28 * 28).fill(0.5);
  const warmUp = Math.ceil(runs / 20);
  const samples = [];
  for (let turn = 0; turn < warmUp + runs; turn++) {
    const start = performance.now();
    const feeds = { image: new ort.Tensor("float32", image, [1, 1, 28, 28]) };
    const { logits } = await session.run(feeds, ["logits"]);
    const elapsedMs = performance.now() - start;
    if (logits.size !== 10) throw new Error("the engine gave no logits");
    if (turn >= warmUp) samples.push(elapsedMs);
  }
  await session.release();
  return samples;
};
