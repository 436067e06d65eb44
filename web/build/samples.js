/** Writes down what the samples of each exhibit ask, so that an export can record the answers without a browser. */

import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const EXHIBITS = join(dirname(fileURLToPath(import.meta.url)), "../src/exhibits");

/**
 * A Vite plugin that puts samples.json beside the built page: `{<exhibit>: [input, ...]}`, of every exhibit that has a
 * samples.js with a function `inputs`.
 *
 * @returns {import("vite").Plugin}
 */
export function writeSamples() {
  return {
    name: "write-samples",
    async generateBundle() {
      /** @type {Record<string, object[]>} */
      const asked = {};
      for (const path of readdirSync(EXHIBITS, { recursive: true, encoding: "utf8" }).sort()) {
        const [, exhibit] = path.match(/^([^/\\]+)[/\\]samples\.js$/) ?? [];
        if (!exhibit) continue;
        const { inputs } = await import(pathToFileURL(join(EXHIBITS, path)).href);
        if (inputs) asked[exhibit] = inputs();
      }
      this.emitFile({ type: "asset", fileName: "samples.json", source: JSON.stringify(asked) });
    },
  };
}
