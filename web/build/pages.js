/** Writes the pages in every language: what a visitor reads before any program runs, and where none does. */

import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { exhibitIds } from "./exhibits.js";
import { catalogue } from "./messages.js";
import { DEFAULT, LANGUAGES, PSEUDO } from "../src/shared/languages.js";
import { say, speak } from "../src/shared/messages.js";

/** The page's program: the messages come before it, so that it speaks at once. */
const MAIN = /<script [^>]*assets\/main-/;
const WEB = join(dirname(fileURLToPath(import.meta.url)), "..");

/**
 * Fill `index.html` and `embed.html` of the built page, and write them in the other languages beside it, as
 * `index.es.html`.
 *
 * Their places: `{{code}}` for a message (with %s for what watch.js puts in), `<!-- story -->` for what
 * locales/<language>/story.html holds, `<!-- languages -->` for links to the others, `<!-- exhibits: nav -->`, and
 * `<!-- exhibits: <part> -->` for each exhibit's prose/<part>.html (or prose/<language>/<part>.html). What is of another
 * exhibit than the first is hidden until a visitor goes there.
 *
 * @param {string} target
 */
export function placePages(target) {
  for (const name of ["index", "embed"]) {
    const template = readFileSync(join(target, `${name}.html`), "utf8");
    for (const language of [...Object.keys(LANGUAGES), ...Object.keys(PSEUDO)]) {
      const file = language === DEFAULT ? `${name}.html` : `${name}.${language}.html`;
      const spoken = PSEUDO[language] ? DEFAULT : language;
      const named = new RegExp(`^${spoken}-[\\w-]{8}\\.js$`);
      const words = readdirSync(join(target, "assets")).find((each) => named.test(each));
      const script = `<script type="module" src="./assets/${words}"></script>\n    `;
      writeFileSync(join(target, file), filled(template.replace(MAIN, `${script}$&`), language));
    }
  }
}

/** @param {string} template @param {string} language */
function filled(template, language) {
  const pseudo = PSEUDO[language];
  const spoken = pseudo ? DEFAULT : language;
  speak(spoken, catalogue(spoken), pseudo);
  const ids = exhibitIds();
  const written = (/** @type {string} */ path) => {
    const html = readFileSync(path, "utf8").trim();
    return pseudo
      ? html.replaceAll(
          /(^|>)([^<>]+)(?=<|$)/g,
          (_, before, text) => before + changed(text, pseudo),
        )
      : html;
  };
  const prose = (
    /** @type {string} */ id,
    /** @type {string} */ part,
    /** @type {number} */ index,
  ) => {
    const folder = join(WEB, "src/exhibits", id, "prose");
    const [own, plain] = [join(folder, spoken, `${part}.html`), join(folder, `${part}.html`)];
    const file = existsSync(own) ? own : plain;
    const lang = file === plain && spoken !== DEFAULT ? ` lang="${DEFAULT}"` : "";
    const opened = `<$1 data-exhibit="${id}"${lang}${index > 0 ? " hidden" : ""}`;
    return existsSync(file) ? written(file).replace(/^<(\w+)/, opened) : "";
  };
  const nav = () => ids.map((id) => `<a href="#${id}">${escaped(say(`${id}-label`))}</a>`);
  const links = Object.entries(LANGUAGES).map(([each, name]) => {
    const current = each === language ? ' aria-current="true"' : "";
    return `<a href="?lang=${each}" lang="${each}" hreflang="${each}" translate="no"${current}>${name}</a>`;
  });
  return template
    .replace(
      '<html lang="en" dir="ltr"',
      `<html lang="${language}" dir="${pseudo?.rightToLeft ? "rtl" : "ltr"}"`,
    )
    .replace("<!-- story -->", () => written(join(WEB, "locales", spoken, "story.html")))
    .replace("<!-- languages -->", links.join("\n"))
    .replaceAll(/<!-- exhibits: (\w+) -->/g, (_, part) =>
      (part === "nav" ? nav() : ids.map((id, index) => prose(id, part, index))).join("\n"),
    )
    .replaceAll(/\{\{([\w-]+)\}\}/g, (_, code) =>
      escaped(say(code === "page-description" ? `${ids[0]}-description` : code, { s: "%s" })),
    );
}

/** Text of a page, in a language that nobody speaks. @param {string} text @param {{transform: (text: string) => string}} pseudo */
function changed(text, { transform }) {
  return text.replaceAll(/&\w+;|[^&]+/g, (part) => (part.startsWith("&") ? part : transform(part)));
}

/** @param {string} text */
function escaped(text) {
  const names = /** @type {Record<string, string>} */ ({
    "&": "amp",
    "<": "lt",
    ">": "gt",
    '"': "quot",
  });
  return text.replaceAll(/[&<>"]/g, (each) => `&${names[each]};`);
}
