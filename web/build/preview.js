/** Writes what a shared link shows into every built page: its title, its sentence, and a picture of the page. */

import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { exhibitIds } from "./exhibits.js";
import { catalogue } from "./messages.js";
import { DEFAULT, LANGUAGES, pageFile } from "../src/shared/languages.js";
import { say, speak } from "../src/shared/messages.js";

const [WIDTH, HEIGHT] = [1200, 630];
const TITLE = /<title>\s*(.*?)\s*<\/title>/s;
const DESCRIPTION = /<meta\s+name="description"\s+content="([^"]*)"\s*\/?>/;

/**
 * The pages of `target`, all of which are there. Addresses and the picture's must be whole, as readers of such links take
 * no others: those lines wait in a comment, `<!-- preview: ... -->`, for a server or an export that knows its address and
 * puts it in the place of `{url}`.
 *
 * @param {string} target
 */
export function placePreviews(target) {
  const names = readdirSync(target, { recursive: true, encoding: "utf8" });
  for (const name of names.filter((each) => each.endsWith(".html"))) {
    const file = join(target, name);
    writeFileSync(file, previewed(readFileSync(file, "utf8"), name, target));
  }
}

/** @param {string} html @param {string} name of its file, from the site's folder @param {string} target */
function previewed(html, name, target) {
  const named = /<html lang="([\w-]+)"/.exec(html)?.[1] ?? DEFAULT;
  const language = Object.hasOwn(LANGUAGES, named) ? named : DEFAULT;
  const [, exhibit = ""] = /^embed\/([^/]+)\//.exec(name) ?? [];
  const of = told(exhibit, language);
  const title = of.title || TITLE.exec(html)?.[1];
  const found = DESCRIPTION.exec(html);
  if (!title || !found) throw new Error(`${name} has no title or no description to share it by`);
  const pictures = [language, DEFAULT].map((each) => `preview/${each}.png`);
  const picture = pictures.find((each) => existsSync(join(target, each)));
  const address = name.replace(/index(\.[\w-]+)?\.html$/, "");
  const query = name.endsWith(pageFile(named)) && named !== DEFAULT ? `?lang=${named}` : "";
  const lines = [
    property("og:type", "website"),
    property("og:site_name", "Hundredfold"),
    property("og:title", title),
    property("og:description", of.description || found[1]),
    '<meta name="twitter:card" content="summary_large_image" />',
  ];
  if (!picture)
    throw new Error("there is no web/public/preview/en.png: restore it, as by git checkout");
  const whole = [
    property("og:url", `{url}${address}${query}`),
    property("og:image", `{url}${picture}`),
    property("og:image:width", `${WIDTH}`),
    property("og:image:height", `${HEIGHT}`),
    property("og:image:alt", of.alt),
  ];
  const written = `${lines.join("\n    ")}\n    <!-- preview: ${whole.join("\n    ")} -->`;
  return html.replace(found[0], () => `${found[0]}\n    ${written}`);
}

/** What is said of an exhibit's own page; "" where the page itself says it. @param {string} exhibit @param {string} language */
function told(exhibit, language) {
  speak(language, catalogue(language));
  const alt = escaped(say("page-preview"));
  if (!exhibitIds().includes(exhibit)) return { title: "", description: "", alt };
  const [title, description] = ["label", "description"].map((each) =>
    escaped(say(`${exhibit}-${each}`)),
  );
  return { title: `${title}: Hundredfold`, description, alt };
}

/** @param {string} name @param {string} content */
function property(name, content) {
  return `<meta property="${name}" content="${content}" />`;
}

/** @param {string} text */
function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
