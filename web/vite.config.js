/** How the page is built: `vite build` makes web/dist, which the server serves as it is. */

import { defineConfig } from "vite";
import { placeRuntime, runtimeIndex, stageRuntime } from "./build/runtime.js";

export default defineConfig(async () => {
  const wheel = process.env.HUNDREDFOLD_NUMPY_WHEEL;
  if (!wheel) throw new Error("build the page with `hundredfold prepare`: it fetches numpy first");
  const index = await stageRuntime(wheel);
  return {
    build: {
      target: "es2022",
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      rolldownOptions: { input: ["index.html", "method.html"] },
    },
    worker: { format: /** @type {const} */ ("es"), plugins: () => [runtimeIndex(index)] },
    plugins: [runtimeIndex(index), placeRuntime()],
  };
});
