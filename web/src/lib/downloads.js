/**
 * Starts all large downloads at once, counts their bytes as they arrive, and hands each response to whoever asks for it
 * with fetch(): Pyodide and the engine would fetch one after the other, and tell nobody how far they are.
 */

/** @typedef {import("./runtime.js").RuntimeFile} RuntimeFile */

const REPORT_EVERY_MS = 100;

/** A file that can not be had; whoever waits for it says so. */
export class DownloadError extends Error {}

/**
 * @param {RuntimeFile[]} files
 * @param {(loadedBytes: number, totalBytes: number) => void} onProgress bytes as the server sends them
 * @returns {{fetch: typeof fetch, lost: (folder: string) => Promise<never>}} `fetch` knows the files under way; `lost`
 *   rejects when one in a folder can not be fetched, which Pyodide may keep to itself
 */
export function startDownloads(files, onProgress) {
  const plainFetch = fetch;
  const totalBytes = files.reduce((sum, file) => sum + file.sentBytes, 0);
  const arrived = new Map(files.map((file) => [file.url, 0]));
  let reported = -Infinity;

  /** @param {RuntimeFile} file @param {number} share */
  function note(file, share) {
    arrived.set(file.url, file.sentBytes * Math.min(1, share));
    const loadedBytes = [...arrived.values()].reduce((sum, bytes) => sum + bytes, 0);
    const now = performance.now();
    if (now - reported < REPORT_EVERY_MS && loadedBytes < totalBytes) return;
    reported = now;
    onProgress(loadedBytes, totalBytes);
  }

  /** @param {RuntimeFile} file */
  async function start(file) {
    // The browser holds a checked response back until it is complete: good for zips, not for code compiled on the way.
    const checked = file.url.endsWith(".zip") ? { integrity: file.integrity } : {};
    const response = await plainFetch(file.url, { credentials: "same-origin", ...checked }).catch(
      async (error) => {
        // A failed check looks like a lost network: only another look tells which it was.
        const { ok, status } = await plainFetch(file.url, { method: "HEAD" });
        if (ok)
          throw new DownloadError(`${file.url} is not the file that was built (${error.message})`);
        throw new DownloadError(`${file.url}: the server answered ${status}`);
      },
    );
    if (!response.ok) {
      throw new DownloadError(`${file.url}: the server answered ${response.status}`);
    }
    count(response.clone(), (bytes) => note(file, bytes / file.bytes)).catch(() => {});
    return response;
  }

  const underWay = new Map(files.map((file) => [file.url, start(file)]));
  const all = [...underWay];
  onProgress(0, totalBytes);
  return {
    lost: (folder) =>
      new Promise((_, reject) => {
        for (const [url, download] of all) if (url.startsWith(folder)) download.catch(reject);
      }),
    fetch: (input, init) => {
      const url = new URL(input instanceof Request ? input.url : input, location.href);
      const download = url.origin === location.origin ? underWay.get(url.pathname) : undefined;
      if (!download) return plainFetch(input, init);
      underWay.delete(url.pathname);
      return download;
    },
  };
}

/**
 * @param {Response} response
 * @param {(bytes: number) => void} onBytes hears the running total
 */
async function count(response, onBytes) {
  const reader = response.body?.getReader();
  let bytes = 0;
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    bytes += part.value.byteLength;
    onBytes(bytes);
  }
}
