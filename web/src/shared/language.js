/** Which language the page speaks; its catalogue, and the page's own words in it. */

import { DEFAULT, firstKnown, LANGUAGES, pageFile, PSEUDO } from "./languages.js";
import { LocalStore } from "./local-store.js";
import { speak } from "./messages.js";

const CATALOGUES = /** @type {Record<string, () => Promise<{default: string}>>} */ ({
  en: () => import("virtual:messages/en"),
  es: () => import("virtual:messages/es"),
});
const KEPT = "language";
/** What the page consists of before its program runs. */
const WRITTEN = ["title", "body > header", "body > footer", "#own", ".story"];

/** What the address asks for, which is kept; else what was kept, or the first that the browser prefers. */
function chosen() {
  const store = new LocalStore("hundredfold");
  const asked = new URLSearchParams(location.search).get("lang") ?? "";
  if (Object.hasOwn(PSEUDO, asked)) return asked;
  const isOwn = document.documentElement.dataset.embed === undefined;
  if (isOwn && Object.hasOwn(LANGUAGES, asked)) store.set(KEPT, asked);
  return firstKnown([asked, store.get(KEPT), ...navigator.languages]);
}

/**
 * Speak the language that is chosen from now on, and show the page in it where it came in another. The page brings the
 * catalogue of its own language: null then, and nothing is waited for.
 *
 * @returns {Promise<void> | null}
 */
export function speakChosen() {
  const language = chosen();
  const pseudo = PSEUDO[language];
  const spoken = pseudo ? DEFAULT : language;
  const brought = /** @type {{catalogues?: Record<string, string>}} */ (globalThis).catalogues?.[
    spoken
  ];
  const written = document.documentElement.lang === language;
  if (!written || !brought) return speakLater(language, spoken, pseudo);
  speak(spoken, brought, pseudo);
  return null;
}

/** @param {string} language @param {string} spoken @param {Parameters<typeof speak>[2]} how */
async function speakLater(language, spoken, how) {
  const written = document.documentElement.lang === language ? null : inLanguage(language);
  speak(spoken, (await CATALOGUES[spoken]()).default, how);
  const other = await written;
  if (!other) return;
  for (const part of WRITTEN) {
    const [here, there] = [document.querySelector(part), other.querySelector(part)];
    if (here && there) here.replaceWith(document.adoptNode(there));
  }
  const { lang, dir } = other.documentElement;
  Object.assign(document.documentElement, { lang, dir });
}

/** The same page in another language; null where it can not be had now. @param {string} language */
async function inLanguage(language) {
  try {
    const response = await fetch(new URL(`./${pageFile(language)}`, location.href));
    if (!response.ok) return null;
    return new DOMParser().parseFromString(await response.text(), "text/html");
  } catch {
    return null;
  }
}
