/**
 * Keeps Python as it is after its start, so that the next start can begin there: a third of the time.
 *
 * Pyodide offers this as a private interface (`_makeSnapshot`, `_loadSnapshot`), so nothing depends on it: whatever goes
 * wrong with a snapshot, Python starts as it would without one. numpy, being compiled, can not be part of it.
 */

const CACHE = "hundredfold-snapshot";
const SHA256 = "X-Hundredfold-Sha256";

/** @typedef {{bytes: Uint8Array, forget: () => Promise<unknown>}} Snapshot */

/**
 * The kept snapshot of just this Python; null when there is none, or it is damaged.
 *
 * @param {string} url names the Python: changes with its version and its standard library
 * @returns {Promise<Snapshot | null>}
 */
export async function keptSnapshot(url) {
  try {
    const cache = await caches.open(CACHE);
    const kept = await cache.match(url);
    if (!kept) return null;
    const buffer = await kept.arrayBuffer();
    const forget = () => cache.delete(url);
    if ((await sha256(buffer)) === kept.headers.get(SHA256))
      return { bytes: new Uint8Array(buffer), forget };
    await forget();
  } catch {
    // no storage here: start without one
  }
  return null;
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
