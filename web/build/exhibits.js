/** Puts the exhibits into the page: which there are, in which order, and what each says before any program runs. */

import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

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
 * A Vite plugin that fills the places `<!-- exhibits: nav -->` and `<!-- exhibits: <part> -->` of a page, the latter from
 * each exhibit's prose/<part>.html, and adds their style sheets to the page's. What is of another exhibit than the first is hidden until a visitor goes there.
 *
 * @returns {import("vite").Plugin}
 */
export function placeExhibits() {
  return {
    name: "place-exhibits",
    enforce: "pre",
    transformIndexHtml: { order: "pre", handler: fill },
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

/** @param {string} html */
async function fill(html) {
  const abouts = await Promise.all(exhibitIds().map(async (id) => ({ id, ...(await about(id)) })));
  const nav = abouts.map(({ id, label }) => `<a href="#${id}">${label}</a>`).join("\n");
  return html
    .replace("%description%", abouts[0].description)
    .replaceAll(/<!-- exhibits: (\w+) -->/g, (_, part) =>
      part === "nav" ? nav : abouts.map(({ id }, index) => prose(id, part, index > 0)).join("\n"),
    );
}

/** @param {string} id @returns {Promise<{label: string, description: string}>} */
async function about(id) {
  return (await import(pathToFileURL(join(EXHIBITS, id, "about.js")).href)).about;
}

/** @param {string} id @param {string} part @param {boolean} hidden */
function prose(id, part, hidden) {
  const file = join(EXHIBITS, id, "prose", `${part}.html`);
  if (!existsSync(file)) return "";
  const opened = `<$1 data-exhibit="${id}"${hidden ? " hidden" : ""}`;
  return readFileSync(file, "utf8")
    .trim()
    .replace(/^<(\w+)/, opened);
}
