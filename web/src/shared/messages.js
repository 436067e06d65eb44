/**
 * The page's words: every sentence is a message of a catalogue (web/locales/<language>/<room>.ftl, or messages/ of an
 * exhibit), in Mozilla's Fluent, which knows plurals and lets a translator turn a sentence round. Numbers, dates and
 * lists are written as the language writes them, by Intl.
 */

import { FluentBundle, FluentResource } from "@fluent/bundle";

/** What another world, a worker or the core, has to say to a visitor: which message, and what to put into it. */
/** @typedef {{code: string, values?: Values}} Message */
/** @typedef {Record<string, string | number>} Values */

/** @type {FluentBundle | null} */
let bundle = null;
let locale = "en";

/**
 * Speak a language from now on.
 *
 * @param {string} language as Intl knows it: "en", "es"
 * @param {string} catalogue all its messages
 * @param {{transform?: (text: string) => string, rightToLeft?: boolean}} [how]
 */
export function speak(language, catalogue, { transform, rightToLeft = false } = {}) {
  // What is put into a sentence is set apart where it may run the other way.
  bundle = new FluentBundle(language, { transform, useIsolating: rightToLeft });
  const [problem] = bundle.addResource(new FluentResource(catalogue));
  if (problem) throw problem;
  locale = language;
}

/** More messages of the language that is spoken. @param {string} catalogue */
export function learn(catalogue) {
  const [problem] = bundle?.addResource(new FluentResource(catalogue)) ?? [];
  if (problem) throw problem;
}

/** The language that is spoken, as Intl knows it. */
export function spoken() {
  return locale;
}

/** Whether there is such a message. @param {string} code */
export function has(code) {
  return Boolean(bundle?.hasMessage(code));
}

/**
 * A message in words. Numbers among the values choose its plurals, and are written by Intl; text is put in as it is.
 *
 * @param {string} code
 * @param {Values} [values]
 */
export function say(code, values) {
  const message = bundle?.getMessage(code);
  if (!bundle || !message?.value) throw new Error(`no catalogue has the message ${code}`);
  /** @type {Error[]} */
  const problems = [];
  const text = bundle.formatPattern(message.value, values, problems);
  if (problems.length) throw new Error(`message ${code}: ${problems[0].message}`);
  return text;
}

/** What another world had to say, in words; text comes back as it is. @param {Message | string} message */
export function inWords(message) {
  return typeof message === "string" ? message : say(message.code, message.values);
}

/** @param {number} value @param {Intl.NumberFormatOptions} [options] */
export function number(value, options) {
  return value.toLocaleString(locale, options);
}

/** "a, b and c" @param {string[]} items */
export function list(items) {
  return new Intl.ListFormat(locale, { type: "conjunction" }).format(items);
}
