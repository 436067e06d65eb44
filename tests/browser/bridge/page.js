/** Asks the laboratory in the worker: one text in, one text out, in order. */

const worker = new Worker("worker.js", { type: "module" });
const waiting = [];
worker.addEventListener("message", ({ data }) => waiting.shift().resolve(data));
worker.addEventListener("error", (event) => waiting.shift()?.reject(event.message));

globalThis.ask = (request) =>
  new Promise((resolve, reject) => {
    waiting.push({ resolve, reject });
    worker.postMessage(request);
  });
