/** Fetches the files of models/ for Python, those of the first answer ahead of time. */

import { address } from "./base.js";
import { orError } from "./downloads.js";
import { pending } from "./ort.js";

/** @typedef {{id: string, file: string, sha256: string, golden: string, runs: string[]}} Variant */

export class Models {
  /** @type {Map<string, Promise<Uint8Array>>} */
  #ahead = new Map();

  /** Python asks with this for a file of models/; with its sha256, the browser may keep it for ever. */
  fetch = (/** @type {string} */ file, /** @type {string} */ sha256) => {
    const url = place(file, sha256);
    const bytes = this.#ahead.get(url) ?? load(url);
    this.#ahead.delete(url);
    return pending(bytes.then((content) => [content]));
  };

  /**
   * The manifest as text, and the model that the first exhibit's first answer will most likely need, on its way; Python,
   * which comes up later, decides what it uses.
   *
   * @returns {Promise<{text: string, first: Promise<Uint8Array> | null}>}
   */
  async manifest() {
    const text = new TextDecoder().decode(await load(place("manifest.json", "")));
    /** @type {{exhibits: Record<string, {variants: Variant[]}>}} */
    const { exhibits } = JSON.parse(text);
    const [{ variants }] = Object.values(exhibits);
    const last = variants.filter(({ runs }) => runs.includes("here")).at(-1);
    if (!last) return { text, first: null };
    this.#start(place(last.golden, ""));
    return { text, first: this.#start(place(last.file, last.sha256)) };
  }

  /** @param {string} url */
  #start(url) {
    const bytes = load(url);
    bytes.catch(() => {}); // whoever asks for it will hear
    this.#ahead.set(url, bytes);
    return bytes;
  }
}

/**
 * @param {string} file
 * @param {string} sha256
 */
function place(file, sha256) {
  return address(`models/${file}${sha256 && `?sha256=${sha256}`}`);
}

/** @param {string} url */
async function load(url) {
  const response = await orError(await fetch(url));
  return new Uint8Array(await response.arrayBuffer());
}
