/** What the service worker says in its own words is what the catalogues have, in every language. */

import assert from "node:assert/strict";
import test from "node:test";
import { catalogue } from "../../web/build/messages.js";
import { LANGUAGES } from "../../web/src/shared/languages.js";
import { inWords, say, speak } from "../../web/src/shared/messages.js";

const SCOPE = "https://host.example/a/";
globalThis.self = { site: { build: "0123", files: [] }, registration: { scope: SCOPE } };
const { page, problem, WORDS } = await import("../../web/src/offline/service-worker/answers.js");

const MISSING = { code: "offline-file-missing-off", values: { file: "models/$&.onnx" } };

test("it has every language", () => {
  assert.deepEqual(Object.keys(WORDS), Object.keys(LANGUAGES));
});

for (const language of Object.keys(LANGUAGES))
  test(`it says in ${language} what the catalogue says`, () => {
    speak(language, catalogue(language));
    assert.deepEqual(Object.keys(WORDS[language]), Object.keys(WORDS.en));
    for (const [code, text] of Object.entries(WORDS[language]))
      assert.equal(text, say(code, { file: "%s" }));
  });

test("a program reads English, and can say it in another language", async () => {
  const response = problem(504, "A file is missing", MISSING);
  const { detail, message } = await response.json();
  assert.equal(response.headers.get("X-Hundredfold"), "A file is missing");
  speak("en", catalogue("en"));
  assert.equal(inWords(message), detail);
  speak("es", catalogue("es"));
  assert.match(inWords(message), /^models\/\$&\.onnx no está guardado/);
});

test("a visitor reads it in every language, one after the other", async () => {
  const response = page(MISSING);
  assert.equal(response.status, 504);
  const parts = (await response.text()).split("<div ").slice(1);
  assert.equal(parts.length, Object.keys(LANGUAGES).length);
  for (const [index, language] of Object.keys(LANGUAGES).entries()) {
    speak(language, catalogue(language));
    assert.ok(parts[index].startsWith(`lang="${language}"`));
    assert.ok(parts[index].includes(inWords(MISSING)));
    assert.ok(parts[index].includes(`<a href="${SCOPE}">${say("offline-page-back")}</a>`));
  }
});
