/** The catalogues say the same in every language, all that is asked of them, and nothing that nobody asks. */

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { catalogue, catalogueFiles, messages as read } from "../../web/build/messages.js";
import { LANGUAGES } from "../../web/src/shared/languages.js";
import { inWords, list, number, say, speak } from "../../web/src/shared/messages.js";
import { longer, mirrored } from "../../web/src/shared/pseudo.js";

const WEB = new URL("../../web/", import.meta.url).pathname;

/** @param {string} language */
const messages = (language) => read(catalogue(language));

for (const language of Object.keys(LANGUAGES)) {
  test(`${language} has every message, with the same values in it`, () => {
    assert.deepEqual(new Map([...messages(language)].sort()), new Map([...messages("en")].sort()));
  });

  test(`no message of ${language} is written twice or can not be read`, () => {
    for (const path of catalogueFiles(language)) {
      const written = readFileSync(path, "utf8").match(/^[a-z][\w-]*(?= *=)/gm) ?? [];
      assert.equal(read(readFileSync(path, "utf8")).size, written.length, path);
    }
    const all = catalogue(language).match(/^[a-z][\w-]*(?= *=)/gm) ?? [];
    assert.deepEqual(
      all.filter((id, index) => all.indexOf(id) < index),
      [],
    );
  });
}

test("no message is left over: each is said somewhere, by its whole name or by its beginning", () => {
  const sources = ["src", "build"].flatMap((folder) =>
    readdirSync(join(WEB, folder), { recursive: true })
      .filter((name) => name.endsWith(".js"))
      .map((name) => readFileSync(join(WEB, folder, name), "utf8")),
  );
  const core = readdirSync(join(WEB, "../py_src/hundredfold"), { recursive: true })
    .filter((name) => name.endsWith(".py"))
    .map((name) => readFileSync(join(WEB, "../py_src/hundredfold", name), "utf8"));
  const pages = ["index.html", "embed.html"].map((name) => readFileSync(join(WEB, name), "utf8"));
  const text = [...sources, ...core, ...pages].join("\n");
  const begun = [...text.matchAll(/[`"']([a-z]+(?:-[a-z0-9]+)*-)(?:\$\{|["'])/g)].map(
    ([, start]) => start,
  );
  const left = [...messages("en").keys()].filter(
    (id) =>
      !text.includes(id) &&
      !begun.some((start) => id.startsWith(start)) &&
      !/-(label|description)$/.test(id),
  );
  assert.deepEqual(left, []);
});

test("what is said has its values in it, written as the language writes them", () => {
  speak("es", "much = Son { $n } J\nmany = { $n ->\n    [one] una\n   *[other] { $n } cosas\n }\n");
  assert.equal(say("much", { n: 1234567.5 }), "Son 1.234.567,5 J");
  assert.equal(say("many", { n: 1 }), "una");
  assert.equal(inWords({ code: "many", values: { n: 3 } }), "3 cosas");
  assert.equal(inWords("as it is"), "as it is");
  assert.equal(number(0.5, { minimumFractionDigits: 2 }), "0,50");
  assert.equal(list(["a", "b", "c"]), "a, b y c");
  assert.throws(() => say("none"), /no catalogue has the message none/);
  assert.throws(() => say("much"), /much/);
});

test("a language that nobody speaks shows what came from a catalogue, and is half as long again", () => {
  const sentences = [...catalogue("en").matchAll(/^[a-z][\w-]* = ([^{\n]+)$/gm)].map(
    ([, text]) => text,
  );
  const letters = (/** @type {string[]} */ texts) => texts.join("").length;
  assert.ok(sentences.length > 200);
  assert.ok(letters(sentences.map(longer)) >= 1.5 * letters(sentences));
  assert.ok(!/[a-z]/i.test(longer("Here was quicker, counting the way to the server.")));
  assert.match(mirrored("left"), /^\u202eleft\u202c$/);
});
