/** Fetches the files of models/ for Python, those of the first answer ahead of time. */

import { address } from "../../shared/address.js";
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
    const last = likelyFirst(text);
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
 * The variant of the first exhibit that is run here first; null where the manifest is not whole, of which Python tells.
 *
 * @param {string} text the manifest
 * @returns {Variant | null}
 */
export function likelyFirst(text) {
  try {
    const [{ variants }] = Object.values(JSON.parse(text).exhibits);
    const last = variants
      .filter((/** @type {Variant} */ each) => each.runs.includes("here"))
      .at(-1);
    const plain = /^\w[\w.-]*(\/\w[\w.-]*)*$/;
    const named = [last.file, last.golden].every(
      (name) => typeof name === "string" && plain.test(name),
    );
    return named && /^[0-9a-f]{64}$/.test(last.sha256) ? last : null;
  } catch {
    return null;
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
