/** Fetches the files of models/ for Python, those of the first answer ahead of time. */

import { pending } from "./ort.js";

/** @typedef {{id: string, file: string, sha256: string, golden: string, runs: string[]}} Variant */

export class Models {
  /** @type {Map<string, Promise<Uint8Array>>} */
  #ahead = new Map();

  /** Python asks with this for a file of models/; with its sha256, the browser may keep it for ever. */
  fetch = (/** @type {string} */ file, /** @type {string} */ sha256) => {
    const url = address(file, sha256);
    const bytes = this.#ahead.get(url) ?? load(url);
    this.#ahead.delete(url);
    return pending(bytes.then((content) => [content]));
  };

  /**
   * The manifest as text. Also starts to fetch what the first exhibit's first answer will most likely need; Python,
   * which comes up later, decides what it uses.
   */
  async manifest() {
    const text = new TextDecoder().decode(await load(address("manifest.json", "")));
    /** @type {{exhibits: Record<string, {variants: Variant[]}>}} */
    const { exhibits } = JSON.parse(text);
    for (const { variants } of Object.values(exhibits).slice(0, 1)) {
      const last = variants.filter(({ runs }) => runs.includes("here")).at(-1);
      if (last) this.#start(address(last.file, last.sha256), address(last.golden, ""));
    }
    return text;
  }

  /** @param {string[]} urls */
  #start(...urls) {
    for (const url of urls) {
      const bytes = load(url);
      bytes.catch(() => {}); // whoever asks for it will hear
      this.#ahead.set(url, bytes);
    }
  }
}

/**
 * @param {string} file
 * @param {string} sha256
 */
function address(file, sha256) {
  return `/models/${file}${sha256 && `?sha256=${sha256}`}`;
}

/** @param {string} url */
async function load(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: the server answered ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
