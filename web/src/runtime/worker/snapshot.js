/**
 * Keeps Python as it is when it has imported what it needs, so that the next start can begin there.
 *
 * Pyodide offers this as a private interface (`_makeSnapshot`, `_loadSnapshot`), so nothing depends on it: whatever goes
 * wrong with a snapshot, Python starts as it would without one.
 */

import { named } from "../../shared/address.js";

const CACHE = named("hundredfold-snapshot");
const SHA256 = "X-Hundredfold-Sha256";

/**
 * @typedef {object} Snapshot
 * @property {string} url
 * @property {Uint8Array} bytes
 * @property {Promise<void>} checked rejects when it is not what was kept
 * @property {() => Promise<unknown>} forget
 */

/**
 * The kept snapshot of just this Python; null when there is none.
 *
 * @param {string} url names the Python: changes with all that it is made from
 * @returns {Promise<Snapshot | null>}
 */
export async function keptSnapshot(url) {
  try {
    const cache = await caches.open(CACHE);
    const kept = await cache.match(url);
    if (!kept) return null;
    const buffer = await kept.arrayBuffer();
    const checked = sha256(buffer).then((found) => {
      if (found !== kept.headers.get(SHA256)) throw new Error("the snapshot is damaged");
    });
    checked.catch(() => {}); // whoever uses it hears of it
    return { url, bytes: new Uint8Array(buffer), checked, forget: () => cache.delete(url) };
  } catch {
    return null; // no storage here: start without one
  }
}

/** Keep one, in the place of all others. @param {string} url @param {Uint8Array} snapshot */
export async function keepSnapshot(url, snapshot) {
  try {
    const bytes = /** @type {Uint8Array<ArrayBuffer>} */ (snapshot);
    const headers = { [SHA256]: await sha256(bytes) };
    await caches.delete(CACHE);
    await (await caches.open(CACHE)).put(url, new Response(bytes, { headers }));
  } catch {
    // no room: the next start takes as long as this one did
  }
}

/** @param {BufferSource} bytes */
async function sha256(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
