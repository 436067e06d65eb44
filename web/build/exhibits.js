/** Finds the exhibits: which there are, in which order, and their styles. */

import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "../..");
const EXHIBITS = join(ROOT, "web/src/exhibits");
const STYLES = join(ROOT, "web/src/styles.css");
const MANIFEST = join(ROOT, "models/manifest.json");

/** The exhibits' ids: in the order of the manifest, whose first is the one that a visitor sees first. */
export function exhibitIds() {
  const listed = Object.keys(JSON.parse(readFileSync(MANIFEST, "utf8")).exhibits);
  const place = (/** @type {string} */ id) => (listed.indexOf(id) + 1 || Infinity) - 1;
  const folders = readdirSync(EXHIBITS, { withFileTypes: true }).filter((each) =>
    each.isDirectory(),
  );
  return folders.map(({ name }) => name).sort((a, b) => place(a) - place(b));
}

/**
 * A Vite plugin that adds the exhibits' style sheets to the page's.
 *
 * @returns {import("vite").Plugin}
 */
export function exhibitStyles() {
  return {
    name: "exhibit-styles",
    enforce: "pre",
    transform: (code, id) => (id === STYLES ? `${code}${styles()}` : null),
  };
}

/** The exhibits' own style sheets, behind those of the page. */
function styles() {
  const paths = readdirSync(EXHIBITS, { recursive: true, encoding: "utf8" });
  return paths
    .filter((path) => path.endsWith(".css"))
    .sort()
    .map((path) => `@import "./exhibits/${path}";\n`)
    .join("");
}
