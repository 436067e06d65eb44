/** How the page is built: `vite build` makes web/dist, which the server serves as it is. */

import { defineConfig } from "vite";
import { exhibitIds, exhibitStyles } from "./build/exhibits.js";
import { placeMessages } from "./build/messages.js";
import { placeRuntime, runtimeIndex, stageRuntime } from "./build/runtime.js";
import { writeSamples } from "./build/samples.js";

/** The script that starts the worker is one of its own, in front: it must not wait for the page's program. */
function startFirst() {
  return {
    name: "start-first",
    /** @type {import("vite").IndexHtmlTransformHook} */
    transformIndexHtml(html, { bundle, path }) {
      const start = Object.values(bundle ?? {}).find(({ fileName }) => /\/start-/.test(fileName));
      if (!start || path === "/method.html") return [];
      const attrs = { type: "module", src: `./${start.fileName}` };
      return [{ tag: "script", attrs, injectTo: /** @type {const} */ ("head-prepend") }];
    },
  };
}

export default defineConfig(async () => {
  const wheel = process.env.HUNDREDFOLD_NUMPY_WHEEL;
  if (!wheel) throw new Error("build the page with `hundredfold prepare`: it fetches numpy first");
  const index = await stageRuntime(wheel, JSON.parse(process.env.HUNDREDFOLD_OWN ?? "{}"));
  return {
    base: "./", // the same files work in any folder of any server
    build: {
      target: "es2022",
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      rolldownOptions: {
        input: [
          "index.html",
          "method.html",
          "embed.html",
          "src/runtime/page/start.js",
          "src/offline/service-worker/service-worker.js",
        ],
        output: {
          // The server puts the list of files in front of it, and serves it under another name.
          entryFileNames: (/** @type {{name: string}} */ { name }) =>
            name === "service-worker" ? "[name].js" : "assets/[name]-[hash].js",
        },
      },
    },
    worker: { format: /** @type {const} */ ("es"), plugins: () => [runtimeIndex(index)] },
    define: { EXHIBIT_IDS: JSON.stringify(exhibitIds()) },
    plugins: [
      exhibitStyles(),
      placeMessages(),
      runtimeIndex(index),
      startFirst(),
      writeSamples(),
      placeRuntime(),
    ],
  };
});
