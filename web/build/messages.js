/**
 * The catalogues: all of a language's .ftl files as one module, `virtual:messages/<language>`. It also puts itself where the
 * page's program finds it at once, when a page loads it as a script of its own.
 */

import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { FluentResource } from "@fluent/bundle";

const WEB = join(dirname(fileURLToPath(import.meta.url)), "..");
const EXHIBITS = join(WEB, "src/exhibits");
const NAME = "virtual:messages/";
/** Rooms that a visitor may never open: their messages come with their program, see their words.js. */
const LATE = ["added", "bill", "language-model", "own"];

/** The files of one language: one of each room, and each exhibit's own. @param {string} language */
export function catalogueFiles(language) {
  const rooms = join(WEB, "locales", language);
  const own = readdirSync(EXHIBITS).map((id) => join(EXHIBITS, id, "messages", `${language}.ftl`));
  return [
    ...readdirSync(rooms)
      .filter((name) => name.endsWith(".ftl"))
      .sort()
      .map((name) => join(rooms, name)),
    ...own.filter((path) => existsSync(path)),
  ];
}

/** @param {string} language @param {string[]} [without] rooms */
export function catalogue(language, without = []) {
  return catalogueFiles(language)
    .filter((path) => !without.some((room) => path.endsWith(`/${language}/${room}.ftl`)))
    .map((path) => readFileSync(path, "utf8"))
    .join("\n");
}

/** What can be said in a catalogue, and the values that each message takes. @param {string} text */
export function messages(text) {
  return new Map(
    new FluentResource(text).body.map(({ id, value }) => [id, [...variables(value)].sort()]),
  );
}

/** @param {any} part of a message @param {Set<string>} found @returns {Set<string>} */
function variables(part, found = new Set()) {
  if (part?.type === "var") found.add(part.name);
  else if (part && typeof part === "object")
    for (const each of Object.values(part)) variables(each, found);
  return found;
}

/** Without its comments, which are for translators. @param {string} text */
function stripped(text) {
  return text.replaceAll(/^#.*\n/gm, "").replaceAll(/\n{2,}/g, "\n");
}

/** @returns {import("vite").Plugin} */
export function placeMessages() {
  return {
    name: "place-messages",
    resolveId: (id) => (id.startsWith(NAME) ? `\0${id}` : null),
    load(id) {
      if (!id.startsWith(`\0${NAME}`)) return null;
      const language = id.slice(NAME.length + 1);
      for (const path of catalogueFiles(language)) this.addWatchFile(path);
      const text = JSON.stringify(stripped(catalogue(language, LATE)));
      return `export default (globalThis.catalogues ??= {})[${JSON.stringify(language)}] = ${text};`;
    },
  };
}
