/**
 * Figures, devices and countries in the visitor's language. The core names them in English, as it does for whoever asks
 * its API: a message stands for each such text, by the text itself, or by a pattern where it has values in it.
 */

import { has, number, say, spoken } from "../shared/messages.js";

/** @typedef {import("../shared/messages.js").Message} Message */
/** @typedef {[pattern: RegExp, code: string][]} Patterns the values of a message are its pattern's groups */

/** Labels and sources of figures with values in them. A test of the core reads these lines: one pattern each. */
const FIGURES = /** @type {Patterns} */ ([
  [/^With the electricity of (?<country>.+)$/, "figures-electricity-of"],
  [/^Above idle, up to (?<busy>\S+) of (?<threads>\d+) threads busy$/, "figures-threads-busy"],
  [/^TDP of (?<processor>.+)$/, "figures-tdp-of"],
  [/^One busy core of (?<processor>.+), above idle$/, "figures-busy-core-of"],
  [/^Drawn under load, (?<how>.+)$/, "figures-drawn-under-load"],
  [/^Drawn when idle, (?<how>.+)$/, "figures-drawn-when-idle"],
  [/^(?<count>\d+) windows timed on this machine$/, "figures-windows-timed"],
  [/^the mean of (?<count>\d+) answers, by the CPU clock .+ threads$/, "figures-mean-of-answers"],
  [/^(?<count>\d+) test inputs, with a 95 % interval$/, "figures-test-inputs"],
  [/^Our World in Data for (?<year>\d+), .+ may be (?<times>\S+) times off$/, "figures-grid-data"],
  [/^plug-in meter, (?<date>\S+)$/, "figures-plug-in-meter"],
  [/^battery soak, (?<date>\S+)$/, "figures-battery-soak"],
  [/^levels from (?<from>\d+)% to (?<to>\d+)%, in steps of (?<step>\d+)%$/, "figures-levels"],
  [/^(?<threads>\d+) threads share (?<cores>\d+) cores: .+ own$/, "figures-shared-cores"],
  [/^(?<covers>.+): the lowest window ever seen$/, "figures-lowest-window"],
  [/^(?<covers>.+), over (?<seconds>\S+) s; whatever else .+ too$/, "figures-over-seconds"],
  [/^RAPL counters of (?<count>\d+) packages and their memory \(.+\)$/, "figures-rapl-whole"],
  [/^RAPL counters of (?<count>\d+) packages and .+ of (?<some>\d+) of .+$/, "figures-rapl-some"],
  [/^RAPL counters of (?<count>\d+) packages, whose memory .+$/, "figures-rapl-bare"],
  [/^Zeus: the energy counter of (?<count>\d+) GPUs$/, "figures-gpus"],
  [/^stated by the server's operator as (?<variable>\w+), .+ 10 %$/, "figures-stated"],
  [/^No one device: the (?<count>\d+) .+ have (?<threads>\d+) threads, .+$/, "figures-alike"],
]);
/** Names of devices, and of chips in them, likewise. */
const DEVICES = /** @type {Patterns} */ ([
  [/^(?<name>.+, model unknown), (?<threads>\d+) threads$/, "device-with-threads"],
  [/^Your figure: (?<watts>\S+) W$/, "device-typed"],
  [/^A processor of (?<watts>\S+) W TDP$/, "device-tdp"],
  [/^This device, measured \(plug-in meter, (?<date>\S+)\)$/, "device-metered"],
  [/^This device, measured \(battery soak, (?<date>\S+)\)$/, "device-soaked"],
  [/^(?<kind>[A-Z][A-Za-z ]+?) with (?<article>an?) (?<chip>.+)$/, "device-with-chip"],
  [/^(?<chip>.+) or another of the (?<nth>\d+)th generation$/, "device-chip-generation"],
  [/^(?<chip>.+) or similar$/, "device-chip-similar"],
  [/^(?<one>.+) or (?<other>.+)$/, "device-chip-or"],
]);
/** Their names begin a sentence of their own; within another one they are written small. */
const COMMON = /^(?:Laptop|Phone|Tablet|Desktop|Office|Small|Gaming|Board|Android)\b/;
/** Countries that Intl names otherwise than the core's table. */
const OTHERWISE = /** @type {Record<string, string>} */ ({
  "Antigua and Barbuda": "AG",
  "Bosnia and Herzegovina": "BA",
  Congo: "CG",
  "Cote d'Ivoire": "CI",
  "Democratic Republic of Congo": "CD",
  "East Timor": "TL",
  "Hong Kong": "HK",
  Macao: "MO",
  Myanmar: "MM",
  Palestine: "PS",
  Reunion: "RE",
  "Saint Helena": "SH",
  "Saint Kitts and Nevis": "KN",
  "Saint Lucia": "LC",
  "Saint Pierre and Miquelon": "PM",
  "Saint Vincent and the Grenadines": "VC",
  "Sao Tome and Principe": "ST",
  "Trinidad and Tobago": "TT",
  Turkey: "TR",
  "Turks and Caicos Islands": "TC",
  "United States Virgin Islands": "VI",
});
/** Countries by their English names. @type {Map<string, string> | null} */
let regions = null;

/** What a figure is, in words. @param {{label: string}} figure */
export function label(figure) {
  return labelWords(figure.label);
}

/** @param {string} text a figure's label */
export function labelWords(text) {
  return ofFigures(text) ?? text;
}

/**
 * Where a figure comes from. Bibliography stays English in every language, and `lang` says so.
 *
 * @param {string} source
 * @returns {{text: string, lang: string | undefined}}
 */
export function sourceWords(source) {
  const text = ofFigures(source);
  return { text: text ?? source, lang: text === null ? "en" : undefined };
}

/** A device's name; proper names stay. @param {string} text */
export function deviceName(text) {
  return inCatalogue(text, "device-name-", DEVICES, deviceName) ?? text;
}

/** @param {{name: string}} profile */
export function profileName({ name }) {
  return deviceName(name);
}

/** @param {{name: string}} country by its English name */
export function countryName({ name }) {
  if (spoken() === "en") return name;
  regions ??= named();
  const code = OTHERWISE[name] ?? regions.get(name);
  return (code && new Intl.DisplayNames(spoken(), { type: "region" }).of(code)) || name;
}

/** Why a device is proposed. @param {Message | string} why */
export function whyWords(why) {
  if (typeof why === "string") return why;
  const { chip = "", profile = "", ...values } = why.values ?? {};
  const what = profile ? inSentence(`${profile}`) : "";
  return say(why.code, { ...values, chip: deviceName(`${chip}`), what });
}

/** "an iPad with A12 to A16": a device within a sentence. @param {string} name */
function inSentence(name) {
  const words = deviceName(name);
  const isSmall = COMMON.test(name) && !words.startsWith("Android");
  return say("device-what", {
    first: name.split(" ")[0],
    name: isSmall ? words[0].toLowerCase() + words.slice(1) : words,
  });
}

/** @param {string} text */
function ofFigures(text) {
  return inCatalogue(text, "figures-", FIGURES, labelWords);
}

/**
 * @param {string} text
 * @param {string} start of the codes
 * @param {Patterns} patterns
 * @param {(value: string) => string} within says the values
 * @returns {string | null} null: no message stands for it
 */
function inCatalogue(text, start, patterns, within) {
  const code = start + slug(text);
  if (has(code)) return say(code);
  for (const [pattern, code] of patterns) {
    const groups = pattern.exec(text)?.groups;
    if (!groups) continue;
    const values = Object.entries(groups).map(([name, value]) => {
      if (name === "country") return [name, countryName({ name: value })];
      return [name, /^\d+\.\d+$/.test(value) ? decimal(value) : within(value)];
    });
    return say(code, Object.fromEntries(values));
  }
  return null;
}

/** @param {string} text */
function slug(text) {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");
}

/** @param {string} digits */
function decimal(digits) {
  return number(Number(digits), { useGrouping: false, maximumFractionDigits: 20 });
}

/** All countries that this browser knows, by their English names. */
function named() {
  const names = new Intl.DisplayNames("en", { type: "region", fallback: "none" });
  const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
  const codes = letters.flatMap((one) => letters.map((other) => one + other));
  return new Map(codes.reverse().map((code) => [names.of(code) ?? "", code]));
}
