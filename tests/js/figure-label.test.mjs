/** Figures, devices and reasons in words: in English as the core tells them, in Spanish from the catalogue. */

import "./english.mjs";
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { catalogue } from "../../web/build/messages.js";
import {
  countryName,
  deviceName,
  label,
  profileName,
  sourceWords,
  whyWords,
} from "../../web/src/energy/figure-label.js";
import { speak } from "../../web/src/shared/messages.js";

const spanish = () => speak("es", catalogue("es"));
afterEach(() => speak("en", catalogue("en")));

const LABELS = {
  "For one answer": "Por cada respuesta",
  "With the electricity of France": "Con la electricidad de Francia",
  "Above idle, up to 2.5 of 8 threads busy":
    "Por encima del reposo, con hasta 2,5 de 8 hilos ocupados",
  "One busy core of an unknown processor, above idle":
    "Un núcleo ocupado de un procesador desconocido, por encima del reposo",
  "Drawn under load, battery soak, 2026-01-31": "Consumo con carga, prueba de batería, 2026-01-31",
  "What a newer server tells": "What a newer server tells",
};
const SOURCES = {
  "10000 test inputs, with a 95 % interval": "10000 entradas de prueba, con un intervalo del 95 %",
  "RAPL counters of 2 packages and their memory (no mains adapter, disk or fan), over 1.2 s; whatever else the machine ran in them counts too":
    "contadores RAPL de 2 chips y su memoria (sin fuente de alimentación, disco ni ventilador), durante 1,2 s; también cuenta todo lo demás que hizo la máquina en ellos",
};
const DEVICES = {
  "Laptop, model unknown, 8 threads": "Portátil, modelo desconocido, 8 hilos",
  "Your figure: 7.5 W": "Tu cifra: 7,5 W",
  "Laptop with an Intel Celeron N4000 or N4020": "Portátil con un Intel Celeron N4000 o N4020",
  "Laptop with an Intel Core i5-8250U, i5-8265U or another of the 8th generation":
    "Portátil con un Intel Core i5-8250U, i5-8265U u otro de la 8.ª generación",
  "Phone with a Snapdragon 8 Gen 1 to 3 or Elite": "Teléfono con un Snapdragon 8 Gen 1 a 3 o Elite",
  "MacBook Air with an M2": "MacBook Air con un M2",
  "Raspberry Pi 4": "Raspberry Pi 4",
};

test("in English all of it is as the core tells it", () => {
  for (const text of Object.keys(LABELS)) assert.equal(label({ label: text }), text);
  for (const text of Object.keys(SOURCES))
    assert.deepEqual(sourceWords(text), { text, lang: undefined });
  for (const text of Object.keys(DEVICES)) assert.equal(deviceName(text), text);
  assert.equal(countryName({ name: "Cote d'Ivoire" }), "Cote d'Ivoire");
});

test("in Spanish it is from the catalogue, with the values in it", () => {
  spanish();
  for (const [text, words] of Object.entries(LABELS)) assert.equal(label({ label: text }), words);
  for (const [source, text] of Object.entries(SOURCES))
    assert.deepEqual(sourceWords(source), { text, lang: undefined });
  for (const [name, words] of Object.entries(DEVICES)) assert.equal(profileName({ name }), words);
});

test("bibliography stays English, and says so", () => {
  const text = "EU energy labels of lamps of 806 lumen";
  for (const language of ["en", "es"]) {
    speak(language, catalogue(language));
    assert.deepEqual(sourceWords(text), { text, lang: "en" });
  }
});

test("countries are named by the browser, also those that it names otherwise", () => {
  spanish();
  assert.equal(countryName({ name: "Germany" }), "Alemania");
  assert.equal(countryName({ name: "United Kingdom" }), "Reino Unido");
  assert.equal(countryName({ name: "Cote d'Ivoire" }), "Côte d’Ivoire");
  assert.equal(countryName({ name: "Saint Lucia" }), "Santa Lucía");
  assert.equal(countryName({ name: "Nowhere" }), "Nowhere");
});

const WHY = /** @type {[string, Record<string, string | number>, string][]} */ ([
  [
    "fits",
    { chip: "Apple M2", threads: 8, profile: "MacBook Air with an M2" },
    "Your browser names its graphics chip as Apple M2 and says that there are 8 threads: a MacBook Air with an M2 fits.",
  ],
  [
    "fits",
    { chip: "Intel UHD Graphics 600", threads: 1, profile: "Laptop with an Intel Celeron N4500" },
    "Your browser names its graphics chip as Intel UHD Graphics 600 and says that there is 1 thread: a laptop with an Intel Celeron N4500 fits.",
  ],
  [
    "stand-in",
    { chip: "V3D", threads: 0, profile: "Laptop with an AMD Ryzen 5 4500U" },
    "Your browser names its graphics chip as V3D, but no battery: a laptop with an AMD Ryzen 5 4500U has the same chip, and a screen besides.",
  ],
  [
    "likely",
    { chip: "Mali-G72", threads: 4, profile: "Android tablet of the upper class (Galaxy Tab S)" },
    "Your browser names its graphics chip as Mali-G72 and says that there are 4 threads, which fits more than one device: an Android tablet of the upper class (Galaxy Tab S) is a likely one.",
  ],
  [
    "broad",
    { chip: "RTX", threads: 24, profile: "Gaming tower (Core i7, i9, Ryzen 7, 9)" },
    "Your browser names its graphics chip as RTX and says that there are 24 threads: that tells a gaming tower (Core i7, i9, Ryzen 7, 9), not which, so that one in the middle stands for all of them.",
  ],
  [
    "one-of-many",
    { word: "iPhone" },
    "Your browser says that this is an iPhone, but not which: one in the middle stands for all of them.",
  ],
  [
    "named",
    { word: "SM-A515F", profile: "Phone with an Exynos of the middle class (Galaxy A50 to A55)" },
    "Your browser names this device SM-A515F: a phone with an Exynos of the middle class (Galaxy A50 to A55) fits.",
  ],
  [
    "mac",
    { profile: "MacBook with an Apple chip" },
    "Your browser says that this is a Mac, but not which: a MacBook with an Apple chip is likely, one in the middle.",
  ],
  [
    "small-phone",
    { memory: 0.5, profile: "iPad with A12 to A16 (plain iPad, mini, Air 4)" },
    "Your browser tells a phone with 0.5 GB of memory: an iPad with A12 to A16 (plain iPad, mini, Air 4) is likely.",
  ],
  [
    "of-kind",
    { kind: "laptop", reason: "other", chip: "Unheard-of 9000" },
    "Your browser tells a laptop by its battery, but its graphics chip, Unheard-of 9000, is not in our table, so one of its kind stands for it, with a wide range: choose yours if you know it.",
  ],
  [
    "of-kind",
    { kind: "desktop", reason: "none", chip: "" },
    "Your browser tells a desktop computer by having no battery, but no graphics chip is named, so one of its kind stands for it, with a wide range: choose yours if you know it.",
  ],
  [
    "guess",
    { threads: 4, kind: "laptop", reason: "software", chip: "" },
    "Your browser says that there are 4 threads, and its graphics are drawn in software, so that no chip is named: a laptop is a guess, with a wide range; choose yours if you know it.",
  ],
  [
    "guess",
    { threads: 0, kind: "board", reason: "masked", chip: "" },
    "Your browser says little about this device, and it names only a group of graphics chips: a board is a guess, with a wide range; choose yours if you know it.",
  ],
]);

for (const [code, values, words] of WHY)
  test(`why a device is proposed is one sentence: ${code} ${JSON.stringify(values)}`, () => {
    assert.equal(whyWords({ code: `device-${code}`, values }), words);
    spanish();
    const inSpanish = whyWords({ code: `device-${code}`, values });
    assert.match(inSpanish, /^Tu navegador .+\.$/);
    assert.doesNotMatch(inSpanish, / {2}|\b(?:the|with|laptop|phone)\b/);
  });

test("in Spanish a device has its article, and common names are written small", () => {
  spanish();
  const say = (/** @type {string} */ profile) =>
    whyWords({ code: "device-mac", values: { profile } });
  assert.match(
    say("Laptop with an Intel N100 or N200"),
    /sea un portátil con un Intel N100 o N200,/,
  );
  assert.match(say("Gaming tower (Core i7, i9, Ryzen 7, 9)"), /sea una torre para juegos/);
  assert.match(say("Raspberry Pi 4"), /sea una Raspberry Pi 4,/);
});

test("text that is no message stays as it is", () => {
  assert.equal(whyWords("You chose it."), "You chose it.");
});
